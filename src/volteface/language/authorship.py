"""Whose a government's own document is: its author's, its signers', or the outlet's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from volteface.config.actors import ActorKind
from volteface.language.annotations import ActorMention
from volteface.language.layout import Layout
from volteface.language.roster import Roster
from volteface.language.transcripts import Context

_AUTHORED = re.compile(
    r"^(?:statement|remarks|message|letter|speech|op-ed|address)\b.*?\b(?:from|by|of)\b", re.IGNORECASE
)
_TOPIC = re.compile(r"\b(?:on|at|after|before|in|with|marking|regarding|to|condemning|following)\b", re.IGNORECASE)
_JOINT_TITLE = re.compile(r"\bjoint (?:leaders.? )?statement\b", re.IGNORECASE)
_OPENING = 3  # sentences in which those who make a joint statement are named
_BODIES = frozenset((ActorKind.GOVERNMENT, ActorKind.IGO))


def find_authors(layout: Layout, mentions: Sequence[ActorMention], roster: Roster, context: Context) -> tuple[str, ...]:
    """Return whose the first person of a text is: the one person its title gives it to, else the outlet's own actor.

    A joint statement is its signers', as its opening names them; nobody's where they are not configured. Nobody's where
    the outlet is no actor.
    """
    if context.outlet_actor_id is None:
        return ()
    if _JOINT_TITLE.search(context.title):
        return _find_signers(layout, mentions, roster, context.title)
    return (_find_author(layout, roster, context, context.outlet_actor_id),)


def _find_signers(layout: Layout, mentions: Sequence[ActorMention], roster: Roster, title: str) -> tuple[str, ...]:
    """Return the people whom a joint statement opens with, or else the bodies that its title names too."""
    end = layout.sentences[min(len(layout.sentences), _OPENING) - 1][1] if layout.sentences else 0
    opening = [(one, roster.get(one.actor_id)) for one in mentions if one.end <= end]
    people = [one.actor_id for one, actor in opening if actor and actor.kind is ActorKind.PERSON]
    bodies = [
        one.actor_id
        for one, actor in opening
        if actor and actor.kind in _BODIES and layout.text(one.start, one.end) in title
    ]
    signers = people if len(set(people)) > 1 else bodies
    return tuple(dict.fromkeys(signers))


def _find_author(layout: Layout, roster: Roster, context: Context, outlet: str) -> str:
    heading = context.title or (layout.text(*layout.sentences[0]) if layout.sentences else "")
    match = _AUTHORED.search(heading)
    phrase = _TOPIC.split(heading[match.end() :], maxsplit=1)[0] if match else ""
    named = roster.find_named(phrase) or {
        bearer for word in phrase.split() for bearer in roster.find_bearers(word.casefold()) if word[:1].isupper()
    }
    if len(named) > 1:  # "Remarks by President Example and a guest": the host speaks where nobody else is announced
        named = {one for one in named if (actor := roster.get(one)) and actor.parent == outlet}
    return named.pop() if len(named) == 1 else outlet


def is_signed(context: Context) -> bool:
    """Tell whether the title gives a whole text to its author: "Statement from Example"."""
    return _AUTHORED.search(context.title) is not None
