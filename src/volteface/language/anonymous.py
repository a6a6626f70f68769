"""People without a name who speak for a body: "a senior Israeli official", "a spokesman for the army".

An official is anonymous; a spokesperson is the body's own voice. Former officials are neither, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from volteface.config.actors import ActorKind
from volteface.language.annotations import ActorMention, Interval, Via
from volteface.language.grammar import is_possessive
from volteface.language.layout import Layout
from volteface.language.lexicon import ANONYMOUS_NOUNS, DETERMINERS, SPOKES_NOUNS, TITLES, words
from volteface.language.names import NameHit, NameKind
from volteface.language.people import find_full_name
from volteface.language.roster import Roster, write_id

_QUALIFIERS = words(
    "senior top high ranking high-ranking level unnamed unidentified anonymous other several some many government"
    " defence defense security military army intelligence foreign diplomatic political health ministry administration"
    " state local regional western european arab egyptian qatari american british medical hospital aid border palestinian"
    " justice interior finance press media chief deputy current serving official second third separate same official"
    " congressional parliamentary party resistance movement two three four five key well placed informed knowledgeable"
    " law enforcement border humanitarian presidential cabinet war republican democratic elected city"
)
_FORMER = words("former ex retired then late")
_UNKNOWN_NOUNS = words("official officials source sources diplomat diplomats")
_PEOPLE = words(
    "person people someone somebody individual individuals sources source official officials diplomat diplomats"
)
_KNOWING = words("familiar close briefed")
_OWN_VOICES = words("leaders authorities mediators negotiators")
_OWN_OFFICES = frozenset(
    (
        *((office, "ministers") for office in ("prime", "foreign", "finance", "defense", "defence", "interior")),
        ("top", "diplomats"),
    )
)
_BODY_LINKS = words("for of from at with in")
_MAX_BEFORE = 14


def find_officials(
    layout: Layout, hits: Mapping[int, NameHit], persons: frozenset[int], roster: Roster
) -> Iterator[ActorMention]:
    """Yield unnamed officials; one mention per body where they are of several ("Israeli and U.S. officials").

    ``hits`` by each of their tokens; ``persons``: tokens at which the name of a person begins.
    """
    for index, lower in enumerate(layout.lowers):
        is_noun = lower in ANONYMOUS_NOUNS | _OWN_VOICES or (lower in _PEOPLE and _knows(layout, index))
        if not is_noun or _is_no_secret(layout, index, hits):
            continue
        start, bodies, is_former = _read_before(layout, index, hits, roster)
        if is_former or _is_title(layout, index, start, persons):
            continue
        own = _list_own_voices(layout, (start, index), bodies, hits)
        if own is not None:
            yield from own
            continue
        end = index + 1
        if not bodies and (after := _read_after(layout, end, hits)):
            end, body = after
            bodies = [body]
        if not bodies and not _is_unknown_source(layout, index, start):
            continue
        for body in bodies or ["unknown"]:
            yield ActorMention(start=start, end=end, actor_id=f"anonymous:{body}", via=Via.ANONYMOUS)


def _list_own_voices(
    layout: Layout, noun: Interval, bodies: Sequence[str], hits: Mapping[int, NameHit]
) -> list[ActorMention] | None:
    """Return the bodies for which leaders and ministers speak; None where the noun is of neither. They are no secret."""
    if not bodies and (office := _find_office(layout, noun, hits)):
        return [office]
    start, index = noun
    if layout.lowers[index] not in _OWN_VOICES:
        return None
    return [ActorMention(start=start, end=index + 1, actor_id=body, via=Via.DESCRIPTION) for body in bodies]


def _find_office(layout: Layout, noun: Interval, hits: Mapping[int, NameHit]) -> ActorMention | None:
    """Return the body for which "the foreign ministers of Qatar" speak: they hold an office, and are no secret."""
    start, index = noun
    after = _read_after(layout, index + 1, hits)
    if after is None or (layout.lowers[index - 1], layout.lowers[index]) not in _OWN_OFFICES:
        return None
    return ActorMention(start=start, end=after[0], actor_id=after[1], via=Via.OFFICE)


def find_spokespersons(
    layout: Layout, hits: Mapping[int, NameHit], roster: Roster
) -> Iterator[tuple[ActorMention, Interval | None]]:
    """Yield spokespersons with the body they speak for, and the name that follows them, if any."""
    for index, lower in enumerate(layout.lowers):
        if lower not in SPOKES_NOUNS:
            continue
        start, bodies, is_former = _read_before(layout, index, hits, roster)
        end = index + 1
        if (after := _read_after(layout, end, hits) or _read_principal(layout, end, hits, roster)) and not bodies:
            end, body = after
            bodies = [body]
        if is_former or len(bodies) != 1:
            continue
        name = _find_name_after(layout, end)
        if name and (voice := next((hits[i] for i in range(*name) if i in hits), None)):
            bodies = [write_id(voice.actor)] if voice.kind is NameKind.SPOKESPERSON else bodies
        if name and any(i in hits and hits[i].actor.kind is ActorKind.PERSON for i in range(*name)):
            continue  # somebody who speaks for more than the body
        mention_end = name[1] if name else end
        yield ActorMention(start=start, end=mention_end, actor_id=bodies[0], via=Via.SPOKESPERSON), name


def _read_before(
    layout: Layout, index: int, hits: Mapping[int, NameHit], roster: Roster
) -> tuple[int, list[str], bool]:
    """Read the words before a noun from right to left: where its phrase begins, the bodies named, whether former."""
    bodies: list[str] = []
    start, at = index, index - 1
    floor = max(layout.sentences[layout.sentence_of[index]][0], index - _MAX_BEFORE)
    while at >= floor:
        hit = hits.get(at)
        if hit:
            body = _body_of(hit, roster)
            if body is None:
                break
            bodies = bodies if body in bodies else [body, *bodies]
            start, at = hit.start, hit.start - 1
        elif _is_qualifier(layout, at):
            start, at = at, at - 1
        elif layout.lowers[at] == "-" or (layout.lowers[at] in ("and", ",") and bodies and at - 1 in hits):
            at -= 1
        else:
            break
    if start - 1 >= floor and (layout.lowers[start - 1] in DETERMINERS or layout.texts[start - 1].isdigit()):
        start -= 1
    return start, bodies, any(lower in _FORMER for lower in layout.lowers[start:index])


def _is_qualifier(layout: Layout, index: int) -> bool:
    lower = layout.lowers[index]
    is_adjective = lower in _QUALIFIERS and lower not in DETERMINERS
    return is_adjective or lower in _FORMER or is_possessive(layout, index)


def _body_of(hit: NameHit, roster: Roster) -> str | None:
    """The body that a name before "official" stands for: of a person, the one that the person leads."""
    if hit.actor.kind is not ActorKind.PERSON:
        return write_id(hit.actor)
    body = roster.find_body(hit.actor)
    return body if hit.kind is NameKind.ALIAS else None


def _read_after(layout: Layout, end: int, hits: Mapping[int, NameHit]) -> tuple[int, str] | None:
    """Read "for the Israeli army" after a noun: where it ends and the body."""
    if end >= len(layout.lowers) or layout.lowers[end] not in _BODY_LINKS:
        return None
    at = end + 1
    while (
        at < len(layout.lowers)
        and (layout.lowers[at] in ("the", "a") or layout.lowers[at] in _QUALIFIERS)
        and at not in hits
    ):
        at += 1
    hit = hits.get(at)
    if hit is None or hit.actor.kind is ActorKind.PERSON:
        return _read_ministry(layout, at, hits)
    if hit.kind is NameKind.COUNTRY and layout.lowers[end] == "in":
        return None
    last = hit.end
    while last < len(layout.lowers) and hit.kind is NameKind.DEMONYM and layout.lowers[last] in _QUALIFIERS:
        last += 1
    return last, write_id(hit.actor)


def _read_principal(layout: Layout, end: int, hits: Mapping[int, NameHit], roster: Roster) -> tuple[int, str] | None:
    """As in "for (Prime Minister) Ann Example" after "a spokesman": the body that the person leads."""
    if layout.lowers[end : end + 1] not in (["for"], ["of"]):
        return None
    at = end + 1
    while at < len(layout.lowers) and layout.lowers[at] in TITLES and at not in hits:
        at += 1
    hit = hits.get(at)
    if hit is None or hit.kind is not NameKind.ALIAS or hit.actor.kind is not ActorKind.PERSON:
        return None
    body = roster.get(roster.find_body(hit.actor) or "")
    return (hit.end, write_id(body)) if body else None


def _read_ministry(layout: Layout, at: int, hits: Mapping[int, NameHit]) -> tuple[int, str] | None:
    """As in "the foreign ministry of Qatar" after "for"."""
    window = layout.lowers[at : at + 4]
    for offset, lower in enumerate(window):
        hit = hits.get(at + offset + 1)
        if lower == "of" and hit and hit.kind is NameKind.COUNTRY:
            return hit.end, write_id(hit.actor)
    return None


def _knows(layout: Layout, index: int) -> bool:
    following = layout.lowers[index + 1 : index + 4]
    return bool(following) and (
        following[0] in _KNOWING or following[:2] == ["with", "knowledge"] or following[:2] == ["who", "spoke"]
    )


def _is_unknown_source(layout: Layout, index: int, start: int) -> bool:
    lower = layout.lowers[index]
    if lower not in _UNKNOWN_NOUNS:
        return _knows(layout, index)
    if lower.startswith("source"):
        return _knows(layout, index) or start < index or layout.lowers[index + 1 : index + 2] in (["said"], ["told"])
    return True


def _is_no_secret(layout: Layout, index: int, hits: Mapping[int, NameHit]) -> bool:
    """As in "the bloc's top diplomat", an office that one person holds, and "Arab foreign ministers", a group's name."""
    if index in hits and hits[index].actor.kind is ActorKind.COLLECTIVE:
        return True
    return layout.lowers[index] == "diplomat" and layout.lowers[max(0, index - 1)] == "top"


def _is_title(layout: Layout, index: int, start: int, persons: frozenset[int]) -> bool:
    """A name follows ("senior Israeli official Ms Example"), or the word is part of a title ("foreign minister")."""
    if index + 1 in persons or _find_name_after(layout, index + 1):
        return True
    lower = layout.lowers[index]
    if lower != "minister":
        return False
    return start == index or layout.lowers[start] not in DETERMINERS or layout.lowers[index - 1] in _PORTFOLIOS


_PORTFOLIOS = words("prime foreign defence defense interior finance security health justice energy deputy")


def _find_name_after(layout: Layout, start: int) -> Interval | None:
    """Return the full name that begins at a token, or None."""
    end = start
    while (
        end < len(layout.texts)
        and (layout.texts[end][:1].isupper() or layout.texts[end] in ("-", "al", "el"))
        and layout.texts[end] != "."
    ):
        end += 1
    name = find_full_name(layout, end, start) if end > start else None
    return name if name and name[0] == start else None
