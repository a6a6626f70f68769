"""Cue and issue alone: reach, barriers, reversers, contraries. No actors."""

from pathlib import Path

import pytest
import spacy

from volteface.config import load_config
from volteface.language.annotations import register_extensions
from volteface.language.issues import IssueFinder
from volteface.language.marks import Reader
from volteface.language.polarity import judge_sentence

CONFIG = load_config(Path(__file__).parents[2])
NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
register_extensions()
ISSUES = IssueFinder(NLP.make_doc, CONFIG.issues)
READER = Reader(NLP.make_doc, CONFIG.rules)


def judge(text: str, rule: str) -> set[tuple[str, str]]:
    """Return issue and stance of each verdict of one rule."""
    doc = NLP(text)
    doc._.issue_hits = ISSUES.find(doc)
    reading = READER.read(doc)
    verdicts = [verdict for sentence in reading.sentences for verdict in judge_sentence(reading, sentence)]
    return {(one.hit.issue_id, str(one.stance)) for one in verdicts if one.rule.id == rule}


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("They called for a ceasefire.", "call-for", {("ceasefire", "support")}),
        ("They called for an end to the bombing of Gaza.", "call-for", {("gaza-offensive", "oppose")}),
        ("They called for an end to the siege of Gaza.", "call-for", {("humanitarian-aid", "support")}),
        ("They did not call for a ceasefire.", "call-for", {("ceasefire", "oppose")}),
        ("They have not called for a ceasefire.", "call-for", {("ceasefire", "no_position")}),
        ("Israel must call for a ceasefire.", "call-for", set()),
        ("They called on Sunday for a ceasefire.", "call-for", {("ceasefire", "support")}),
        (
            "They called for a humanitarian pause to deliver humanitarian aid.",
            "call-for",
            {("humanitarian-pause", "support"), ("humanitarian-aid", "support")},
        ),
        (
            "They have not backed a humanitarian pause to get aid in.",
            "support",
            {("humanitarian-pause", "no_position")},
        ),
        ("They never failed to call for a ceasefire.", "call-for", {("ceasefire", "support")}),
        ("They called for the siege of Gaza to be lifted.", "call-for", {("humanitarian-aid", "support")}),
        ("They called for the siege on Gaza to be lifted.", "call-for", {("humanitarian-aid", "support")}),
        ("They called for the bombing of Gaza to stop now.", "call-for", {("gaza-offensive", "oppose")}),
        ("They called for a ceasefire and the siege of Gaza to be lifted.", "urge-somebody", set()),
        ("They urged him to rethink the bombing of Gaza.", "urge-somebody", {("gaza-offensive", "oppose")}),
        ("He must use his influence to call for a ceasefire.", "call-for", set()),
        ("They came to discuss a ceasefire, which they object to.", "which-it-rejects", {("ceasefire", "oppose")}),
        ("They discussed a ceasefire and they object to the budget.", "which-it-rejects", set()),
        (
            "They called for the release of all of the many hostages who are held there and for humanitarian aid.",
            "call-for",
            set(),  # a relative clause ends the reach
        ),
        (
            "They called for the release of every one of the many prisoners held in the old fort and for a ceasefire.",
            "call-for",
            {("ceasefire", "support")},
        ),
        ("They urged him not to enter Rafah.", "urge-somebody", {("rafah-operation", "oppose")}),
        (
            "They called for an end to the bombing of Gaza and a ceasefire.",
            "call-for",
            {("gaza-offensive", "oppose"), ("ceasefire", "support")},
        ),
        (
            "They called for a ceasefire in Gaza, for the delivery of humanitarian aid.",
            "call-for",
            {("ceasefire", "support"), ("humanitarian-aid", "support")},
        ),
        ("They backed a ceasefire in the bombing of Gaza.", "support", {("ceasefire", "support")}),
        ("They called for help because a ceasefire was far.", "call-for", set()),
        ("They called for help (and a ceasefire).", "call-for", set()),
        ("Would they call for a ceasefire?", "call-for", set()),
        ("If they called for a ceasefire, nobody heard.", "call-for", set()),
        ("They might call for a ceasefire.", "call-for", set()),
        (
            "An operation in Rafah, where a million people live, could lead to mass casualties.",
            "would-harm",
            {("rafah-operation", "oppose")},
        ),
    ],
)
def test_what_a_cue_comes_to(text: str, rule: str, expected: set[tuple[str, str]]) -> None:
    assert judge(text, rule) == expected


def test_a_cue_does_not_reach_beyond_its_tokens() -> None:
    far = "They called for one two three four five six seven eight nine ten and eleven or twelve more of them, a ceasefire."

    assert judge(far, "call-for") == set()
