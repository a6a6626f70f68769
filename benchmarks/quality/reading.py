"""Read gold articles with a pipeline as the product reads them: title and text apart, with date and outlet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from quality.attributions import Labelled, Reading, build_labelled
from quality.markup import GoldArticle, GoldAttribution, Interval
from quality.statements import Held
from volteface.config import Config
from volteface.config.voices import find_voice, list_voices
from volteface.language.intake import make_doc
from volteface.language.tag import tag_passages
from volteface.models import Passage, Statement

_NOT_NEEDED = ("volteface_issues", "volteface_stances")
_ACT = {"vote": "act"}  # the gold sets know no votes apart from acts


def read_articles(nlp: Language, articles: Iterable[GoldArticle], config: Config) -> Iterator[Reading]:
    """Yield a reading of each article's title, then of its text."""
    voices = list_voices(config)
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name in _NOT_NEEDED]):
        for article in articles:
            for text, gold in ((article.title, article.in_title), (article.text, article.in_text)):
                doc = nlp(_build_doc(nlp, article, text, find_voice(voices, article.outlet)))
                yield Reading([_label(each) for each in gold], list(_list_found(doc)))


def tag_rows(nlp: Language, rows: Iterable[dict[str, Any]], config: Config) -> list[Held]:
    """Return the statements that the pipeline finds in the articles of a gold file."""
    tagged = tag_passages(nlp, build_passages(rows, config), config)
    return [_hold(passage.article_id, one) for passage, statements, _ in tagged for one in statements]


def build_passages(rows: Iterable[dict[str, Any]], config: Config) -> list[Passage]:
    """Return the articles of a gold file as passages."""
    voices = list_voices(config)
    return [_build_passage(row, find_voice(voices, row["outlet"])) for row in rows]


def read_rows(content: str) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON Lines."""
    return [json.loads(line) for line in content.splitlines() if line]


def _build_doc(nlp: Language, article: GoldArticle, text: str, voice: str | None) -> Doc:
    doc, _ = make_doc(nlp, text)
    doc._.published_at = datetime(article.day.year, article.day.month, article.day.day, tzinfo=UTC)
    doc._.outlet_actor_id, doc._.title = voice, article.title
    return doc


def _list_found(doc: Doc) -> Iterator[Labelled]:
    """Yield what is said by somebody with a cue or in quotation marks; an outlet's own voice (no cue) is not labelled."""
    for found in doc._.attributions:
        if found.source and not found.cue:
            continue
        spans = found.shown or found
        source, cue = ([_to_characters(doc, each)] if each else [] for each in (spans.source, spans.cue))
        content = [_to_characters(doc, each) for each in spans.contents]
        yield build_labelled(source, cue, content, found.speakers, found.partners)


def _label(gold: GoldAttribution) -> Labelled:
    return build_labelled(gold.source, gold.cue, gold.content, gold.speakers)


def _to_characters(doc: Doc, tokens: Interval) -> Interval:
    span = doc[tokens[0] : tokens[1]]
    return span.start_char, span.end_char


def _build_passage(row: dict[str, Any], voice: str | None) -> Passage:
    when = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
    return Passage(
        article_id=row["id"], version_id=row["id"], origin_id=row["id"], outlet=row["outlet"], title=row["title"],
        text=row["text"], published_at=when, known_from=when, outlet_actor_id=voice,
    )  # fmt: skip


def _hold(article_id: str, statement: Statement) -> Held:
    basis = str(statement.basis)
    return Held(
        article_id=article_id, actor=statement.actor_id, issue=statement.issue_id, stance=str(statement.stance),
        basis=_ACT.get(basis, basis), evidence=statement.evidence,
    )  # fmt: skip
