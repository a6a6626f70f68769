from __future__ import annotations

import pytest
from reading import CONFIG, read

from volteface.language.annotations import Via
from volteface.language.cast import build_cast
from volteface.language.layout import lay_out
from volteface.language.roster import Roster
from volteface.language.salience import Salience

ROSTER = Roster(CONFIG.actors)


def list_meant(text: str) -> list[str | None]:
    """Return whom each "he" and "she" means."""
    doc = read(text)
    layout = lay_out(doc)
    mentions = [one for one in doc._.actor_mentions if one.via is not Via.PRONOUN]
    salience = Salience(layout, build_cast(layout, mentions, ROSTER))
    people = [salience.find_meant(i) for i, lower in enumerate(layout.lowers) if lower in ("he", "she")]
    return [person.actor_id.removeprefix("other:") if person else None for person in people]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ann Example met Peter Sample. She smiled.", ["ann-example"]),
        ("Ann Example met Peter Sample. He smiled.", ["peter-sample"]),
        ("Peter Example met Paul Sample. He smiled.", [None]),
        ("Peter Example spoke. Peter Example met Paul Sample. He smiled.", ["peter-example"]),
        ("Peter Example and Paul Sample met. He smiled.", [None]),
        ("Peter Example left. His brother came. He smiled.", [None]),
        ("Peter Example left. A doctor came. She smiled.", [None]),
        ("Peter Example left. It rained. He smiled.", ["peter-example"]),
        ("He smiled.", [None]),
        ("Ann Example left. He smiled.", [None]),
        ("Professor Alex Example left. She smiled. Later she came.", ["alex-example", "alex-example"]),
        ("Peter Example spoke. Peter Example said: “Paul Sample lies.” He smiled.", ["peter-example"]),
    ],
)
def test_a_pronoun_means_the_most_salient_one_who_fits_or_nobody(text: str, meant: list[str | None]) -> None:
    assert list_meant(text) == meant


def test_one_is_known_by_the_first_pronoun_that_means_one() -> None:
    assert list_meant("Professor Alex Example left. She smiled. He laughed.") == ["alex-example", None]


def test_who_is_far_back_is_not_meant() -> None:
    assert list_meant("Peter Example left. " + "It rained. " * 12 + "He smiled.") == [None]


def test_many_pronouns_cost_little() -> None:
    assert set(list_meant("he " * 2_000)) == {None}
