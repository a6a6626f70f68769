from spacy.tokens import Doc
from spacy.vocab import Vocab

from volteface.config.cues import Cue, CueKind, CueSense
from volteface.language.cues import CueHit
from volteface.language.layout import lay_out
from volteface.language.nominals import find_nominal_parts, is_nominal_cue

CLAIM = Cue(id="claim", forms=("claim",), noun_forms=("claim",), sense=CueSense.SPEECH)
REFUSAL = Cue(id="refusal", forms=("refusal",), sense=CueSense.ACT, kind=CueKind.NOUN)

#         0      1        2     3        4      5       6      7     8          9       10
WORDS = ["The", "mayor", "'s", "claim", "that", "talks", "had", "failed", "surprised", "many", "."]
HEADS = [1, 3, 1, 8, 7, 7, 7, 3, 8, 8, 8]
LABELS = ["det", "nmod:poss", "case", "nsubj", "mark", "nsubj", "aux", "acl", "ROOT", "obj", "punct"]
KINDS = ["DET", "NOUN", "PART", "NOUN", "SCONJ", "NOUN", "AUX", "VERB", "VERB", "ADJ", "PUNCT"]


def hit(cue: Cue, start: int) -> CueHit:
    return CueHit(start, start + 1, cue, is_noun_form=cue is CLAIM, is_participle=False)


def test_a_noun_with_an_owner_and_a_clause_reports() -> None:
    layout = lay_out(Doc(Vocab(), words=WORDS, heads=HEADS, deps=LABELS, pos=KINDS))

    assert is_nominal_cue(layout, hit(CLAIM, 3))
    assert find_nominal_parts(layout, hit(CLAIM, 3)) == ((0, 2), (4, 8))


def test_a_pronoun_owns_a_noun_and_to_opens_its_clause() -> None:
    words = ["His", "refusal", "to", "talk", "drew", "anger"]
    labels = ["nmod:poss", "nsubj", "mark", "acl", "ROOT", "obj"]
    layout = lay_out(Doc(Vocab(), words=words, heads=[1, 4, 3, 1, 4, 4], deps=labels))

    assert find_nominal_parts(layout, hit(REFUSAL, 1)) == ((0, 1), (2, 4))


def test_a_noun_that_nobody_owns_or_that_says_nothing_reports_nothing() -> None:
    unowned = Doc(
        Vocab(), words=["A", "refusal", "to", "talk"], heads=[1, 1, 3, 1], deps=["det", "ROOT", "mark", "acl"]
    )
    empty = Doc(Vocab(), words=["His", "refusal"], heads=[1, 1], deps=["nmod:poss", "ROOT"])
    unparsed = Doc(Vocab(), words=["His", "refusal"], sent_starts=[True, False])

    for doc, start in ((unowned, 1), (empty, 1), (unparsed, 1)):
        assert find_nominal_parts(lay_out(doc), hit(REFUSAL, start)) is None


def test_a_verb_is_no_nominal_cue() -> None:
    layout = lay_out(
        Doc(
            Vocab(),
            words=["They", "claim", "it"],
            heads=[1, 1, 1],
            deps=["nsubj", "ROOT", "obj"],
            pos=["PRON", "VERB", "PRON"],
        )
    )

    assert not is_nominal_cue(layout, hit(CLAIM, 1))
