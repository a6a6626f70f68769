"""Say who is mentioned: names, offices, unnamed officials, roles, newcomers and short forms, each with its actor.

Pronouns come later (attribution.py): whom they mean depends on who spoke. Never a wrong person: what is not clear is
left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from spacy.language import Language
from spacy.tokens import Doc

from volteface.config.actors import Actor, ActorKind
from volteface.config.cues import Cue
from volteface.language.annotations import ActorMention, Interval, Via
from volteface.language.anonymous import find_officials, find_spokespersons
from volteface.language.candidates import find_candidates
from volteface.language.cues import CueTable
from volteface.language.grammar import is_possessive
from volteface.language.layout import Layout, lay_out
from volteface.language.lexicon import SPOKES_NOUNS, words
from volteface.language.names import NameHit, NameKind, NameTable
from volteface.language.namings import PERSON_LABELS
from volteface.language.nationals import NationalFinder
from volteface.language.people import extend_over_titles, find_short_forms, find_surname, is_namesake
from volteface.language.places import is_acting, is_compound, is_place
from volteface.language.roles import RoleTable
from volteface.language.roster import Roster, candidate_id, write_id

_BODY_NOUNS = words("administration government cabinet office campaign coalition") | SPOKES_NOUNS
_RANK = (Via.SPOKESPERSON, Via.ALIAS, Via.OFFICE, Via.ANONYMOUS, Via.ROLE, Via.DESCRIPTION, Via.METONYM, Via.CANDIDATE)


class ActorFinder:
    """Finds the mentions of one Doc after the other. Holds tables only; keeps nothing of a text."""

    def __init__(self, nlp: Language, actors: Iterable[Actor], cues: Iterable[Cue]) -> None:
        known = tuple(actors)
        self._names = NameTable(nlp, known)
        self._cues = CueTable(cues)
        self._roster = Roster(known)
        self._roles = RoleTable(self._roster)
        self._nationals = NationalFinder(known, self._cues)

    def find(self, doc: Doc) -> tuple[ActorMention, ...]:
        """Return the mentions in text order, without overlaps but for joint officials of several bodies."""
        layout = lay_out(doc)
        day = _day_of(doc._.published_at)
        hits = self._names.find(doc)
        by_token = {index: hit for hit in hits for index in range(hit.start, hit.end)}
        known = frozenset(by_token)
        people = self._find_people(layout, hits, known)
        spokes = list(find_spokespersons(layout, by_token, self._roster))
        candidates = [_narrow(layout, one) for one in find_candidates(layout, known, self._cues)]
        bodies = [*self._find_bodies(layout, hits), *self._nationals.find(layout)]
        voices = [mention for mention, _ in spokes] + [one for one in bodies if one.via is Via.SPOKESPERSON]
        candidates = _adopt_spokespersons(layout, candidates, voices)
        named = frozenset(i for mention in (*people, *candidates) for i in range(mention.start, mention.end))
        starts = frozenset(mention.start for mention in people)
        officials = list(find_officials(layout, by_token, starts, self._roster))
        roles = list(self._roles.find(layout, by_token, people, named, day, home=doc._.outlet_actor_id))
        full = [*people, *candidates, *(mention for mention, _ in spokes)]
        named_people = {*people, *candidates, *(mention for mention, name in spokes if name)}
        kept = keep_longest([*full, *bodies, *officials, *_drop_contradicted(layout, roles, people)])
        spoken = {mention.start: name for mention, name in spokes if name}
        surnames = _collect_surnames(layout, [m for m in kept if m in named_people], spoken)
        taken = frozenset(i for mention in kept for i in range(mention.start, mention.end))
        return keep_longest([*kept, *find_short_forms(layout, surnames, taken | known)])

    def _find_people(self, layout: Layout, hits: list[NameHit], known: frozenset[int]) -> list[ActorMention]:
        titular = frozenset(
            i for hit in hits if hit.actor.kind is not ActorKind.PERSON for i in range(hit.start, hit.end)
        )
        by_end = {hit.end: hit for hit in hits}
        found = []
        for hit in hits:
            is_person = hit.actor.kind is ActorKind.PERSON and hit.kind is NameKind.ALIAS
            if not is_person and hit.kind is not NameKind.SPOKESPERSON:
                continue
            if hit.end - hit.start == 1 and is_namesake(layout, hit.start, hit.end, known):
                continue
            floor = layout.sentences[layout.sentence_of[hit.start]][0]
            before = by_end.get(hit.start)
            own = range(before.start, before.end) if before and before.actor is hit.actor else ()
            start = extend_over_titles(layout, hit.start, floor, titular.union(own) if own else titular)
            via = Via.SPOKESPERSON if hit.kind is NameKind.SPOKESPERSON else Via.ALIAS
            found.append(ActorMention(start=start, end=hit.end, actor_id=write_id(hit.actor), via=via))
        return found

    def _find_bodies(self, layout: Layout, hits: list[NameHit]) -> list[ActorMention]:
        found = []
        for hit in hits:
            via = self._judge_body(layout, hit)
            if via:
                found.append(ActorMention(start=hit.start, end=hit.end, actor_id=write_id(hit.actor), via=via))
            elif hit.actor.kind is ActorKind.PERSON and hit.kind is NameKind.ALIAS:
                found.extend(self._find_delegate(layout, hit))
        return found

    def _judge_body(self, layout: Layout, hit: NameHit) -> Via | None:
        """How a name that is no person's means its actor here, or None."""
        if hit.kind is NameKind.METONYM:
            return Via.METONYM if is_acting(layout, hit, self._cues) else None
        if hit.kind is NameKind.COUNTRY:
            is_free = not is_compound(layout, hit) and not is_place(layout, hit, self._cues)
            return Via.ALIAS if is_free else None
        if hit.kind is NameKind.OFFICE:
            return Via.OFFICE
        is_body = hit.kind is NameKind.ALIAS and hit.actor.kind is not ActorKind.PERSON
        return Via.ALIAS if is_body and not is_compound(layout, hit) else None

    def _find_delegate(self, layout: Layout, hit: NameHit) -> list[ActorMention]:
        """As in "Netanyahu's office", "the Biden administration": the body that the person leads."""
        at = hit.end + (hit.end < len(layout.lowers) and is_possessive(layout, hit.end))
        body = self._roster.find_body(hit.actor)
        if body is None or layout.lowers[at : at + 1] == [] or layout.lowers[at] not in _BODY_NOUNS:
            return []
        actor = self._roster.get(body)
        via = Via.SPOKESPERSON if layout.lowers[at] in SPOKES_NOUNS else Via.OFFICE
        return [ActorMention(start=hit.start, end=at + 1, actor_id=write_id(actor), via=via)] if actor else []


def keep_longest(mentions: Iterable[ActorMention]) -> tuple[ActorMention, ...]:
    """Return the mentions in text order: of overlapping ones the longest, then the surest way of resolving it.

    Mentions of the same tokens by the same way are kept together (officials of two bodies).
    """
    order = {via: number for number, via in enumerate(_RANK)}
    ranked = sorted(mentions, key=lambda m: (m.start - m.end, order.get(m.via, len(order)), m.start))
    owner: dict[int, tuple[int, int, Via]] = {}
    kept = []
    for mention in ranked:
        tokens = range(mention.start, mention.end)
        key = (mention.start, mention.end, mention.via)
        if all(owner.get(token, key) == key for token in tokens):
            owner.update(dict.fromkeys(tokens, key))
            kept.append(mention)
    return tuple(sorted(dict.fromkeys(kept), key=lambda m: (m.start, m.end)))


def _drop_contradicted(layout: Layout, roles: list[ActorMention], people: list[ActorMention]) -> list[ActorMention]:
    """A role beside a name, with at most a comma between, is that person's, whatever the calendar says."""
    starts = {person.start: person for person in people}
    ends = {person.end: person for person in people}
    kept = []
    for role in roles:
        after = starts.get(role.end) or (
            starts.get(role.end + 1) if layout.texts[role.end : role.end + 1] == [","] else None
        )
        at = role.start - (role.start > 0 and layout.lowers[role.start - 1] in ("the", "a"))
        before = ends.get(at - 1) if at and layout.texts[at - 1] == "," else None
        if all(person is None or person.actor_id == role.actor_id for person in (after, before)):
            kept.append(role)
    return kept


def _narrow(layout: Layout, candidate: ActorMention) -> ActorMention:
    """Keep of a run of capitalised words what a trained model, where there is one, calls the person's name."""
    doc, start, end = layout.doc, candidate.end - 1, candidate.end  # doc.ents is made anew each time it is asked for
    while start > candidate.start and doc[start].ent_iob_ == "I":
        start -= 1
    is_whole = doc[start].ent_iob_ == "B" and (end == len(doc) or doc[end].ent_iob_ != "I")
    if is_whole and doc[start].ent_type_ in PERSON_LABELS and end - start > 1:
        return replace(candidate, start=start, actor_id=candidate_id(layout.text(start, end)))
    return candidate


def _adopt_spokespersons(
    layout: Layout, candidates: list[ActorMention], voices: list[ActorMention]
) -> list[ActorMention]:
    """As in "Name, a spokesperson for the ministry", "its spokesman, Name": the name is the body's voice from here on."""
    described = {mention.start: mention.actor_id for mention in voices}
    described_before = {mention.end: mention.actor_id for mention in voices}
    adopted = []
    for candidate in candidates:
        is_followed = layout.texts[candidate.end : candidate.end + 1] == [","]
        body = described.get(candidate.end + 1) if is_followed else None
        if body is None and candidate.start and layout.texts[candidate.start - 1] == ",":
            body = described_before.get(candidate.start - 1)
        adopted.append(replace(candidate, actor_id=body, via=Via.SPOKESPERSON) if body else candidate)
    return adopted


def _collect_surnames(
    layout: Layout, mentions: Iterable[ActorMention], spoken: Mapping[int, Interval]
) -> dict[str, dict[str, int]]:
    """Return who bears each surname that the text gives in full, and where first. ``mentions`` are of people."""
    surnames: dict[str, dict[str, int]] = {}
    for mention in mentions:
        surname = find_surname(layout, spoken.get(mention.start, (mention.start, mention.end)))
        if surname:
            surnames.setdefault(surname, {}).setdefault(mention.actor_id, mention.start)
    return surnames


def _day_of(published_at: datetime | None) -> date | None:
    return published_at.date() if published_at else None
