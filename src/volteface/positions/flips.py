"""Flips, and the steps to and from a mixed position, inside one series of one actor's own public words or deeds.

A flip is a change of sign. Soften is a clear sign that becomes mixed, harden a mixed position that becomes the clear
sign it was before; a weaker or stronger wording of the same sign is no change. What is said anonymously, in private
or by another party never flips anybody. Deeds that are states of a planned event are the event's (see events.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from volteface.models import ChangeKind, PositionChange, Stance
from volteface.positions.belief import compute_pair_probability
from volteface.positions.days import SIGNS
from volteface.positions.evidence import CLEAR_STRENGTH
from volteface.positions.findings import Finding, Found, Setting, Span, make_change, show
from volteface.positions.follower import Shift
from volteface.positions.runs import Run
from volteface.positions.track import SeriesKey, Trace

_SUREST = 0.999


def find_flips(key: SeriesKey, trace: Trace, setting: Setting, span: Span) -> Iterator[Found]:
    """Yield a flip for each shift of sign of a series in a span of days, whatever its state."""
    for shift in trace.shifts:
        if span.holds(shift.after.day):
            yield shift.after.day, _make_flip(key, shift, setting)


def find_mixed_steps(key: SeriesKey, trace: Trace, setting: Setting, span: Span) -> Iterator[Found]:
    """Yield a soften for each clear sign that becomes mixed, a harden for each mixed position that is clear again, in a
    span of days.
    """
    sign = trace.earlier.stance if trace.earlier else None
    for before, after in zip(trace.runs, trace.runs[1:], strict=False):
        if before.stance in SIGNS:
            sign = before.stance
        if not span.holds(after.begun_on):
            continue
        if after.stance is Stance.MIXED:
            yield from _make_step(ChangeKind.SOFTEN, key, before, after, setting)
        elif before.stance is Stance.MIXED and (sign is None or after.stance is sign):
            yield from _make_step(ChangeKind.HARDEN, key, before, after, setting)


def _make_flip(key: SeriesKey, shift: Shift, setting: Setting) -> PositionChange:
    actor_id, issue_id, basis = key
    before, after = shift.before.stance, shift.after.stance
    assert before is not None and after is not None  # noqa: PT018 -- narrows: a shift is between two signs
    later = [statement for day in shift.following for statement in day.holding(after)]
    return make_change(
        Finding(
            kind=ChangeKind.FLIP,
            actor_id=actor_id,
            issue_id=issue_id,
            basis=basis,
            day=shift.after.day,
            before=shift.before.holding(before),
            after=shift.after.holding(after),
            supporting=[*shift.after.holding(after), *later],
            probability=shift.probability,
            returned_on=shift.returned_on,
            summary=_summarize(key, before, after, setting),
        ),
        setting,
    )


def _make_step(kind: ChangeKind, key: SeriesKey, before: Run, after: Run, setting: Setting) -> Iterator[Found]:
    actor_id, issue_id, basis = key
    old, new = before.last.holding(before.stance), after.days[0].holding(after.stance)
    signed = old if kind is ChangeKind.SOFTEN else new
    if all(statement.strength < CLEAR_STRENGTH for statement in signed):
        return  # from a hint to mixed is one step, not two
    yield (
        after.begun_on,
        make_change(
            Finding(
                kind=kind,
                actor_id=actor_id,
                issue_id=issue_id,
                basis=basis,
                day=after.begun_on,
                before=old,
                after=new,
                probability=compute_pair_probability(
                    _odds(before.probability), _odds(after.get_probability(after.begun_on)), setting.policy.change_prior
                ),
                summary=_summarize(key, before.stance, after.stance, setting),
            ),
            setting,
        ),
    )


def _odds(probability: float) -> float:
    capped = min(max(probability, 0.5), _SUREST)
    return capped / (1 - capped)


def _summarize(key: SeriesKey, before: Stance, after: Stance, setting: Setting) -> str:
    actor_id, issue_id, basis = key
    labels = setting.labels
    return f"{labels.get(actor_id)} on {labels.get(issue_id)}: {show(before)} to {show(after)} ({show(basis)})"
