"""From stance hits to claims about planned events: who says where the event stands, and on whose behalf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from volteface.config.issues import PlannedEvent
from volteface.config.rules import RuleKind
from volteface.language.dates import find_planned_date, resolve_date
from volteface.language.kinship import body_of
from volteface.language.stance import StanceHit
from volteface.language.statements import Place
from volteface.models import Basis, EventClaim, EventState, Statement, identify

_WITH_DATE = frozenset({EventState.SCHEDULED, EventState.RESCHEDULED, EventState.POSTPONED, EventState.AGREED})
_DEEDS = frozenset({EventState.HELD, EventState.CANCELLED})


def build_claims(
    place: Place, hit: StanceHit, events: Mapping[str, PlannedEvent], statement: Statement | None
) -> Iterator[EventClaim]:
    """Yield the claim that a stance hit makes about its issue's planned event, if the rule says where it stands."""
    rule, event = hit.verdict.rule, events.get(hit.verdict.hit.issue_id)
    state = _decide_state(hit)
    if event is None or state is None:
        return
    evidence, start, end = place.locate(hit.sentence)
    passage, holding = place.passage, hit.holding
    claimant, basis = holding.reporter or holding.actor_id, hit.basis
    if rule.kind is RuleKind.ACT and holding.reporter is None and basis is Basis.ANONYMOUS and not hit.is_private:
        claimant, basis = body_of(holding.actor_id), Basis.ACT  # what unnamed officials do their body does
    yield EventClaim(
        claim_id=identify(
            passage.version_id, event.id, state, claimant, holding.actor_id, place.evidence_in, start, end
        ),
        event_id=event.id,
        issue_id=hit.verdict.hit.issue_id,
        state=state,
        claimed_by=claimant,
        about_actor_id=_decide_about(holding.actor_id, event),
        basis=basis,
        mode=hit.mode,
        scheduled_for=find_planned_date(evidence, passage.published_at) if state in _WITH_DATE else None,
        statement_id=statement.statement_id if statement else None,
        article_id=passage.article_id,
        version_id=passage.version_id,
        origin_id=passage.origin_id,
        evidence=evidence,
        evidence_start=start,
        evidence_end=end,
        stated_at=resolve_date(evidence, passage.published_at, is_plan=state not in _DEEDS),
        known_from=passage.known_from,
        confidence=hit.confidence,
        rule_id=rule.id,
        model_version=place.model_version,
        is_private=hit.is_private and basis is not Basis.ON_RECORD,
    )


def keep_distinct(claims: Iterable[EventClaim]) -> tuple[EventClaim, ...]:
    """Keep the surest claim for each id, in order of first appearance."""
    best: dict[str, EventClaim] = {}
    for claim in claims:
        known = best.get(claim.claim_id)
        if known is None or claim.confidence > known.confidence:
            best[claim.claim_id] = claim
    return tuple(best.values())


def _decide_state(hit: StanceHit) -> EventState | None:
    """Return the state that the rule tells; a denied agreement or plan is a denial, another denied state says nothing."""
    state = hit.verdict.rule.event_state
    if state is None or not hit.verdict.is_negated:
        return state
    return EventState.DENIED if state in {EventState.AGREED, EventState.SCHEDULED, EventState.REQUESTED} else None


def _decide_about(actor_id: str, event: PlannedEvent) -> str | None:
    """Return whose decision the claim is about: the holder where the event is his to decide, else its first decider."""
    return actor_id if actor_id in event.decided_by else event.decided_by[0]
