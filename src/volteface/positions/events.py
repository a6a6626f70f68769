"""Planned events: where one stands by its decider's own word, and who contradicts whom about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from volteface.models import Basis, ChangeKind, EventClaim, EventState, PositionChange, Spoken
from volteface.positions.days import ANONYMOUS_PREFIX, DEEDS
from volteface.positions.evidence import compute_probability
from volteface.positions.findings import Setting, choose_claim, make_event_change, show

AGREED = frozenset({EventState.AGREED, EventState.SCHEDULED, EventState.RESCHEDULED})
CALLED_OFF = frozenset({EventState.CANCELLED, EventState.DENIED})
_STOPPED_BY_DEED = frozenset({EventState.CANCELLED, EventState.POSTPONED})
_REOPENED = AGREED | {EventState.PROPOSED, EventState.REQUESTED}
_RANK = list(EventState)  # of states claimed with equal weight on one day, the furthest one stands


@dataclass(frozen=True, slots=True)
class _Word:
    """What a side says of an event on a day: that it is agreed, that it is not, or something that is neither."""

    day: date
    agreed: bool | None
    claims: tuple[EventClaim, ...]


def find_event_deeds(statements: Iterable[Spoken], claims: Iterable[EventClaim], *, stops: bool) -> set[str]:
    """Return the ids of deeds that carry a planned event on: holding a meeting is its state, and no position.

    With ``stops`` deeds that call an event off are among them; without, those are left out: a refusal is a position.
    """
    left_out = frozenset() if stops else CALLED_OFF | _STOPPED_BY_DEED
    chosen = [claim for claim in claims if claim.state not in left_out]
    named = {claim.statement_id for claim in chosen}
    spans: defaultdict[str, list[EventClaim]] = defaultdict(list)
    for claim in chosen:
        spans[claim.version_id].append(claim)
    return {
        statement.statement_id
        for statement in statements
        if statement.basis in DEEDS
        and (
            statement.statement_id in named or any(_overlap(statement, c) for c in spans.get(statement.version_id, ()))
        )
    }


def find_event_changes(claims: Iterable[EventClaim], setting: Setting) -> Iterator[PositionChange]:
    """Yield the contradictions and lifecycle changes of every planned event. Undated claims take no part.

    Anonymous and private claims are nobody's word: they neither establish a state nor contradict one.
    """
    events: defaultdict[str, defaultdict[date, list[EventClaim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.stated_at is not None and _is_open_word(claim):
            events[claim.event_id][claim.stated_at.astimezone(UTC).date()].append(claim)
    for days in events.values():
        ordered = [(day, sorted(days[day], key=lambda claim: claim.claim_id)) for day in sorted(days)]
        yield from _find_contradictions(ordered, setting)
        yield from _find_lifecycle(ordered, setting)


def _is_open_word(claim: EventClaim) -> bool:
    if claim.is_private or claim.basis is Basis.ANONYMOUS:
        return False
    # Unnamed officials who held a meeting did so openly: that is a deed told by the outlet, not a claim of theirs.
    is_meeting = claim.state is EventState.HELD and claim.basis in DEEDS
    return is_meeting or not claim.claimed_by.startswith(ANONYMOUS_PREFIX)


def _overlap(statement: Spoken, claim: EventClaim) -> bool:
    return (
        bool(claim.version_id)
        and statement.evidence_start < claim.evidence_end
        and claim.evidence_start < statement.evidence_end
    )


def _find_contradictions(days: Sequence[tuple[date, list[EventClaim]]], setting: Setting) -> Iterator[PositionChange]:
    """Yield one for each dispute: a decider and another side, one saying agreed and the other denied, within
    ``gap_window_days`` of one another. It is over when their words go together again.
    """
    window = timedelta(days=setting.policy.gap_window_days)
    current: dict[str, _Word] = {}
    disputed: set[tuple[str, str]] = set()
    for day, claims in days:
        deciders = _get_deciders(claims, day, setting)
        for side, said in _group_by_side(claims, day, setting).items():
            current[side] = _read_word(day, said)
        for decider in sorted(deciders & current.keys()):
            for other in sorted(current.keys() - deciders):
                own, word = current[decider], current[other]
                if own.agreed is None or word.agreed is None or own.agreed == word.agreed:
                    disputed.discard((decider, other))
                elif abs(own.day - word.day) <= window and (decider, other) not in disputed:
                    disputed.add((decider, other))
                    yield _make_contradiction(decider, own, word, day, setting)


def _group_by_side(claims: Iterable[EventClaim], day: date, setting: Setting) -> dict[str, list[EventClaim]]:
    sides: defaultdict[str, list[EventClaim]] = defaultdict(list)
    for claim in claims:
        sides[setting.sides.get_side(claim.claimed_by, claim.issue_id, day)].append(claim)
    return sides


def _read_word(day: date, claims: Collection[EventClaim]) -> _Word:
    """Return what a side's claims of a day come to. Holding and calling off are deeds that end no dispute of words."""
    agreed = [claim for claim in claims if claim.state in AGREED]
    denied = [claim for claim in claims if claim.state is EventState.DENIED]
    yes, no = _weigh(agreed), _weigh(denied)
    if yes == no:
        return _Word(day, None, tuple(claims))
    return _Word(day, yes > no, tuple(agreed if yes > no else denied))


def _weigh(claims: Collection[EventClaim]) -> float:
    """Return the weight of claims: one vote an origin, its surest."""
    votes: dict[str, float] = {}
    for claim in claims:
        votes[claim.origin_id] = max(votes.get(claim.origin_id, 0.0), claim.confidence)
    return sum(votes[origin] for origin in sorted(votes))


def _make_contradiction(decider: str, own: _Word, word: _Word, day: date, setting: Setting) -> PositionChange:
    first, last = (word, own) if word.day <= own.day else (own, word)
    mine, theirs = choose_claim(own.claims), choose_claim(word.claims)
    labels = setting.labels
    return make_event_change(
        ChangeKind.CONTRADICTION,
        first.claims,
        last.claims,
        actor_id=decider,
        subject=decider,
        issue_id=_get_issue(mine, setting),
        counter_actor_id=theirs.claimed_by,
        day=day,
        summary=(
            f"{labels.get(mine.event_id)}: {show(theirs.state)} according to {labels.get(theirs.claimed_by)}, "
            f"{show(mine.state)} according to {labels.get(mine.claimed_by)}"
        ),
        probability=compute_probability(own.claims, setting.policy) * compute_probability(word.claims, setting.policy),
        policy=setting.policy,
    )


def _find_lifecycle(days: Sequence[tuple[date, list[EventClaim]]], setting: Setting) -> Iterator[PositionChange]:
    """Yield one for each established state that follows another. The first one is no change, and a denial of what
    is called off anyway is none.
    """
    established: tuple[EventClaim, ...] = ()
    for day, claims in days:
        found = _establish([c for c in claims if _establishes(c, claims, day, setting)], established)
        if not found:
            continue
        if established and _differs(established[0].state, found[0].state):
            yield _make_lifecycle(established, found, day, setting)
        if not established or _differs(established[0].state, found[0].state):
            established = found


def _establishes(claim: EventClaim, claims: Collection[EventClaim], day: date, setting: Setting) -> bool:
    """Tell whether a claim settles where the event stands: it was held, or its decider says so of its own decision.

    An agreement or a date is words: a deed can only call an event off, or hold it.
    """
    if claim.state is EventState.HELD:
        return claim.basis in DEEDS or claim.basis is Basis.ON_RECORD
    deciders = _get_deciders(claims, day, setting)
    side = setting.sides.get_side(claim.claimed_by, claim.issue_id, day)
    about = claim.about_actor_id and setting.sides.get_side(claim.about_actor_id, claim.issue_id, day)
    if side not in deciders or (about and about != side):
        return False
    return claim.basis is Basis.ON_RECORD or (claim.basis in DEEDS and claim.state in _STOPPED_BY_DEED)


def _establish(claims: Collection[EventClaim], before: Sequence[EventClaim]) -> tuple[EventClaim, ...]:
    """Return the claims of the state that a day establishes: held above all, else the best supported."""
    states: defaultdict[EventState, list[EventClaim]] = defaultdict(list)
    for claim in claims:
        states[claim.state].append(claim)
    if EventState.HELD in states:
        return tuple(states[EventState.HELD])
    if before and before[0].state is EventState.HELD:  # what was held can be planned anew, not called off
        states = defaultdict(list, {state: rows for state, rows in states.items() if state in _REOPENED})
    if not states:
        return ()
    best = max(states, key=lambda state: (round(_weigh(states[state]), 9), _RANK.index(state)))
    return tuple(states[best])


def _differs(before: EventState, after: EventState) -> bool:
    return before is not after and not (before in CALLED_OFF and after in CALLED_OFF)


def _make_lifecycle(
    before: Sequence[EventClaim], after: Sequence[EventClaim], day: date, setting: Setting
) -> PositionChange:
    lead = choose_claim(after)
    deciders = sorted(_get_deciders(after, day, setting))
    side = setting.sides.get_side(lead.claimed_by, lead.issue_id, day)
    actor_id = side if side in deciders or not deciders else deciders[0]
    modes = {claim.mode for claim in after if claim.mode}
    mode = f" ({show(min(modes))})" if len(modes) == 1 else ""
    return make_event_change(
        ChangeKind.LIFECYCLE,
        before,
        after,
        actor_id=actor_id,
        subject=lead.state,
        issue_id=_get_issue(lead, setting),
        counter_actor_id=None,
        day=day,
        summary=f"{setting.labels.get(lead.event_id)}: {show(before[0].state)} to {show(lead.state)}{mode}",
        probability=compute_probability(after, setting.policy),
        policy=setting.policy,
    )


def _get_deciders(claims: Collection[EventClaim], day: date, setting: Setting) -> frozenset[str]:
    """Return the sides that decide the event: as configured, else those whose decision is claimed."""
    for claim in claims:
        configured = setting.sides.get_deciders(claim.event_id, day)
        if configured:
            return configured
    sides = setting.sides
    return frozenset(
        sides.get_side(claim.about_actor_id, claim.issue_id, day) for claim in claims if claim.about_actor_id
    )


def _get_issue(claim: EventClaim, setting: Setting) -> str | None:
    issue = setting.sides.get_event_issue(claim.event_id)
    return issue.id if issue else claim.issue_id
