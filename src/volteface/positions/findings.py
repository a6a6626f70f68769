"""How a found change becomes a row: its id, its state, its one line for people.

``change_id`` is the hash of kind, subject, issue, basis, event and day. The subject is the actor, or the side where
several voices may carry the change; basis is left out of the id of two-sided kinds. It holds no statement's id, so
that a better report of the same change replaces the evidence and not the change. A report that moves the day makes
another change, and the first comes back as retracted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from volteface.config.actors import Actor
from volteface.config.issues import Issue
from volteface.config.settings import ChangePolicy
from volteface.models import Basis, ChangeKind, EventClaim, PositionChange, Spoken, identify
from volteface.positions.evidence import argue_against, choose_statement, count_origins, decide_state, has_standing
from volteface.positions.leanings import Leanings
from volteface.positions.sides import Sides


class Labels:
    """The configured names of actors and issues; an id that has none is shown as it is."""

    def __init__(self, actors: Sequence[Actor], issues: Sequence[Issue]) -> None:
        self._names = {actor.id: actor.name for actor in actors} | {issue.id: issue.name for issue in issues}
        self._names |= {issue.event.id: issue.event.name for issue in issues if issue.event}

    def get(self, identifier: str | None) -> str:
        """Return the name for an id."""
        return self._names.get(identifier or "", identifier or "")


Found = tuple[date, PositionChange]  # the day that bears a change, and the change


@dataclass(frozen=True, slots=True)
class Span:
    """The days after ``since``, up to and with ``until``."""

    since: date = date.min
    until: date = date.max

    def holds(self, day: date) -> bool:
        """Tell whether a day is among them."""
        return self.since < day <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What every kind of change is judged by."""

    policy: ChangePolicy
    sides: Sides
    labels: Labels
    leanings: Leanings = field(default_factory=lambda: Leanings({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A change found between two groups of agreeing statements, before it is a row.

    ``supporting`` are the statements that may confirm it: those of ``after``, and later ones that agree.
    Both sides need standing, for either may be the one that was read wrong; not so where the sign is the same on both
    (``keeps_sign``). ``is_two_sided``: before and after are different voices.
    """

    kind: ChangeKind
    actor_id: str
    issue_id: str
    basis: Basis
    day: date
    before: Collection[Spoken]
    after: Collection[Spoken]
    probability: float
    summary: str
    supporting: Collection[Spoken] = ()
    subject: str | None = None
    is_two_sided: bool = False
    keeps_sign: bool = False
    counter_actor_id: str | None = None
    event_id: str | None = None
    returned_on: date | None = None
    needs_standing: bool = True
    before_actor_id: str | None = None


def make_change(finding: Finding, setting: Setting) -> PositionChange:
    """Return the row of a finding. The first instant of ``after`` is when it changed."""
    policy = setting.policy
    supporting = finding.supporting or finding.after
    before = choose_statement(finding.before, actor_id=finding.before_actor_id or finding.actor_id)
    after = choose_statement(finding.after, actor_id=finding.actor_id)
    sides = (supporting,) if finding.keeps_sign else (finding.before, supporting)
    stands = not finding.needs_standing or all(has_standing(side, policy) for side in sides)
    against = argue_against(
        finding.before, supporting, finding.probability, policy, needs_standing=finding.needs_standing
    )
    if finding.returned_on:
        against = (*against, f"the old position was stated again on {finding.returned_on}")
    return PositionChange(
        change_id=make_change_id(
            finding.kind,
            subject=finding.subject or finding.actor_id,
            issue_id=finding.issue_id,
            basis=None if finding.is_two_sided else finding.basis,
            event_id=finding.event_id,
            day=finding.day,
        ),
        kind=finding.kind,
        state=decide_state(finding.probability, policy, stands=stands, returned=finding.returned_on is not None),
        actor_id=finding.actor_id,
        issue_id=finding.issue_id,
        basis=finding.basis,
        before_statement_id=before.statement_id,
        after_statement_id=after.statement_id,
        changed_at=min(statement.stated_at for statement in finding.after if statement.stated_at),
        known_from=max(before.known_from, after.known_from),
        confidence=round(finding.probability, 4),
        counter_actor_id=finding.counter_actor_id,
        event_id=finding.event_id,
        before_origin_count=count_origins(finding.before),
        after_origin_count=count_origins(supporting),
        summary=finding.summary,
        against=against,
    )


def make_event_change(
    kind: ChangeKind,
    before: Collection[EventClaim],
    after: Collection[EventClaim],
    *,
    actor_id: str,
    subject: str,
    issue_id: str | None,
    counter_actor_id: str | None,
    day: date,
    summary: str,
    probability: float,
    policy: ChangePolicy,
) -> PositionChange:
    """Return the row of a change of a planned event, which stands on claims. Origins of both sides of a
    contradiction count together.
    """
    first, last = choose_claim(before), choose_claim(after)
    voices = {claim.origin_id for claim in after}
    if kind is ChangeKind.CONTRADICTION:
        voices |= {claim.origin_id for claim in before}
    stands = len(voices) >= policy.min_origins or all(not claim.article_id for claim in after)
    state = decide_state(probability, policy, stands=stands)
    against = () if stands else ("it comes from one origin only",)
    if probability < policy.confirm_probability:
        against = (*against, f"probability {probability:.2f} is below {policy.confirm_probability:.2f}")
    return PositionChange(
        change_id=make_change_id(kind, subject=subject, issue_id=issue_id, basis=None, event_id=last.event_id, day=day),
        kind=kind,
        state=state,
        actor_id=actor_id,
        issue_id=issue_id,
        basis=last.basis,
        before_statement_id=first.statement_id or first.claim_id,
        after_statement_id=last.statement_id or last.claim_id,
        changed_at=_first_instant(after),
        known_from=max(first.known_from, last.known_from),
        confidence=round(probability, 4),
        counter_actor_id=counter_actor_id,
        event_id=last.event_id,
        before_origin_count=len({claim.origin_id for claim in before}),
        after_origin_count=len({claim.origin_id for claim in after}),
        summary=summary,
        against=against,
    )


def make_change_id(
    kind: ChangeKind, *, subject: str, issue_id: str | None, basis: Basis | None, event_id: str | None, day: date
) -> str:
    """Return the stable id of a change: see the head of this module."""
    return identify("change", kind, subject, issue_id, basis, event_id, day.isoformat())


def choose_claim(claims: Collection[EventClaim]) -> EventClaim:
    """Return the best-evidenced claim: on a statement, about somebody's decision, surest, first known."""
    return max(
        sorted(claims, key=lambda claim: claim.claim_id),
        key=lambda claim: (
            claim.statement_id is not None,
            claim.about_actor_id is not None,
            claim.confidence,
            -claim.known_from.timestamp(),
        ),
    )


def show(word: str) -> str:
    """Return a vocabulary's word as people write it."""
    return word.replace("_", " ")


def order_changes(changes: Collection[PositionChange]) -> tuple[PositionChange, ...]:
    """Return changes in order of time; the order of equals is that of their ids."""
    return tuple(sorted(changes, key=lambda change: (change.changed_at, change.kind, change.change_id)))


def _first_instant(claims: Collection[EventClaim]) -> datetime:
    return min(claim.stated_at for claim in claims if claim.stated_at)
