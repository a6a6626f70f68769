"""Who speaks for whom: a minister for the government, a spokesperson's office for its body. From actors.yml alone."""

from __future__ import annotations

from collections.abc import Iterable

from volteface.config.actors import Actor, ActorKind
from volteface.language.roster import write_id

ANONYMOUS = "anonymous:"
OTHER = "other:"
UNKNOWN = "anonymous:unknown"  # somebody of nobody knows which body


class Kinship:
    """Answers whether two actors are one voice. Roles are taken whatever their dates: too near, never too far."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        known = tuple(actors)
        ids = {actor.id: write_id(actor) for actor in known}
        self._bodies: dict[str, frozenset[str]] = {
            write_id(actor): frozenset(ids.get(body, body) for body in _list_bodies(actor)) for actor in known
        }
        self._genders = {write_id(actor): actor.gender for actor in known}
        self._persons = frozenset(write_id(actor) for actor in known if actor.kind is ActorKind.PERSON)
        self._peoples = {
            demonym.lower(): write_id(actor)
            for actor in known
            if actor.kind is ActorKind.GOVERNMENT
            for demonym in (*actor.demonyms, *actor.aliases)
        }

    def find_government(self, word: str) -> str | None:
        """Return whose government a word in lower case names: "russian" or "us", as in "Russian-drafted"."""
        return self._peoples.get(word)

    def is_person(self, actor_id: str) -> bool:
        """Tell whether the actor is one configured person. Ids here are those that statements carry."""
        return actor_id in self._persons

    def may_be(self, actor_id: str, pronoun: str) -> bool:
        """Tell whether "he" or "she" can mean the actor: a person, and not known as the other."""
        is_unlisted = actor_id.startswith(OTHER)
        return is_unlisted or (self.is_person(actor_id) and self._genders.get(actor_id) in {pronoun, None})

    def find_body(self, actor_id: str) -> str | None:
        """Return the body whose office a person leads or serves in: whose "the prime minister's office" is."""
        bodies = self._bodies.get(actor_id)
        return min(bodies) if bodies and len(bodies) == 1 else None

    def is_same_voice(self, one: str, other: str) -> bool:
        """Tell whether a word of ``one`` on what ``other`` wants is a word of its own side."""
        first, second = body_of(one), body_of(other)
        return first == second or second in self._reach(first) or first in self._reach(second)

    def speaks_for(self, speaker: str, subject: str) -> bool:
        """Tell whether a speaker's word on a subject is his own side's. An unnamed one never speaks for a named person."""
        if is_anonymous(speaker) and self.is_person(subject):
            return False
        return self.is_same_voice(speaker, subject)

    def _reach(self, actor_id: str) -> frozenset[str]:
        """Return the bodies that an actor belongs to, at any remove."""
        reached: set[str] = set()
        waiting = [actor_id]
        while waiting:
            for body in self._bodies.get(waiting.pop(), frozenset()):
                if body not in reached:
                    reached.add(body)
                    waiting.append(body)
        return frozenset(reached)


def body_of(actor_id: str) -> str:
    """Return the body that an unnamed official is of, or the actor itself."""
    return actor_id.removeprefix(ANONYMOUS)


def is_anonymous(actor_id: str) -> bool:
    """Tell whether the actor is somebody unnamed."""
    return actor_id.startswith(ANONYMOUS)


def _list_bodies(actor: Actor) -> list[str]:
    return ([actor.parent] if actor.parent else []) + [role.of for role in actor.roles]
