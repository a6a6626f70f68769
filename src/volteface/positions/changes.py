"""The one definition of a position change: a pure function of statements and claims.

It reads no clock and knows no earlier result: the same statements give the same changes in whatever order they come,
and without a statement nothing stands that stood on it alone. Each kind is defined in its own module; what makes a
change believed is in evidence.py, its probability in belief.py and its id in findings.py. A first position, and
speaking again after silence, are no changes here.
"""

from __future__ import annotations

from collections.abc import Sequence

from volteface.config.actors import Actor
from volteface.config.issues import Issue
from volteface.config.settings import ChangePolicy
from volteface.models import EventClaim, PositionChange, Spoken
from volteface.positions.events import find_event_changes
from volteface.positions.findings import Labels, Setting, order_changes
from volteface.positions.groups import follow_group, group_statements
from volteface.positions.leanings import Leanings, count_leanings
from volteface.positions.reconcile import reconcile_changes
from volteface.positions.sides import Sides

__all__ = ["detect_changes", "reconcile_changes"]


def detect_changes(
    statements: Sequence[Spoken],
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
    said = list({s.statement_id: s for s in sorted(statements, key=lambda s: s.known_from, reverse=True)}.values())
    claimed = list({c.claim_id: c for c in sorted(claims, key=lambda c: c.known_from, reverse=True)}.values())
    setting = Setting(
        policy=policy,
        sides=Sides(actors, issues),
        labels=Labels(actors, issues),
        leanings=Leanings(count_leanings(said)),
    )
    changes = list(find_event_changes(claimed, setting))
    for key, group in group_statements(said, setting).items():
        changes += [change for _, change in follow_group(key, group, claimed, setting).found]
    return order_changes(changes)
