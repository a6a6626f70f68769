"""Series of signed statements for the measure of change detection: blurred, copied, or drawn from a model."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from volteface.models import Basis, QuoteType, Stance, Statement

SIGNS = (Stance.SUPPORT, Stance.OPPOSE)
_START = datetime(2020, 1, 1, tzinfo=UTC)


def blur(
    statements: Sequence[Statement],
    accuracy: float,
    wordings: int,
    rng: random.Random,
    *,
    confidence: float | None = None,
) -> list[Statement]:
    """Return each statement in several wordings of separate origins, some of them read the wrong way round.

    The reader says ``confidence`` of each; its accuracy where that is not given.
    """
    blurred = []
    for number, statement in enumerate(statements):
        for wording in range(wordings):
            right = rng.random() < accuracy
            name = f"{number}-{wording}"
            blurred.append(
                replace(
                    statement,
                    statement_id=name,
                    origin_id=name,
                    stance=statement.stance if right else SIGNS[SIGNS[0] is statement.stance],
                    confidence=accuracy if confidence is None else confidence,
                    evidence=f"statement {number}",
                )
            )
    return blurred


def copy(statements: Sequence[Statement], rng: random.Random, *, recognised: bool) -> list[Statement]:
    """Return the statements with as many copies: each repeats, error and all, one of the wordings of its statement.

    A copy that is recognised has the origin of what it repeats.
    """
    wordings: dict[str, list[Statement]] = {}
    for statement in statements:
        wordings.setdefault(statement.evidence, []).append(statement)
    copies = []
    for number, statement in enumerate(statements):
        source = rng.choice(wordings[statement.evidence])
        name = f"copy-{number}"
        copies.append(replace(source, statement_id=name, origin_id=source.origin_id if recognised else name))
    return [*statements, *copies]


def draw_series(change_rate: float, rng: random.Random, *, series: int = 150, most_days: int = 9) -> list[Statement]:
    """Return invented series, three actors an issue: on each issue one sign is the commoner by some measure, and an
    actor changes its sign at ``change_rate`` of the steps between its days. Days lie one to three weeks apart.
    """
    statements = []
    for number in range(series):
        if number % 3 == 0:
            share = rng.choice((0.1, 0.3, 0.5, 0.7, 0.85, 0.95))
        gaps = [rng.randint(0, 60), *(rng.randint(7, 21) for _ in range(rng.randint(1, most_days - 1)))]
        sign = rng.random() >= share
        for days in accumulate(gaps):
            sign ^= days > gaps[0] and rng.random() < change_rate
            statements.append(make_statement(f"actor {number}", f"issue {number // 3}", days, SIGNS[sign]))
    return statements


def make_statement(actor_id: str, issue_id: str, days: int, stance: Stance) -> Statement:
    """Return one hand-coded statement, some days after the start of 2020."""
    name = f"{actor_id}, {issue_id}, {days}"
    stated_at = _START + timedelta(days=days)
    return Statement(
        statement_id=name,
        article_id="",
        version_id="",
        origin_id=name,
        actor_id=actor_id,
        speaker_text=actor_id,
        issue_id=issue_id,
        stance=stance,
        strength=2,
        basis=Basis.ON_RECORD,
        quote_type=QuoteType.NONE,
        evidence=name,
        evidence_start=0,
        evidence_end=len(name),
        stated_at=stated_at,
        known_from=stated_at,
        confidence=1.0,
        rule_id=None,
        model_version="",
    )
