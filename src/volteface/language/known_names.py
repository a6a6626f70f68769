"""Which names actors.yml already has, so that nobody configured is ever listed as unknown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from volteface.config.actors import Actor, ActorKind

Name = tuple[str, ...]
_ARTICLES = frozenset(("the", "al", "el"))


class KnownNames:
    """The names of all actors, folded. A surname that one configured person bears alone is that person's."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        known = tuple(actors)
        self._ids = frozenset(actor.id for actor in known)
        self._names = frozenset(fold_name(name) for actor in known for name in _list_names(actor))
        people = [fold_name(name) for actor in known for name in _list_people(actor)]
        self._ends = frozenset((name[0], name[-1]) for name in people if len(name) > 1)
        self._surnames = frozenset(name[-1:] for name in people)

    def holds(self, name: str, candidate_id: str = "") -> bool:
        """Tell whether a name, or the id that was made of it, belongs to a configured actor."""
        words = fold_name(name)
        is_person = words in self._surnames or (len(words) > 1 and (words[0], words[-1]) in self._ends)
        return candidate_id.removeprefix("other:") in self._ids or words in self._names or is_person


def fold_name(name: str) -> Name:
    """Return the words of a name in lower case, without accents, articles and initials: ("omar", "baddar")."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    found = [word for word in re.split(r"[\W_]+", re.sub(r"['’]s?\b", "", plain)) if word]
    kept = tuple(word for word in found if len(word) > 1 and word not in _ARTICLES)
    return kept or tuple(found)


def _list_names(actor: Actor) -> Iterator[str]:
    yield from (actor.name, *actor.aliases, *actor.offices, *actor.metonyms, *actor.spokespersons)
    yield from (*actor.demonyms, *actor.not_names)


def _list_people(actor: Actor) -> Iterator[str]:
    """Yield the names that are people's: a person's own, and those of a body's spokespersons."""
    if actor.kind is ActorKind.PERSON:
        yield from (actor.name, *actor.aliases)
    yield from actor.spokespersons
