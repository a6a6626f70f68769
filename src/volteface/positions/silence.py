"""Silence: an actor that has spoken on an issue now declines to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from volteface.models import Basis, ChangeKind, PositionChange, Statement
from volteface.positions.days import get_day, is_public
from volteface.positions.evidence import compute_probability
from volteface.positions.findings import Finding, Setting, make_change
from volteface.positions.voices import SideKey

Dated = tuple[date, Statement]


def find_silences(statements: Iterable[Statement], setting: Setting) -> Iterator[PositionChange]:
    """Yield a silence where a side declines to comment on what it had spoken of within ``silence_after_days``.

    Having spoken is a public position of its own, or a report in its name of another's. Declining again is the same
    silence, until the side has spoken on a later day or ``gap_window_days`` have passed. One outlet is enough: that
    somebody declined is the outlet's own word. "Did not respond" is no statement, and no silence.
    """
    declined: defaultdict[SideKey, list[Dated]] = defaultdict(list)
    spoken: defaultdict[SideKey, list[Dated]] = defaultdict(list)
    for statement in statements:
        day = get_day(statement)
        speaker = _get_speaker(statement)
        if day is None or speaker is None:
            continue
        side = setting.sides.get_side(speaker, statement.issue_id, day)
        (declined if statement.is_declined else spoken)[side, statement.issue_id].append((day, statement))
    for key, rows in declined.items():
        yield from _find_episodes(key, rows, spoken.get(key, []), setting)


def _get_speaker(statement: Statement) -> str | None:
    """Return who speaks in public here, or keeps silent; None where it is nobody named."""
    if statement.is_declined or is_public(statement):
        return statement.actor_id
    if statement.basis is Basis.REPORTED_BY_OTHER and not statement.is_private:
        return statement.reported_by
    return None


def _find_episodes(
    key: SideKey, declined: list[Dated], spoken: list[Dated], setting: Setting
) -> Iterator[PositionChange]:
    memory = timedelta(days=setting.policy.silence_after_days)
    window = timedelta(days=setting.policy.gap_window_days)
    last: date | None = None
    for day in sorted({day for day, _ in declined}):
        before = [row for row in spoken if day - memory <= row[0] <= day]
        if not before:
            continue
        spoke_on = max(spoken_on for spoken_on, _ in before)
        if last is None or spoke_on > last or day - last > window:
            words = [statement for spoken_on, statement in before if spoken_on == spoke_on]
            yield _make_silence(key, words, [s for on, s in declined if on == day], day, setting)
        last = day


def _make_silence(
    key: SideKey, words: list[Statement], declined: list[Statement], day: date, setting: Setting
) -> PositionChange:
    side, issue_id = key
    actor_id = side if any(s.actor_id == side for s in declined) else min(s.actor_id for s in declined)
    return make_change(
        Finding(
            kind=ChangeKind.SILENCE,
            actor_id=actor_id,
            subject=side,
            issue_id=issue_id,
            basis=Basis.ON_RECORD,
            day=day,
            before=words,
            after=declined,
            probability=compute_probability(declined, setting.policy),
            needs_standing=False,
            summary=f"{setting.labels.get(actor_id)} on {setting.labels.get(issue_id)}: declines to comment",
        ),
        setting,
    )
