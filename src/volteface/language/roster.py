"""What the configuration knows of actors beyond their names: offices by date, bodies, gender, and the id to write."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from volteface.config.actors import Actor, ActorKind

UNLISTED = "other:"
LEADING_TITLES = ("prime minister", "president", "chancellor", "king", "emir", "sultan", "supreme leader", "premier")
_SYNONYMS = {
    "premier": "prime minister",
    "pm": "prime minister",
    "defence minister": "defense minister",
    "minister of defence": "defense minister",
    "minister of defense": "defense minister",
    "minister of foreign affairs": "foreign minister",
    "foreign affairs minister": "foreign minister",
    "secretary general": "secretary-general",
    "national security advisor": "national security adviser",
    "defence secretary": "defense secretary",
    "secretary of defense": "defense secretary",
    "secretary of defence": "defense secretary",
    "opposition chief": "opposition leader",
    "leader of the opposition": "opposition leader",
}


class Roster:
    """Looks actors up by role and date. A role without dates is held whenever it is asked for."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = {actor.id: actor for actor in actors}
        self._holders: dict[tuple[str, str], list[tuple[Actor, int]]] = {}
        for actor in self._actors.values():
            for number, role in enumerate(actor.roles):
                key = (norm_title(role.title), role.of)
                self._holders.setdefault(key, []).append((actor, number))
        self.titles = frozenset(title for title, _ in self._holders) | {"leader"} | frozenset(_SYNONYMS)

    def get(self, actor_id: str) -> Actor | None:
        """Return a configured actor by the id that the file or a statement gives it, or None."""
        return self._actors.get(actor_id.removeprefix(UNLISTED))

    def list_holders(self, title: str, body: str, day: date | None) -> list[Actor]:
        """Return who held a title in a body on a day; nobody where the day is unknown.

        ``leader``, where nobody is called so, means whoever holds one of the leading offices.
        """
        norm = norm_title(title)
        found = self._list_holders(norm, body, day)
        if norm == "leader" and not found:
            found = [actor for each in LEADING_TITLES for actor in self._list_holders(each, body, day)]
        return list({actor.id: actor for actor in found}.values())

    def _list_holders(self, norm: str, body: str, day: date | None) -> list[Actor]:
        known = self._holders.get((norm, body), [])
        if day is None:
            return []
        found = {actor.id: actor for actor, number in known if actor.roles[number].holds_on(day)}
        return list(found.values())

    def list_titles(self, actor: Actor, day: date | None) -> frozenset[str]:
        """Return the titles that an actor holds on a day (all of them where the day is unknown)."""
        return frozenset(norm_title(role.title) for role in actor.roles if day is None or role.holds_on(day))

    def find_body(self, actor: Actor) -> str | None:
        """Return the body that a person belongs to, or the actor itself if it is none; None for a private person."""
        return actor.parent if actor.kind is ActorKind.PERSON else actor.id

    def find_named(self, text: str) -> set[str]:
        """Return the people whose full name or surname a short text holds as whole words."""
        padded = " " + re.sub(r"[^\w.-]+", " ", text) + " "
        return {
            write_id(actor)
            for actor in self._actors.values()
            if actor.kind is ActorKind.PERSON and any(f" {alias} " in padded for alias in actor.aliases)
        }

    def find_bearers(self, surname: str) -> set[str]:
        """Return whom a surname (lower case) can mean: people, and bodies by the names of their spokespersons."""
        found = set()
        for actor in self._actors.values():
            names = (*actor.aliases, *actor.spokespersons) if actor.kind is ActorKind.PERSON else actor.spokespersons
            if any(f" {name.casefold()}".endswith(f" {surname}") for name in names):
                found.add(write_id(actor))
        return found

    def find_gender(self, actor_id: str) -> str | None:
        """Return the pronoun of a person, or None where it is not known."""
        actor = self.get(actor_id)
        return actor.gender if actor else None


def norm_title(title: str) -> str:
    """Return the usual form of a title: lower case, one word for synonyms, no article."""
    norm = title.lower().removeprefix("the ").strip()
    return _SYNONYMS.get(norm, norm)


def write_id(actor: Actor) -> str:
    """Return the id to write for an actor: its own, or ``other:<id>`` where it is not among the listed ones."""
    return actor.id if getattr(actor, "listed", True) else f"{UNLISTED}{actor.id}"


def candidate_id(name: str) -> str:
    """Return the id of somebody who is not configured: ``other:omar-baddar``."""
    return "other:" + re.sub(r"[^\w]+", "-", name.lower().replace("’", "'")).strip("-")
