"""The trained pipeline that ships: what it is, what it weighs, and what only a parse can tell."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from volteface.config import load_config
from volteface.language.pipeline import SHIPPED, SHIPPED_FOLDER, build_nlp, model_version

HOME = Path(__file__).parents[2]
LARGEST = 40_000_000  # bytes


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_nlp(load_config(HOME))


def read(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc._.published_at = datetime(2024, 3, 25, tzinfo=UTC)
    return nlp(doc)


def list_speakers(nlp: Language, text: str) -> list[tuple[str, ...]]:
    return [one.speakers for one in read(nlp, text)._.attributions]


def test_the_default_is_the_pipeline_that_ships(nlp: Language) -> None:
    config = load_config(HOME)

    assert config.settings.language.model == SHIPPED
    assert model_version(config, nlp).startswith("en_volteface_news-")


def test_it_is_small_and_says_how_it_was_made_and_under_which_licence() -> None:
    meta = json.loads((SHIPPED_FOLDER / "meta.json").read_text())

    assert sum(path.stat().st_size for path in SHIPPED_FOLDER.rglob("*") if path.is_file()) <= LARGEST
    assert meta["license"] == "CC BY-SA 4.0"
    assert "CC BY-SA 4.0" in (SHIPPED_FOLDER / "LICENSE.md").read_text()
    assert all(len(digest) == 64 for digest in meta["made_with"]["inputs_sha256"].values())
    assert {"syntax", "entities", "versions"} <= set(meta["made_with"])


def test_it_tags_parses_and_names(nlp: Language) -> None:
    doc = read(nlp, "Angela Merkel told the United Nations in Berlin on Monday that Germans want peace.")

    assert {(entity.text, entity.label_) for entity in doc.ents} >= {
        ("Angela Merkel", "PERSON"),
        ("United Nations", "ORG"),
        ("Berlin", "GPE"),
        ("Germans", "NORP"),
    }
    assert [(token.text, token.dep_) for token in doc if token.dep_ in ("ROOT", "ccomp")] == [
        ("told", "ROOT"),
        ("want", "ccomp"),
    ]
    assert doc[2].lemma_ == "tell"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # Who is spoken of before the cue is not who speaks.
        (
            "Chuck Schumer called on Thursday for an election. Benjamin Netanyahu has lost his way, he said.",
            ("chuck-schumer",),
        ),
        ("John Kirby told reporters they disagreed. Joe Biden backs two states, he added.", ("john-kirby",)),
        # Nobody is named who could be meant.
        ("Benjamin Netanyahu has lost his way, he said.", ()),
        ("A senior administration official told reporters that the talks go on.", ("anonymous:us-government",)),
    ],
)
def test_who_says_it(nlp: Language, text: str, speakers: tuple[str, ...]) -> None:
    assert list_speakers(nlp, text)[-1] == speakers
