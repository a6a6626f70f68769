"""What becomes of changes that were stored, when detection runs again over more statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from volteface.models import ChangeState, PositionChange
from volteface.positions.findings import order_changes

_BELIEVED = frozenset({ChangeState.CONFIRMED, ChangeState.RETRACTED})


def reconcile_changes(
    old: Sequence[PositionChange], new: Sequence[PositionChange], now: datetime
) -> tuple[PositionChange, ...]:
    """Return the changes to store: all of ``new``, and what was once believed and is so no more, as retracted.

    A change that was confirmed and is found no longer, or only as a candidate or rejected, comes back as retracted,
    since somebody has been told of it; one that is confirmed again is confirmed. A candidate that is gone is left
    out. ``now`` goes into the reason that a retraction carries. Running it again with its own result and the same
    ``new`` gives the same.
    """
    found = {change.change_id: change for change in new}
    for former in old:
        if former.state not in _BELIEVED:
            continue
        present = found.get(former.change_id)
        if present is None or present.state is not ChangeState.CONFIRMED:
            found[former.change_id] = _retract(former, present, now)
    return order_changes(list(found.values()))


def _retract(former: PositionChange, present: PositionChange | None, now: datetime) -> PositionChange:
    """Return the retraction. It keeps the evidence that was believed, and the first reason for its end."""
    if former.state is ChangeState.RETRACTED:
        return former
    why = f"the statements now make it {present.state}" if present else "the statements no longer bear it"
    return replace(former, state=ChangeState.RETRACTED, against=(*former.against, f"{now:%Y-%m-%d}: {why}"))
