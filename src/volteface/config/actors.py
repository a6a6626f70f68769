"""config/actors.yml: who can hold a position, and by which words the text names them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field, field_validator, model_validator

from volteface.config.model import ConfigModel, Id, Text


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    GOVERNMENT = "government"
    ORGANIZATION = "organization"
    ARMED_GROUP = "armed_group"
    IGO = "igo"
    PARTY = "party"
    COLLECTIVE = "collective"


class Role(ConfigModel):
    """An office that a person holds in a body, with its dates. ``to`` is None while it lasts (as far as we know)."""

    title: Text
    of: Id
    since: date | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _check_order(self) -> Role:
        if self.since and self.until and self.since > self.until:
            message = f"role {self.title!r} ends ({self.until}) before it begins ({self.since})"
            raise ValueError(message)
        return self

    def holds_on(self, day: date) -> bool:
        """Tell whether the role is held on a day; an open end is held for ever."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Actor(ConfigModel):
    """One actor and the words for it.

    ``aliases`` name it anywhere. ``offices`` speak for it ("the White House"). ``metonyms`` mean it only where they
    speak or act ("Washington said"). ``spokespersons`` are people whose words are the body's. ``demonyms`` ("Israeli")
    turn "Israeli officials" into its unnamed officials. Matching is by case for everything here; a straight apostrophe
    stands for a curly one too.
    """

    id: Id
    name: Text
    kind: ActorKind
    wikidata: str | None = Field(default=None, pattern=r"^Q[1-9][0-9]*$")
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")
    parent: Id | None = Field(default=None, description="the body that this actor belongs to")
    aliases: tuple[Text, ...] = ()
    offices: tuple[Text, ...] = ()
    metonyms: tuple[Text, ...] = ()
    spokespersons: tuple[Text, ...] = ()
    demonyms: tuple[Text, ...] = ()
    not_names: tuple[Text, ...] = Field(
        default=(), description="words that hold one of its names and mean something else: Times of Israel"
    )
    roles: tuple[Role, ...] = ()
    gender: str | None = Field(default=None, pattern=r"^(he|she|they)$", description="the pronoun used in the press")
    listed: bool = Field(
        default=True,
        description="false: the actor is outside the codebook; its statements carry the id other:<id>",
    )


class Actors(ConfigModel):
    """The whole of actors.yml.

    ``government_offices`` are the names that every government's offices go by, with ``{country}`` (the actor's name)
    and ``{demonym}`` (each of its demonyms) to be filled in: see ``expand_offices``.
    """

    actors: tuple[Actor, ...]
    government_offices: tuple[Text, ...] = ()

    @field_validator("government_offices")
    @classmethod
    def _check_patterns(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            rest = pattern.replace("{country}", "").replace("{demonym}", "")
            if rest == pattern or "{" in rest or "}" in rest:
                message = f"{pattern!r} must hold {{country}} or {{demonym}}, and no other braces"
                raise ValueError(message)
        return patterns


def expand_offices(actors: Actors) -> tuple[Actor, ...]:
    """Return the actors with ``government_offices`` filled in for each government, after the offices of its own.

    A name that the actor already goes by is left out, so that each of its names stands once.
    """
    return tuple(
        _with_offices(actor, actors.government_offices) if actor.kind is ActorKind.GOVERNMENT else actor
        for actor in actors.actors
    )


def _with_offices(actor: Actor, patterns: tuple[str, ...]) -> Actor:
    """Fill in one government's patterns: once for each demonym where a pattern names it."""
    filled = [
        pattern.format(country=actor.name, demonym=demonym)
        for pattern in patterns
        for demonym in (actor.demonyms if "{demonym}" in pattern else ("",))
    ]
    known = {*actor.aliases, *actor.metonyms}
    offices = tuple(dict.fromkeys(name for name in (*actor.offices, *filled) if name not in known))
    return actor.model_copy(update={"offices": offices})
