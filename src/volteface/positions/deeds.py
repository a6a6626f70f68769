"""Said and did: a deed against the position that its doer holds on the record that day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from volteface.models import ChangeKind, PositionChange
from volteface.positions.days import SIGNS, Day
from volteface.positions.evidence import compute_probability
from volteface.positions.findings import Finding, Setting, make_change, show
from volteface.positions.runs import Run
from volteface.positions.track import Trace


class DeedReader:
    """Holds an actor's deeds against its words, in order of time. ``state`` is the first day of the position that was
    last found broken: one deed against it is enough.
    """

    def __init__(self, key: tuple[str, str], setting: Setting, state: date | None = None) -> None:
        self._key = key
        self._setting = setting
        self.state = state

    def read(self, day: Day, spoken: Trace, done: Sequence[Trace] = ()) -> Iterator[PositionChange]:
        """Yield a said_vs_did where a day's explicit deeds oppose the position that the actor holds on the record.

        ``done`` are the actor's deeds: what it did before it spoke, and goes on doing, is told again and again, and is no
        answer to the words.

        Both must be explicit (strength 2): the caller pools explicit deeds only, and leaves out those of planned
        events. Words of the same day that go with the deed make it no contradiction: they move the position themselves.
        """
        run = spoken.find_run(day.day)
        if run is None or day.stance not in SIGNS or day.stance is run.stance or run.begun_on == self.state:
            return
        if run.find_clear(day.day) and not _says_so_too(spoken, day) and not _goes_on(run, day, done):
            self.state = run.begun_on
            yield _make_change(self._key, run, day, self._setting)


def _says_so_too(spoken: Trace, deed: Day) -> bool:
    return any(shift.after.day == deed.day and shift.after.stance is deed.stance for shift in spoken.shifts)


def _goes_on(run: Run, deed: Day, done: Sequence[Trace]) -> bool:
    """Tell whether a deed is of a conduct that began before the position that it breaks."""
    conduct = [found for trace in done if (found := trace.find_run(deed.day))]
    return any(one.stance is deed.stance and one.begun_on < run.begun_on for one in conduct)


def _make_change(key: tuple[str, str], run: Run, deed: Day, setting: Setting) -> PositionChange:
    actor_id, issue_id = key
    sign = deed.stance
    assert sign is not None
    before = run.find_clear(deed.day)
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
            probability=run.get_probability(deed.day) * compute_probability(after, setting.policy),
            summary=f"{labels.get(actor_id)} on {labels.get(issue_id)}: said {show(run.stance)}, did {show(sign)}",
        ),
        setting,
    )
