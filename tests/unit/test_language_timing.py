"""When what a sentence tells was said or done: its own day, the article's, or a past that it does not date."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from volteface.config import load_config
from volteface.language.pipeline import build_nlp
from volteface.language.timing import tell_when

CONFIG = load_config(Path(__file__).parents[2])
PUBLISHED = datetime(2023, 11, 22, 9, 30, tzinfo=UTC)  # a Wednesday
LANDMARKS = {issue.id: issue.happened_on for issue in CONFIG.issues if issue.happened_on}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_nlp(CONFIG)


def when(nlp: Language, text: str, cue: str, published: datetime | None = PUBLISHED) -> datetime | None:
    doc = nlp(text)
    (start,) = (token.i for token in doc if token.text == cue)
    (sentence,) = ((one.start, one.end) for one in doc.sents if one.start <= start < one.end)
    return tell_when(doc, sentence, (start, start + 1), published_at=published, landmarks=LANDMARKS)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Israel has enforced a naval blockade since the group took power in 2007.", "enforced"),
        ("Soon afterwards, Israel closed every crossing into the enclave.", "closed"),
        ("Israel closed the crossings after the Hamas attack, keeping fuel from getting in.", "closed"),
        ("Israel closed the crossings after the Hamas attack, keeping fuel from getting in.", "keeping"),
        ("Last month Norway rejected a ceasefire.", "rejected"),
        ("Norway rejected a ceasefire three weeks ago.", "rejected"),
        ("Norway initially rejected a ceasefire.", "rejected"),
        ("Norway had rejected a ceasefire.", "rejected"),
        ("When the war began, Norway rejected a ceasefire.", "rejected"),
        ("In 2014 Norway rejected a ceasefire.", "rejected"),
        ("Norway rejected a ceasefire at the start of the war.", "rejected"),
        ("Earlier this month Norway rejected a ceasefire.", "rejected"),
        ("Israel closed the crossings after Hamas fighters launched an attack on southern Israel.", "closed"),
        ("Israel has imposed a siege in response to the Hamas attack.", "imposed"),
        ("Since that raid Israel has imposed a blockade on the enclave.", "imposed"),
        ("Since 2007, when the group came to power, Israel has maintained a blockade.", "maintained"),
        ("So when the war began, Norway rejected a ceasefire.", "rejected"),
        ("Norway vowed to end the war, since its envoys were killed in 2014.", "vowed"),
        ("Israel announced a siege of the enclave in the wake of the Hamas attack.", "announced"),
        ("Israel closed the crossings after the Hamas attack, which killed 1,200, according to its army.", "closed"),
        ("Norway said last week that it rejected a ceasefire.", "rejected"),
    ],
)
def test_what_lies_in_a_past_without_a_day_is_undated(nlp: Language, text: str, cue: str) -> None:
    assert when(nlp, text, cue) is None


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Norway rejected a ceasefire.", "rejected"),
        ("Earlier in the day, Norway rejected a ceasefire.", "rejected"),
        ("Norway has rejected a ceasefire after talks with Egypt.", "rejected"),
        ("Norway rejected a ceasefire, since it would help nobody.", "rejected"),
        ("Norway said that Israel had closed the crossings after the Hamas attack.", "said"),
        ("Norway, whose cabinet was sworn in earlier this month, rejected a ceasefire.", "rejected"),
        ("The crossings had been closed by noon, Norway said.", "said"),
        ("Norway, which took office in 2021, rejected a ceasefire.", "rejected"),
        ("Norway said it would go on until the hostages taken last month are free.", "said"),
    ],
)
def test_other_times_in_the_sentence_leave_the_article_its_day(nlp: Language, text: str, cue: str) -> None:
    assert when(nlp, text, cue) == PUBLISHED


def test_a_day_that_hangs_on_the_cue_dates_it(nlp: Language) -> None:
    assert when(nlp, "On 9 October Norway rejected a ceasefire.", "rejected") == datetime(2023, 10, 9, tzinfo=UTC)
    assert when(nlp, "Norway rejected a ceasefire on Monday.", "rejected") == datetime(2023, 11, 20, tzinfo=UTC)


def test_the_day_of_somebody_elses_deed_does_not(nlp: Language) -> None:
    text = "Norway rejected a deal for the captives whom the group seized in its raid on 7 October."

    assert when(nlp, text, "rejected") == PUBLISHED


def test_news_of_the_days_after_a_landmark_keep_their_day(nlp: Language) -> None:
    soon = datetime(2023, 10, 9, 12, tzinfo=UTC)

    assert when(nlp, "Israel closed the crossings after the Hamas attack.", "closed", soon) == soon


def test_nothing_is_dated_without_a_date_of_publication(nlp: Language) -> None:
    assert when(nlp, "Norway rejected a ceasefire on Monday.", "rejected", None) is None


def test_without_a_parse_nothing_is_bygone() -> None:
    doc = Doc(
        build_nlp(CONFIG).vocab, words=["Norway", "had", "rejected", "it"], sent_starts=[True, False, False, False]
    )

    found = tell_when(doc, (0, 4), (2, 3), published_at=PUBLISHED, landmarks={"hamas-attack": date(2023, 10, 7)})

    assert found == PUBLISHED
