"""Whose voice is whose: a body, the head that speaks for it, and its unnamed officials are one side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from volteface.config.actors import Actor, Role
from volteface.config.issues import Issue
from volteface.positions.days import ANONYMOUS_PREFIX

# Titles whose holders decide for the body that they head. A minister who differs from his government is not it.
_HEADS = frozenset(
    {
        "leader", "supreme leader", "king", "queen", "emir", "amir", "sultan", "monarch", "pope", "secretary-general",
        "secretary general", "director-general", "commissioner-general", "prime minister", "chancellor", "premier",
        "taoiseach", "first minister",
    }
)  # fmt: skip
_HEADS_OF_GOVERNMENT = frozenset({"prime minister", "chancellor", "premier", "taoiseach"})
# A president heads the body, unless somebody else heads its government: Israel's and Germany's presidents do not.
_PRESIDENT = "president"


class Sides:
    """Maps actors to the side that they speak for on an issue on a day.

    A head of a body (by its dated roles) and a person that decides an issue's planned event together with its own
    body are on that body's side; so are the body's unnamed officials. Everybody else is a side of its own.
    """

    def __init__(self, actors: Sequence[Actor], issues: Sequence[Issue]) -> None:
        self._actors = {actor.id: actor for actor in actors}
        self._deciders = {issue.id: frozenset(issue.event.decided_by) for issue in issues if issue.event}
        self._governed = {
            role.of for actor in actors for role in actor.roles if role.title.casefold() in _HEADS_OF_GOVERNMENT
        }
        self._events = {issue.event.id: issue for issue in issues if issue.event}
        self._heads = {actor.id: tuple(filter(self._is_head, actor.roles)) for actor in actors}
        self._joined = _join([(actor.id, body) for actor in actors for body in self._list_bodies(actor)])
        self._groups: dict[str, str] = {}  # those that were asked for: a year of statements asks ten million times

    def get_side(self, actor_id: str, issue_id: str | None, day: date) -> str:
        """Return the id of the side; an actor that is not configured is its own."""
        if actor_id not in self._actors and not actor_id.startswith((ANONYMOUS_PREFIX, "other:")):
            return actor_id
        if actor_id.startswith(ANONYMOUS_PREFIX):
            return actor_id.removeprefix(ANONYMOUS_PREFIX)
        actor = self._actors.get(actor_id.removeprefix("other:"))
        if actor is None:
            return actor_id
        for role in self._heads[actor.id]:
            if role.holds_on(day):
                return role.of
        deciders = self._deciders.get(issue_id or "", frozenset())
        if actor.parent and {actor.id, actor.parent} <= deciders:
            return actor.parent
        return actor_id

    def get_group(self, actor_id: str) -> str:
        """Return the id of everybody who may ever be on one side with an actor: its name is the first of them.

        What happens in one group on one issue does not depend on any other, but for who reports whom.
        """
        group_id = self._groups.get(actor_id)
        if group_id is None:
            plain = actor_id.removeprefix(ANONYMOUS_PREFIX).removeprefix("other:")
            group_id = self._groups[actor_id] = self._joined.get(plain, plain)
        return group_id

    def get_event_issue(self, event_id: str) -> Issue | None:
        """Return the issue that turns on a planned event, or None where the event is not configured."""
        return self._events.get(event_id)

    def get_deciders(self, event_id: str, day: date) -> frozenset[str]:
        """Return the sides whose decision an event is; empty where it is not configured."""
        issue = self._events.get(event_id)
        if issue is None or issue.event is None:
            return frozenset()
        return frozenset(self.get_side(actor_id, issue.id, day) for actor_id in issue.event.decided_by)

    def _list_bodies(self, actor: Actor) -> set[str]:
        """Return the bodies whose side an actor is on some day, on some issue."""
        bodies = {role.of for role in self._heads[actor.id]}
        if actor.parent and any({actor.id, actor.parent} <= deciders for deciders in self._deciders.values()):
            bodies.add(actor.parent)
        return bodies

    def _is_head(self, role: Role) -> bool:
        title = role.title.casefold()
        return title in _HEADS or (title == _PRESIDENT and role.of not in self._governed)


def _join(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return, for everybody in pairs, the first of all that pairs connect it with."""
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = found.get(one, {one}) | found.get(other, {other})
        found |= dict.fromkeys(joined, joined)
    return {name: min(joined) for name, joined in found.items()}
