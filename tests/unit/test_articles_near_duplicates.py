"""What is a copy: edited, cut, retitled, re-ordered, padded; and what only looks like one."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from itertools import combinations

import pytest
from newsroom import list_stories, read_story

from volteface.articles.near_duplicates import (
    MIN_SHARED_BANDS,
    SCHEME,
    Copy,
    find_copies,
    measure_copy,
    sign_texts,
)
from volteface.models import TextSignature

TITLE, STORY = read_story("ml-0325-council")
OTHER_TITLE, OTHER = read_story("hd-0331-virtual")
THIRD_TITLE, THIRD = read_story("cw-0401-held")
# From a statement of the White House, a work of the US government.
STATEMENT = (
    "The United States unequivocally condemns the unprovoked attacks by Hamas terrorists against Israeli civilians. There is "
    "never any justification for terrorism. We stand firmly with the Government and people of Israel and extend our "
    "condolences for the Israeli lives lost in these attacks."
)


def sign(title: str, *paragraphs: str, version_id: str = "v") -> TextSignature:
    [signature] = sign_texts([(version_id, title, "\n".join(paragraphs))])
    return signature


def is_found(one: TextSignature, other: TextSignature) -> bool:
    """Tell whether two are looked at, and are then a copy."""
    shared = sum(first == second for first, second in zip(one.bands, other.bands, strict=True))
    return shared >= MIN_SHARED_BANDS and measure_copy(one, other) is not None


def swap_words(paragraph: str) -> str:
    return " ".join("reportedly" if number % 14 == 7 else word for number, word in enumerate(paragraph.split()))


EDITS: dict[str, Callable[[list[str]], list[str]]] = {
    "other credits": lambda story: ["By Example Staff", f"BEIRUT: {story[0]}", *story[1:], "Source: agencies"],
    "head kept": lambda story: story[: len(story) // 2 + 1],
    "foot kept": lambda story: story[len(story) // 2 - 1 :],
    "middle cut": lambda story: [*story[:2], *story[-2:]],
    "other order": lambda story: random.Random(3).sample(story, len(story)),
    "another lead": lambda story: [OTHER[0], *story[1:]],
    "own paragraphs between": lambda story: [story[0], OTHER[1], *story[1:], OTHER[2]],
    "words swapped": lambda story: [swap_words(paragraph) for paragraph in story],
    "shouted": lambda story: [paragraph.upper() for paragraph in story],
    "one paragraph": lambda story: [" ".join(story)],
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_edited_story_is_a_copy_under_any_title(edit: Callable[[list[str]], list[str]]) -> None:
    original, copy = sign(TITLE, *STORY), sign("Quite another title", *edit(STORY))

    assert is_found(original, copy)
    assert measure_copy(original, copy) == measure_copy(copy, original)


def test_stories_of_one_event_are_no_copies_but_the_one_that_is() -> None:
    stories = list_stories()
    signatures = {name: sign(title, *paragraphs) for name, (title, paragraphs) in stories.items()}
    found = [pair for pair in combinations(sorted(signatures), 2) if is_found(signatures[pair[0]], signatures[pair[1]])]

    assert found == [("cw-0327-agreed", "nc-0327-syndicated")]


def test_two_stories_that_quote_one_statement_in_full_are_no_copies() -> None:
    quoted = f"\u201c{STATEMENT}\u201d"
    one, other = sign(TITLE, *STORY[:3], quoted, *STORY[3:]), sign(OTHER_TITLE, *OTHER[:2], quoted, *OTHER[2:])
    brief, other_brief = sign(TITLE, STORY[0], quoted), sign(OTHER_TITLE, OTHER[0], quoted)

    assert not is_found(one, other)
    assert not is_found(brief, other_brief)


def test_document_reposted_is_a_copy_and_a_story_that_carries_it_is_none() -> None:
    document, repost = sign("Statement", STATEMENT), sign("White House condemns attacks", "WASHINGTON:", STATEMENT)
    story = sign(TITLE, *STORY[:1], STATEMENT, *STORY[1:])
    signatures = {"document": document, "repost": repost, "story": story}

    found = find_copies([("document", "repost"), ("document", "story")], signatures, {"document"})

    assert [(copy.version_id, copy.other_id) for copy in found] == [("document", "repost")]


def test_live_page_that_swallowed_a_story_is_no_copy_of_it() -> None:
    live = [paragraph for _, paragraphs in list_stories().values() for paragraph in paragraphs]
    signature = sign(
        "Live", *live, *(f"Update {number}: {' '.join(f'w{number}x{n}' for n in range(90))}" for number in range(40))
    )

    assert measure_copy(sign(TITLE, *STORY), signature) is None


SUMMARY = (
    "The council met for three hours on Monday and put off its vote on the crossing until the guarantors have spoken."
)


@pytest.mark.parametrize(
    ("one", "other", "is_copy"),
    [
        (("Vote put off", SUMMARY), ("VOTE PUT OFF", SUMMARY.replace(",", " \u2014 ")), True),
        (("Vote put off", SUMMARY), ("Vote put off", f"By A. Writer\n{SUMMARY}"), True),
        (("Toll at 12", "The ministry said on Monday that 12 people had died in the past 24 hours and 30 were hurt."),
         ("Toll at 19", "The ministry said on Tuesday that 19 people had died in the past 24 hours and 44 were hurt."), False),
        (("Live", "Follow our live coverage for the latest news and background from our correspondents in the region."),
         ("Opposition walks out of parliament over budget", "Follow our live coverage for the latest news and background from our correspondents in the region."), False),
        (("Vote put off", f"{SUMMARY} The guarantors meet in the capital next week, officials said."),
         ("Talks go on", "Two envoys met in the capital on Friday and found no common ground on the list of prisoners, officials said."), False),
    ],
    ids=["marks", "byline", "template", "boilerplate alone", "another item"],
)  # fmt: skip
def test_short_items_are_copies_only_where_they_say_the_same(
    one: tuple[str, str], other: tuple[str, str], *, is_copy: bool
) -> None:
    assert is_found(sign(*one), sign(*other)) == is_copy


def test_short_items_above_one_long_footer_are_no_copies() -> None:
    footer = " ".join(f"footer{number}" for number in range(60))
    texts = [
        f"{SUMMARY}\n{footer}",
        f"Two envoys met in the capital on Friday and found no common ground on prisoners.\n{footer}",
    ]

    assert not is_found(sign("Vote put off", texts[0]), sign("Envoys meet", texts[1]))


def test_text_without_words_is_nobodys_copy() -> None:
    empty = sign("", "")

    assert empty.bands == ()
    assert measure_copy(empty, empty) is None
    assert sign_texts([]) == []


def test_signature_does_not_depend_on_its_neighbours() -> None:
    together = sign_texts([("a", TITLE, "\n".join(STORY)), ("b", "", ""), ("c", OTHER_TITLE, "\n".join(OTHER))])

    assert together[2] == sign(OTHER_TITLE, *OTHER, version_id="c")


def test_copies_are_found_among_pairs() -> None:
    signatures = {"a": sign(TITLE, *STORY), "b": sign(TITLE, *STORY), "c": sign(OTHER_TITLE, *OTHER)}

    assert list(find_copies([("a", "b"), ("a", "c")], signatures)) == [Copy("a", "b", 1.0)]


def test_scheme_names_what_the_figures_are() -> None:
    """Where this fails, a new rensa or our own hashing gives other figures: stored signatures need another SCHEME."""
    signature = sign(TITLE, *STORY)
    digest = zlib.crc32(repr((signature.bands, signature.sample)).encode())

    assert (SCHEME, digest) == ("rensa2-256x2-w4-1", PINNED)


PINNED = 706865348
