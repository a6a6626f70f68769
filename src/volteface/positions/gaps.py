"""Two voices about one side that cannot both be so: private against public, and a denial of what another reports."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from volteface.models import Basis, ChangeKind, PositionChange, Stance
from volteface.positions.days import ANONYMOUS_PREFIX, OPPOSITE, SIGNS, Day
from volteface.positions.evidence import choose_statement, compute_probability
from volteface.positions.findings import Finding, Setting, make_change, show
from volteface.positions.runs import Run
from volteface.positions.track import Trace
from volteface.positions.voices import SideKey, holding


@dataclass(frozen=True, slots=True)
class GapState:
    """The last private words against the public position: when they were, and when that position began."""

    last: date
    against: date


class GapReader:
    """Holds a side's private or unnamed words against its public position, in order of time."""

    def __init__(self, key: SideKey, setting: Setting, state: GapState | None = None) -> None:
        self._key = key
        self._setting = setting
        self.state = state

    def read(self, index: int, private: Sequence[Day], public: Trace) -> Iterator[PositionChange]:
        """Yield a public-private gap where the day ``private[index]`` begins an episode of private words against it.

        The public position is the one that stands on the day of the private words, or the first within
        ``gap_window_days`` after them. Private words within that many days of one another are one episode; a change of
        the public sign begins another. A private word that agrees with the public position is none. What is said in
        private up to ``confirm_days`` after the episode's first day may confirm it, whatever is said in public by then.
        """
        day, window = private[index], timedelta(days=self._setting.policy.gap_window_days)
        run = _find_public_run(public, day.day, window)
        if run is None or not _opposes(day, run):
            return
        state, self.state = self.state, GapState(day.day, run.begun_on)
        if state is None or state.against != run.begun_on or day.day - state.last > window:
            horizon = day.day + timedelta(days=self._setting.policy.confirm_days)
            episode = [day]
            for other in itertools.takewhile(lambda other: other.day <= horizon, private[index + 1 :]):
                if _opposes(other, run):
                    if other.day - episode[-1].day > window:
                        break
                    episode.append(other)
            yield _make_gap(self._key, run, episode, self._setting)


class DenialReader:
    """Holds what a side says on the record against what other parties report of it, in order of the reports.

    ``state`` is, for a report of support and of opposition, until when reports belong to an episode that is known.
    """

    def __init__(self, key: SideKey, setting: Setting, state: tuple[date, date] = (date.min, date.min)) -> None:
        self._key = key
        self._setting = setting
        self.state = state

    def read(self, report: Day, reports: Sequence[Day], spoken: Sequence[Day]) -> Iterator[PositionChange]:
        """Yield a denial where on-record words oppose, in sign, what a day's reports say.

        The denial follows the report on the same day or within ``gap_window_days``. Reports and denials that go on
        within that time are one episode.
        """
        sign = report.stance
        if sign not in SIGNS:
            return
        window = timedelta(days=self._setting.policy.gap_window_days)
        quiet_from = self.state[SIGNS.index(sign)]
        if report.day <= quiet_from:
            self._keep(sign, max(quiet_from, report.day + window))
            return
        answers = [day for day in spoken if day.stance is OPPOSITE[sign] and day.day >= report.day]
        if not answers or answers[0].day > report.day + window:
            return
        answer, quiet_from = answers[0], answers[0].day + window
        self._keep(sign, quiet_from)
        told = [day for day in reports if day.stance is sign and report.day <= day.day <= answer.day]
        yield _make_denial(
            self._key, told, answer, [day for day in answers[1:] if day.day <= quiet_from], self._setting
        )

    def _keep(self, sign: Stance, quiet_from: date) -> None:
        support, oppose = self.state
        self.state = (quiet_from, oppose) if sign is Stance.SUPPORT else (support, quiet_from)


def _opposes(day: Day, run: Run) -> bool:
    return day.stance in SIGNS and day.stance is not run.stance


def _find_public_run(public: Trace, day: date, window: timedelta) -> Run | None:
    run = public.find_run(day)
    if run is not None:
        return run
    soon = [run for run in public.runs if run.stance in SIGNS and day < run.begun_on <= day + window]
    return soon[0] if soon else None


def _make_gap(key: SideKey, public: Run, episode: Sequence[Day], setting: Setting) -> PositionChange:
    side, issue_id = key
    sign = episode[0].stance
    assert sign is not None
    first = episode[0].holding(sign)
    supporting = [statement for day in episode for statement in day.holding(sign)]
    before = public.find_day(episode[0].day).holding(public.stance)
    named = [statement for statement in first if not statement.actor_id.startswith(ANONYMOUS_PREFIX)]
    after = named or first
    lead = choose_statement(after)
    actor_id = lead.actor_id.removeprefix(ANONYMOUS_PREFIX)
    labels = setting.labels
    return make_change(
        Finding(
            kind=ChangeKind.PUBLIC_PRIVATE_GAP,
            actor_id=actor_id,
            subject=side,
            issue_id=issue_id,
            basis=lead.basis,
            day=episode[0].day,
            before=before,
            after=[statement for statement in after if statement.actor_id == lead.actor_id],
            supporting=supporting,
            is_two_sided=True,
            probability=public.get_probability(episode[0].day) * compute_probability(supporting, setting.policy),
            summary=(
                f"{labels.get(actor_id)} on {labels.get(issue_id)}: "
                f"{show(public.stance)} in public, {show(sign)} in private"
            ),
        ),
        setting,
    )


def _make_denial(
    key: SideKey, told: Sequence[Day], answer: Day, later: Sequence[Day], setting: Setting
) -> PositionChange:
    side, issue_id = key
    sign = answer.stance
    assert sign is not None
    reports = holding((statement for day in told for statement in day.statements), OPPOSITE[sign])
    report = choose_statement(reports)
    words = list(answer.holding(sign))
    lead = choose_statement(words, actor_id=report.actor_id)
    reporter = report.reported_by
    labels = setting.labels
    again = [statement for day in later for statement in day.holding(sign)]
    supporting = [statement for statement in [*words, *again] if statement.actor_id == lead.actor_id]
    return make_change(
        Finding(
            kind=ChangeKind.DENIAL,
            actor_id=lead.actor_id,
            subject=side,
            issue_id=issue_id,
            basis=Basis.ON_RECORD,
            day=answer.day,
            before=[statement for statement in reports if statement.reported_by == reporter],
            after=[statement for statement in supporting if statement in words],
            supporting=supporting,
            is_two_sided=True,
            counter_actor_id=reporter,
            before_actor_id=report.actor_id,
            probability=compute_probability(reports, setting.policy) * compute_probability(words, setting.policy),
            summary=_summarize_denial(labels.get(lead.actor_id), labels.get(issue_id), sign, labels.get(reporter)),
        ),
        setting,
    )


def _summarize_denial(actor: str, issue: str, sign: Stance, reporter: str) -> str:
    told = f"{reporter} reports" if reporter else "another party reports"
    return f"{actor} on {issue}: {show(sign)}, where {told} {show(OPPOSITE[sign])}"
