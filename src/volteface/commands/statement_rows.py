"""Statements as JSON Lines give them: few fields are needed, and a wrong one is named with its line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from volteface.commands.jsonl import Row, read_rows
from volteface.errors import InputError
from volteface.models import Basis, DecidedBy, EventRoot, Modality, QuoteType, Stance, Statement

Word = TypeVar("Word", bound=StrEnum)


def read_statements(path: Path) -> Iterator[Statement]:
    """Yield the statements of a file of JSON Lines, as `volteface tag` writes it or as a person codes it by hand.

    ``actor_id``, ``issue_id``, ``stated_at`` (ISO date or instant, UTC where it says nothing; null where undated) and
    ``stance`` are needed. What is missing else: strength 2, unconditional, on record, confidence 1, quote_type none,
    known when it was said. The origin is the article's where one is named, else the line's own; the id of a statement
    is then its line's. Undated statements take no part in changes and are left out.

    Raises InputError with the file, the line and the key.
    """
    for number, row in read_rows(path):
        reader = _RowReader(path, number, row)
        stated_at = reader.instant("stated_at", needed=True)
        known_from = reader.instant("known_from") or stated_at
        statement = _build_statement(reader, stated_at, known_from)
        if statement is not None:
            yield statement


def _build_statement(reader: _RowReader, stated_at: datetime | None, known_from: datetime | None) -> Statement | None:
    """Return the checked row as a statement; None where it is undated (its fields are checked all the same)."""
    article_id = reader.text("article_id", "")
    evidence = reader.text("evidence", "")
    start = reader.number("evidence_start", 0)
    actor_id, issue_id = reader.text("actor_id"), reader.text("issue_id")
    statement = Statement(
        statement_id=reader.text("statement_id", f"line-{reader.number_of_line}"),
        article_id=article_id,
        version_id=reader.text("version_id", article_id),
        origin_id=reader.text("origin_id", article_id or f"line-{reader.number_of_line}"),
        actor_id=actor_id,
        speaker_text=reader.text("speaker_text", ""),
        issue_id=issue_id,
        stance=reader.word("stance", Stance),
        strength=reader.number("strength", 2, least=1, most=2),
        basis=reader.word("basis", Basis, Basis.ON_RECORD),
        quote_type=reader.word("quote_type", QuoteType, QuoteType.NONE),
        evidence=evidence,
        evidence_start=start,
        evidence_end=reader.number("evidence_end", start + len(evidence)),
        stated_at=stated_at,
        known_from=known_from or datetime.min.replace(tzinfo=UTC),  # such a statement is not returned
        confidence=reader.share("confidence", 1.0),
        rule_id=reader.text("rule_id", "") or None,
        model_version=reader.text("model_version", ""),
        conditional=reader.flag("conditional"),
        condition=reader.text("condition", "") or None,
        modality=reader.word("modality", Modality, Modality.ACTUAL),
        rationale=reader.text("rationale", "") or None,
        reported_by=reader.text("reported_by", "") or None,
        is_private=reader.flag("is_private"),
        is_declined=reader.flag("is_declined"),
        source_count=reader.number("source_count", 0, least=1) or None,
        source_rank=reader.text("source_rank", "") or None,
        target_actor_id=reader.text("target_actor_id", "") or None,
        event_root=reader.word("event_root", EventRoot) if reader.has("event_root") else None,
        event_confidence=reader.share("event_confidence", 1.0) if reader.has("event_root") else None,
        decided_by=reader.word("decided_by", DecidedBy, DecidedBy.RULES),
    )
    return statement if stated_at is not None else None


class _RowReader:
    """Reads one row's fields, each with its type; null is the same as missing."""

    def __init__(self, path: Path, number_of_line: int, row: Row) -> None:
        self.number_of_line = number_of_line
        self._path = path
        self._row = row

    def has(self, key: str) -> bool:
        return self._row.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        value = self._row.get(key)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and (value or default is not None):
            return value
        raise self._wrong(key, "a string" if default is not None else "a string that is not empty")

    def word(self, key: str, vocabulary: type[Word], default: Word | None = None) -> Word:
        value = self._row.get(key)
        if value is None and default is not None:
            return default
        try:
            return vocabulary(str(value))
        except ValueError:
            raise self._wrong(key, " | ".join(vocabulary)) from None

    def number(self, key: str, default: int, *, least: int = 0, most: int | None = None) -> int:
        value = self._row.get(key)
        if value is None:
            return default
        if (
            isinstance(value, int)
            and not isinstance(value, bool)
            and least <= value <= (value if most is None else most)
        ):
            return value
        raise self._wrong(key, f"a whole number from {least}" + (f" to {most}" if most is not None else ""))

    def share(self, key: str, default: float) -> float:
        value = self._row.get(key)
        if value is None:
            return default
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and 0 <= value <= 1:
            return float(value)
        raise self._wrong(key, "a number from 0 to 1")

    def flag(self, key: str) -> bool:
        value = self._row.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self._wrong(key, "true or false")

    def instant(self, key: str, *, needed: bool = False) -> datetime | None:
        value = self._row.get(key)
        if value is None and (key in self._row or not needed):
            return None
        try:
            instant = datetime.fromisoformat(value) if isinstance(value, str) else None
            if instant is not None:
                return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            pass
        raise self._wrong(key, "an ISO date or instant")

    def _wrong(self, key: str, expected: str) -> InputError:
        value: Any = self._row.get(key)
        got = "it is missing" if key not in self._row else f"not {str(value)[:40]!r}"
        return InputError(self._path, f"{key}: {expected} is expected; {got}", line=self.number_of_line)
