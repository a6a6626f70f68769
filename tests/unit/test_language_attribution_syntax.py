import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

from volteface.language.attribution_syntax import BELOW, find_heads, place_in_tree, read_tree

#        0       1      2       3    4         5     6        7
WORDS = ["Biden", "has", "said", "the", "convoy", "had", "left", "."]
HEADS = [2, 2, 2, 4, 6, 6, 2, 2]
LABELS = ["nsubj", "aux", "ROOT", "det", "nsubj", "aux", "ccomp", "punct"]


def parse(words: list[str], heads: list[int], labels: list[str]) -> Doc:
    return Doc(Vocab(), words=words, heads=heads, deps=labels)


def test_tokens_are_told_apart_by_the_branch_of_the_cue_that_they_are_in() -> None:
    tree = read_tree(parse(WORDS, HEADS, LABELS))
    rows = np.arange(8)[None]

    below, around = place_in_tree(tree, np.array([2]), rows)

    assert below[0, 2] == 1
    assert len(set(below[0, 3:7].tolist())) == 1  # the clause
    assert below[0, 0] != below[0, 6]
    assert below.max() < BELOW
    assert not around.any()  # the cue has no head


def test_a_cue_below_what_is_said_knows_what_stands_above_it() -> None:
    words = ["It", "is", "over", ",", "Biden", "said", "."]
    tree = read_tree(
        parse(words, [2, 2, 2, 2, 5, 2, 2], ["nsubj", "cop", "ROOT", "punct", "nsubj", "parataxis", "punct"])
    )

    below, around = place_in_tree(tree, np.array([5]), np.arange(7)[None])

    assert below[0].astype(bool).tolist() == [False, False, False, False, True, True, False]
    assert around[0, 0] == around[0, 1] != around[0, 2]  # below the clause's head, and that head
    assert around[0, 4] == around[0, 5]


def test_the_head_of_a_cue_is_its_token_that_hangs_on_another() -> None:
    tree = read_tree(parse(WORDS, HEADS, LABELS))

    assert find_heads(tree, np.array([1, 5]), np.array([3, 7])).tolist() == [2, 6]


def test_a_text_without_a_parse_is_flat() -> None:
    tree = read_tree(Doc(Vocab(), words=["One", "two"]))

    assert tree.heads.tolist() == [0, 1]
    assert not place_in_tree(tree, np.array([0]), np.array([[0, 1]]))[0][0, 1]
