"""The one definition of a position change: a pure function of statements and claims.

It reads no clock and knows no earlier result: the same statements give the same changes in whatever order they come,
and without a statement nothing stands that stood on it alone. Each kind is defined in its own module; what makes a
change believed is in evidence.py, its probability in belief.py and its id in findings.py. A first position, and
speaking again after silence, are no changes here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from volteface.config.actors import Actor
from volteface.config.issues import Issue
from volteface.config.settings import ChangePolicy
from volteface.models import Basis, EventClaim, PositionChange, Statement
from volteface.positions.conditions import find_condition_changes
from volteface.positions.days import DEEDS, is_public
from volteface.positions.deeds import find_broken_words
from volteface.positions.events import find_event_changes, find_event_deeds
from volteface.positions.findings import Labels, Setting, order_changes
from volteface.positions.flips import find_flips, find_mixed_steps
from volteface.positions.gaps import find_denials, find_gaps
from volteface.positions.rationales import find_rationale_changes
from volteface.positions.reconcile import reconcile_changes
from volteface.positions.sides import Sides
from volteface.positions.silence import find_silences
from volteface.positions.track import group_series, trace_series
from volteface.positions.voices import group_voices

__all__ = ["detect_changes", "reconcile_changes"]


def detect_changes(
    statements: Sequence[Statement],
    claims: Sequence[EventClaim],
    *,
    actors: Sequence[Actor],
    issues: Sequence[Issue],
    policy: ChangePolicy,
) -> tuple[PositionChange, ...]:
    """Return every position change that the statements and claims bear, in order of time, candidates among them.

    Actors and issues need not be configured: configuration adds who speaks for whom, who decides an event, and names.
    A statement or claim given twice counts once, as it was first known. It compares with nothing stored: see ``reconcile_changes``.
    """
    setting = Setting(policy=policy, sides=Sides(actors, issues), labels=Labels(actors, issues))
    said = list({s.statement_id: s for s in sorted(statements, key=lambda s: s.known_from, reverse=True)}.values())
    claimed = list({c.claim_id: c for c in sorted(claims, key=lambda c: c.known_from, reverse=True)}.values())
    return order_changes(
        [
            *_find_in_series(said, claimed, setting),
            *_find_between_voices(said, claimed, setting),
            *find_silences(said, setting),
            *find_event_changes(claimed, setting),
        ]
    )


def _find_in_series(
    statements: Sequence[Statement], claims: Sequence[EventClaim], setting: Setting
) -> Iterator[PositionChange]:
    """Yield what changes inside one actor's own public words or deeds, and between the two."""
    event_deeds = find_event_deeds(statements, claims, stops=True)
    own = [s for s in statements if is_public(s) and s.statement_id not in event_deeds]
    series = group_series(own)
    traces = {key: trace_series(rows, setting.policy) for key, rows in series.items()}
    deeds: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for key, trace in traces.items():
        yield from find_flips(key, trace, setting)
        yield from find_mixed_steps(key, trace, setting)
        yield from find_condition_changes(key, trace, setting)
        if key[2] in DEEDS:
            deeds[key[0], key[1]] += series[key]
    for (actor_id, issue_id), rows in deeds.items():
        spoken = traces.get((actor_id, issue_id, Basis.ON_RECORD))
        if spoken:
            yield from find_broken_words(actor_id, issue_id, rows, spoken, setting)


def _find_between_voices(
    statements: Sequence[Statement], claims: Sequence[EventClaim], setting: Setting
) -> Iterator[PositionChange]:
    """Yield what stands between the public, private and reported voices of one side."""
    event_deeds = find_event_deeds(statements, claims, stops=False)
    for key, voices in group_voices(statements, setting, event_deeds=event_deeds).items():
        yield from find_gaps(key, voices, setting)
        yield from find_denials(key, voices, setting)
        if any(statement.rationale for statement in voices.public):
            yield from find_rationale_changes(key, voices, setting)
