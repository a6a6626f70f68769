"""A people by its name where its government is meant: "the Israelis have agreed", "according to the Egyptians".

Only with the article, and only where they speak or act; "Israelis took to the streets" is no government. The
Palestinians are left out: who acts for them is disputed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from volteface.config.actors import Actor, ActorKind
from volteface.language.annotations import ActorMention, Via
from volteface.language.cues import CueTable
from volteface.language.layout import Layout
from volteface.language.names import NameHit, NameKind
from volteface.language.places import is_acting
from volteface.language.roster import write_id

_COUNTABLE_ENDS = ("i", "an")  # "Israeli", "Egyptian"; "British" and "French" have no plural
_DISPUTED = frozenset(("Palestinian",))


class NationalFinder:
    """Finds the peoples that stand for their governments in one text after the other."""

    def __init__(self, actors: Iterable[Actor], cues: CueTable) -> None:
        self._cues = cues
        self._by_plural = {
            f"{demonym}s": actor
            for actor in actors
            if actor.kind is ActorKind.GOVERNMENT
            for demonym in actor.demonyms
            if demonym.endswith(_COUNTABLE_ENDS) and demonym not in _DISPUTED and demonym.isalpha()
        }

    def find(self, layout: Layout) -> Iterator[ActorMention]:
        """Yield one mention for each "the Israelis" that speak or act."""
        for index, text in enumerate(layout.texts):
            actor = self._by_plural.get(text)
            if actor is None or index == 0 or layout.lowers[index - 1] != "the":
                continue
            if is_acting(layout, NameHit(index - 1, index + 1, actor, NameKind.METONYM), self._cues):
                yield ActorMention(start=index - 1, end=index + 1, actor_id=write_id(actor), via=Via.METONYM)
