"""What the tests of the reading components share: the shipped configuration and one pipeline."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import spacy
from spacy.tokens import Doc

from volteface.config import load_config
from volteface.language.components import add_reading_pipes
from volteface.language.text import mask_text

CONFIG = load_config(Path(__file__).parents[2])
NLP = spacy.blank("en")
add_reading_pipes(NLP, CONFIG)
DAY = datetime(2024, 3, 31, tzinfo=UTC)


def read(text: str, *, day: datetime | None = DAY, outlet: str | None = None, title: str | None = None) -> Doc:
    """Return the Doc with its mentions and attributions."""
    doc = NLP.make_doc(mask_text(text))
    doc._.published_at, doc._.outlet_actor_id, doc._.title = day, outlet, title
    return NLP(doc)


def list_mentions(text: str, *, day: datetime | None = DAY) -> list[tuple[str, str]]:
    """Return the words of each mention with its actor."""
    doc = read(text, day=day)
    return [(doc[each.start : each.end].text, each.actor_id) for each in doc._.actor_mentions]
