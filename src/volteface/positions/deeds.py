"""Said and did: a deed against the position that its doer holds on the record that day."""

from __future__ import annotations

from collections.abc import Iterator

from volteface.models import ChangeKind, PositionChange, Statement
from volteface.positions.days import SIGNS, Day, pool_days
from volteface.positions.evidence import CLEAR_STRENGTH, compute_probability
from volteface.positions.findings import Finding, Setting, make_change, show
from volteface.positions.track import Run, Trace


def find_broken_words(
    actor_id: str, issue_id: str, deeds: list[Statement], spoken: Trace, setting: Setting
) -> Iterator[PositionChange]:
    """Yield one said_vs_did for each on-record position that a later deed of the same actor opposes.

    Both must be explicit (strength 2). Words of the same day that go with the deed make it no contradiction: they
    move the position themselves. Deeds of planned events are left out by the caller.
    """
    explicit = [statement for statement in deeds if statement.strength >= CLEAR_STRENGTH]
    broken: set[int] = set()
    for day in pool_days(explicit, setting.policy):
        run = spoken.find_run(day.day)
        if run is None or day.stance not in SIGNS or day.stance is run.stance or id(run) in broken:
            continue
        if _is_clear(run) and not _says_so_too(spoken, day):
            broken.add(id(run))
            yield _make_change(actor_id, issue_id, run, day, setting)


def _is_clear(run: Run) -> bool:
    return any(s.strength >= CLEAR_STRENGTH for day in run.days for s in day.holding(run.stance))


def _says_so_too(spoken: Trace, deed: Day) -> bool:
    return any(shift.after.day == deed.day and shift.after.stance is deed.stance for shift in spoken.shifts)


def _make_change(actor_id: str, issue_id: str, run: Run, deed: Day, setting: Setting) -> PositionChange:
    sign = deed.stance
    assert sign is not None
    told = [day for day in run.days if day.day <= deed.day]
    clear = [s for day in told for s in day.holding(run.stance) if s.strength >= CLEAR_STRENGTH]
    before = clear or list(told[-1].holding(run.stance))
    after = deed.holding(sign)
    labels = setting.labels
    return make_change(
        Finding(
            kind=ChangeKind.SAID_VS_DID,
            actor_id=actor_id,
            issue_id=issue_id,
            basis=after[0].basis,
            day=deed.day,
            before=before,
            after=after,
            probability=run.probability * compute_probability(after, setting.policy),
            summary=f"{labels.get(actor_id)} on {labels.get(issue_id)}: said {show(run.stance)}, did {show(sign)}",
        ),
        setting,
    )
