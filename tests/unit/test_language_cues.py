import pytest
from pydantic import ValidationError

from volteface.config.cues import Cue, CueSense
from volteface.language.cues import CueTable

SAY = Cue(id="say", forms=("say", "said", "saying"), sense=CueSense.SPEECH)
CALL = Cue(id="call-for", forms=("call for", "called for"), noun_forms=("call for",), sense=CueSense.SPEECH)
NAME = Cue(id="call", forms=("called",), sense=CueSense.SPEECH)


def test_the_longest_form_wins() -> None:
    hits = list(CueTable((NAME, CALL, SAY)).find(["they", "called", "for", "calm", "and", "said", "so"]))

    assert [(hit.start, hit.end, hit.cue.id) for hit in hits] == [(1, 3, "call-for"), (5, 6, "say")]


def test_participles_and_forms_that_are_nouns_are_told_apart() -> None:
    first, second = CueTable((CALL, SAY)).find(["saying", "a", "call", "for"])

    assert first.is_participle
    assert not first.is_noun_form
    assert second.is_noun_form


@pytest.mark.parametrize("row", [{"forms": ("Said",)}, {"forms": ("said",), "noun_forms": ("talk",)}, {"forms": ()}])
def test_a_row_that_cannot_match_is_refused(row: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(ValidationError):
        Cue(id="say", sense=CueSense.SPEECH, **row)
