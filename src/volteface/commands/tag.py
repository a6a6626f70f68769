"""`volteface tag`: statements of a file of articles, by the rules and the model that the pipeline uses."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from volteface.commands.context import Session, pass_session
from volteface.commands.jsonl import Row, read_rows, write_rows
from volteface.commands.progress import show_progress
from volteface.config import Config
from volteface.config.voices import find_voice, list_voices
from volteface.errors import InputError
from volteface.models import Analysis, AnalysisOutcome, Basis, Passage, Statement

_UNDATED = datetime.min.replace(tzinfo=UTC)  # known_from of an article without a date: never written


@click.command()
@click.argument("articles", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to the screen.")
@click.option("--model", help='Read with this spaCy pipeline: "blank", a package or a path (default: settings.yml).')
@pass_session
def tag(session: Session, articles: Path, output: Path | None, model: str | None) -> None:
    """Find the statements in ARTICLES, a file of JSON Lines with id, outlet, date, title and text.

    Writes one statement a line, as `volteface changes` reads them. An outlet that is an actor's own office (the White
    House) is read as that actor's voice.
    """
    config = session.config()
    if model is not None:
        settings = config.settings
        language = settings.language.model_copy(update={"model": model})
        config = dataclasses.replace(config, settings=settings.model_copy(update={"language": language}))
    write_rows(_tag_rows(articles, config), output)


def _tag_rows(path: Path, config: Config) -> Iterator[Row]:
    from volteface.language.pipeline import build_nlp  # noqa: PLC0415 -- spaCy is slow to import
    from volteface.language.tag import read_passages  # noqa: PLC0415

    voices = list_voices(config)
    rows = list(read_rows(path))
    passages = [_read_passage(path, number, row, voices) for number, row in rows]
    with show_progress() as report:
        for number, reading in enumerate(read_passages(build_nlp(config), passages, config), 1):
            report("tag", number, len(passages))
            _tell_unread(reading.passage, reading.analysis)
            yield from map(_make_row, reading.statements)


def _tell_unread(passage: Passage, analysis: Analysis) -> None:
    """Say on standard error which articles were not analysed, or not to their end."""
    if analysis.outcome is AnalysisOutcome.NOT_ANALYSED:
        click.echo(f"{passage.article_id}: not analysed: it is in another language ({analysis.language})", err=True)
    elif analysis.read_characters < len(passage.text):
        length = len(passage.text)
        click.echo(f"{passage.article_id}: read up to character {analysis.read_characters} of {length}", err=True)


def _read_passage(path: Path, number: int, row: Row, voices: dict[str, str]) -> Passage:
    article_id, text = _text(path, number, row, "id"), _text(path, number, row, "text")
    outlet, title = _text(path, number, row, "outlet", ""), _text(path, number, row, "title", "")
    published_at = _read_date(path, number, row)
    return Passage(
        article_id=article_id,
        version_id=article_id,
        origin_id=article_id,
        outlet=outlet,
        title=title,
        text=text,
        published_at=published_at,
        known_from=published_at or _UNDATED,
        outlet_actor_id=find_voice(voices, outlet),
    )


def _text(path: Path, number: int, row: Row, key: str, default: str | None = None) -> str:
    value = row.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise InputError(path, f"{key}: a string is expected", line=number)
    return value


def _read_date(path: Path, number: int, row: Row) -> datetime | None:
    value = row.get("date")
    if value is None or value == "":
        return None
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise InputError(path, "date: an ISO date or instant is expected", line=number) from None
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)


def _make_row(statement: Statement) -> dict[str, Any]:
    """Return a statement as a line. The codebook knows votes as acts; instants are ISO, an unknown one null."""
    row = dataclasses.asdict(statement)
    row["basis"] = Basis.ACT if statement.basis is Basis.VOTE else statement.basis
    row["stated_at"] = statement.stated_at.isoformat() if statement.stated_at else None
    row["known_from"] = statement.known_from.isoformat() if statement.known_from != _UNDATED else None
    return row
