"""How real what a cue tells is, on sentences without actors of their own or with one before the cue."""

from pathlib import Path

import pytest
import spacy

from volteface.config import load_config
from volteface.language.annotations import ActorMention, Attribution, Via, register_extensions
from volteface.language.issues import IssueFinder
from volteface.language.marks import Reader
from volteface.language.polarity import judge_sentence
from volteface.models import Modality, QuoteType

CONFIG = load_config(Path(__file__).parents[2])
NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
register_extensions()
ISSUES = IssueFinder(NLP.make_doc, CONFIG.issues)
READER = Reader(NLP.make_doc, CONFIG.rules)


def tell(text: str, rule: str, *, is_reported: bool = False) -> set[Modality]:
    """Return the modalities of one rule's verdicts; the first word is an actor, and says the rest if so wished."""
    doc = NLP(text)
    doc._.actor_mentions = (ActorMention(start=0, end=1, actor_id="qatar-government", via=Via.ALIAS),)
    said = Attribution(
        source=(0, 1), cue=None, contents=((1, len(doc)),), via=Via.ALIAS, quote_type=QuoteType.INDIRECT,
        speakers=("qatar-government",), speaker_text="Qatar",
    )  # fmt: skip
    doc._.attributions = (said,) if is_reported else ()
    doc._.issue_hits = ISSUES.find(doc)
    reading = READER.read(doc)
    verdicts = [one for sentence in reading.sentences for one in judge_sentence(reading, sentence)]
    return {one.modality for one in verdicts if one.rule.id == rule}


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("Qatar sent humanitarian aid to Gaza.", "send-aid", Modality.ACTUAL),
        ("Qatar is sending humanitarian aid to Gaza.", "send-aid", Modality.ACTUAL),
        ("Qatar will send humanitarian aid to Gaza.", "send-aid", Modality.INTENDED),
        ("Qatar pledged to send humanitarian aid to Gaza.", "send-aid", Modality.INTENDED),
        ("Qatar asked for trucks to send humanitarian aid to Gaza.", "send-aid", Modality.INTENDED),
        ("Qatar previously supported a ceasefire.", "support", Modality.PAST),
        ("Qatar does not support a ceasefire.", "support", Modality.NEGATED),
        ("Qatar would support a ceasefire.", "support", Modality.HYPOTHETICAL),
        ("Qatar must now end the bombing of Gaza.", "must", Modality.ACTUAL),
    ],
)
def test_the_words_before_a_cue_tell_how_real_it_is(text: str, rule: str, expected: Modality) -> None:
    assert tell(text, rule) == {expected}


def test_what_one_says_that_one_would_do_is_a_plan() -> None:
    assert tell("Qatar said it would support a ceasefire.", "support", is_reported=True) == {Modality.INTENDED}
