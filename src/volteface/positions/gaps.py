"""Two voices about one side that cannot both be so: private against public, and a denial of what another reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from volteface.models import Basis, ChangeKind, PositionChange, Stance
from volteface.positions.days import ANONYMOUS_PREFIX, OPPOSITE, SIGNS, Day, pool_days
from volteface.positions.evidence import choose_statement, compute_probability
from volteface.positions.findings import Finding, Setting, make_change, show
from volteface.positions.track import Run, Trace, trace_series
from volteface.positions.voices import SideKey, Voices, holding


def find_gaps(key: SideKey, voices: Voices, setting: Setting) -> Iterator[PositionChange]:
    """Yield a public-private gap for each episode of private or unnamed words against the side's public position.

    The public position is the one that stands on the day of the private words, or the first within
    ``gap_window_days`` after them. Private words within that many days of one another are one episode; a change of
    the public sign begins another. A private word that agrees with the public position is none.
    """
    window = timedelta(days=setting.policy.gap_window_days)
    public = trace_series(voices.public, setting.policy)
    episode: list[Day] = []
    against: Run | None = None
    for day in pool_days(voices.private, setting.policy):
        run = _find_public_run(public, day.day, window)
        if run is None or day.stance not in SIGNS or day.stance is run.stance:
            continue
        if episode and run is against and day.day - episode[-1].day <= window:
            episode.append(day)
            continue
        if against is not None:
            yield _make_gap(key, against, episode, setting)
        episode, against = [day], run
    if against is not None:
        yield _make_gap(key, against, episode, setting)


def find_denials(key: SideKey, voices: Voices, setting: Setting) -> Iterator[PositionChange]:
    """Yield a denial where a side's on-record words oppose, in sign, what another party reports of it.

    The denial follows the report on the same day or within ``gap_window_days``. Reports and denials that go on within
    that time are one episode.
    """
    window = timedelta(days=setting.policy.gap_window_days)
    spoken = pool_days([s for s in voices.public if s.basis is Basis.ON_RECORD], setting.policy)
    reports = pool_days(voices.reported, setting.policy)
    for sign in SIGNS:
        answers = [day for day in spoken if day.stance is OPPOSITE[sign]]
        quiet_from = date.min
        for report in reports:
            if report.stance is not sign:
                continue
            if report.day <= quiet_from:
                quiet_from = max(quiet_from, report.day + window)
                continue
            answer = next((day for day in answers if report.day <= day.day <= report.day + window), None)
            if answer is not None:
                quiet_from = answer.day + window
                told = [day for day in reports if day.stance is sign and report.day <= day.day <= answer.day]
                later = [day for day in answers if answer.day < day.day <= quiet_from]
                yield _make_denial(key, told, answer, later, setting)


def _find_public_run(public: Trace, day: date, window: timedelta) -> Run | None:
    run = public.find_run(day)
    if run is not None:
        return run
    soon = [run for run in public.runs if run.stance in SIGNS and day < run.days[0].day <= day + window]
    return soon[0] if soon else None


def _make_gap(key: SideKey, public: Run, episode: Sequence[Day], setting: Setting) -> PositionChange:
    side, issue_id = key
    sign = episode[0].stance
    assert sign is not None
    first = episode[0].holding(sign)
    supporting = [statement for day in episode for statement in day.holding(sign)]
    told = [day for day in public.days if day.day <= episode[0].day] or [public.days[0]]
    before = told[-1].holding(public.stance)
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
            probability=public.probability * compute_probability(supporting, setting.policy),
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
