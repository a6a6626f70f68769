"""Offices that stand for the people who hold them: "the Israeli prime minister", "the US president".

The day decides. Without a date, or where nobody or several people fit, there is no mention.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from volteface.config.actors import ActorKind
from volteface.language.annotations import ActorMention, Via
from volteface.language.grammar import is_possessive
from volteface.language.layout import Layout
from volteface.language.lexicon import words
from volteface.language.names import NameHit, NameKind
from volteface.language.roster import Roster, norm_title, write_id

_OTHERS = words("former ex then late future next deputy vice acting assistant would-be onetime predecessor")
_GOVERNING = frozenset(
    ("prime minister", "president", "foreign minister", "defense minister", "finance minister", "interior minister")
)
_BODY_KINDS = frozenset((NameKind.DEMONYM, NameKind.COUNTRY, NameKind.ALIAS, NameKind.OFFICE))


class RoleTable:
    """All titles that anybody in the roster holds, by first word."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for title in roster.titles:
            parts = tuple(title.replace("-", " - ").split())
            self._by_first.setdefault(parts[0], []).append(parts)
        for entries in self._by_first.values():
            entries.sort(key=len, reverse=True)

    def find(
        self,
        layout: Layout,
        hits: Mapping[int, NameHit],
        people: Sequence[ActorMention],
        named: frozenset[int],
        day: date | None,
        *,
        home: str | None = None,
    ) -> Iterator[ActorMention]:
        """Yield mentions by role. ``people``: the named ones of this text; ``named``: tokens of their mentions.

        ``home``: whose own document it is; there "the President" is its own.
        """
        for index in range(len(layout.lowers)):
            end = self._match(layout, index)
            if end is None or index in named or end in named or self._is_other(layout, index):
                continue
            title = layout.text(index, end)
            start, body, body_end = _find_body(layout, index, end, hits)
            if body is None:
                actor_id = self._recall(layout, (index, title), people, day, home=home)
                actor_id = actor_id or self._recall_by_country(layout, (index, title), people, day, hits)
            else:
                actor_id = self._look_up(title, body, people, day)
            if actor_id:
                via = Via.DESCRIPTION if norm_title(title) == "leader" else Via.ROLE
                yield ActorMention(start=start, end=body_end, actor_id=actor_id, via=via)

    def _match(self, layout: Layout, index: int) -> int | None:
        for title in self._by_first.get(layout.lowers[index], ()):
            if tuple(layout.lowers[index : index + len(title)]) == title:
                return index + len(title)
        return None

    def _is_other(self, layout: Layout, index: int) -> bool:
        before = layout.lowers[max(0, index - 2) : index]
        return any(word in _OTHERS for word in before)

    def _look_up(self, title: str, body: str, people: Sequence[ActorMention], day: date | None) -> str | None:
        ids = {write_id(actor) for actor in self._roster.list_holders(title, body, day)}
        if len(ids) > 1:
            ids &= {person.actor_id for person in people}
        return ids.pop() if len(ids) == 1 else None

    def _recall(
        self,
        layout: Layout,
        place: tuple[int, str],
        people: Sequence[ActorMention],
        day: date | None,
        *,
        home: str | None,
    ) -> str | None:
        """As in "the prime minister", after the only person of this text who holds that title was named.

        ``place`` is where the title stands, and its words.
        """
        index, title = place
        if index == 0 or layout.lowers[index - 1] != "the" or norm_title(title) == "leader":
            return None
        norm = norm_title(title)
        if home is not None and (own := self._look_up(title, home, people, day)):
            return own
        earlier, ever = set(), set()
        for person in people:
            actor = self._roster.get(person.actor_id)
            if actor and norm in self._roster.list_titles(actor, day):
                ever.add(person.actor_id)
                if person.end <= index:
                    earlier.add(person.actor_id)
        return earlier.pop() if len(earlier) == 1 == len(ever) else None

    def _recall_by_country(
        self,
        layout: Layout,
        place: tuple[int, str],
        people: Sequence[ActorMention],
        day: date | None,
        hits: Mapping[int, NameHit],
    ) -> str | None:
        """As in "Qatar condemned it. The foreign minister said": the one government of this and the last paragraph.

        Nobody where anybody named in the text holds such an office in any country, and no president where a prime
        minister governs.
        """
        index, title = place
        norm = norm_title(title)
        if index == 0 or layout.lowers[index - 1] != "the" or norm not in _GOVERNING:
            return None
        actors = (self._roster.get(person.actor_id) for person in people)
        if any(norm in self._roster.list_titles(actor, None) for actor in actors if actor):
            return None
        floor = layout.paragraphs[max(0, layout.paragraph_of[index] - 1)][0]
        near = {hits[at].actor.id for at in range(floor, index) if at in hits and _is_government(hits[at])}
        body = near.pop() if len(near) == 1 else None
        if body is None or (norm == "president" and self._roster.list_holders("prime minister", body, day)):
            return None
        return self._look_up(title, body, people, day)


def _is_whole_name(layout: Layout, hit: NameHit) -> bool:
    """Tell whether a body's name stands alone: "president of Palestine", not "president of Palestine Example Fund"."""
    is_longer = (
        hit.kind is NameKind.DEMONYM and layout.texts[hit.end : hit.end + 1] and layout.texts[hit.end][:1].isupper()
    )
    return hit.kind in _BODY_KINDS and not is_longer


def _is_government(hit: NameHit) -> bool:
    return hit.actor.kind is ActorKind.GOVERNMENT and hit.kind in (*_BODY_KINDS, NameKind.METONYM)


def _find_body(layout: Layout, start: int, end: int, hits: Mapping[int, NameHit]) -> tuple[int, str | None, int]:
    """Return where the phrase begins, the body it names (before the title, or after it with "of"), and where it ends."""
    before = start - 1
    if before >= 0 and is_possessive(layout, before):
        before -= 1
    hit = hits.get(before)
    if hit and hit.kind in _BODY_KINDS and hit.actor.kind is not ActorKind.PERSON:
        return hit.start, hit.actor.id, end
    at = end + 1
    if layout.lowers[end : end + 1] == ["of"]:
        at += layout.lowers[at : at + 1] == ["the"]
        hit = hits.get(at)
        if hit and _is_whole_name(layout, hit) and hit.actor.kind is not ActorKind.PERSON:
            return start, hit.actor.id, hit.end
        return start, "", end  # of something that is not configured: nobody
    return start, None, end
