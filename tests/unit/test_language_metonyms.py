"""Every row of tests/golden/metonyms.yml, and every capital and house of actors.yml in two plain sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from reading import CONFIG, read

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "golden" / "metonyms.yml").read_text(encoding="utf-8")
)
CASES = [(row, text) for row in ROWS for text in row["speaks"]]
PLACES = [(row, text) for row in ROWS for text in row["place"]]


def list_speakers(text: str) -> set[str]:
    return {speaker for one in read(text)._.attributions for speaker in one.speakers}


@pytest.mark.parametrize(("row", "text"), CASES, ids=[text for _, text in CASES])
def test_a_place_that_speaks_is_its_government(row: dict[str, Any], text: str) -> None:
    acting = {one.actor_id for one in read(text)._.actor_mentions}

    assert row["means"] in list_speakers(text) | acting


@pytest.mark.parametrize(("row", "text"), PLACES, ids=[text for _, text in PLACES])
def test_a_place_is_nobody(row: dict[str, Any], text: str) -> None:
    assert row["means"] not in list_speakers(text)


@pytest.mark.parametrize("name", [name for actor in CONFIG.actors for name in actor.metonyms if "," not in name])
def test_every_metonym_speaks_for_its_actor_and_is_a_place_after_in(name: str) -> None:
    owner = next(actor for actor in CONFIG.actors if name in actor.metonyms)
    said = list_speakers(f"{name} said it was concerned.")

    assert said == {owner.id if owner.listed else f"other:{owner.id}"}
    assert not list_speakers(f"People in {name} said that it rained.")
