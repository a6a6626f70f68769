"""Outlets that are an actor's own voice: a ministry's site, the White House. For texts that no feed brought."""

from __future__ import annotations

from collections.abc import Mapping

from volteface.config.load import Config


def list_voices(config: Config) -> dict[str, str]:
    """Return actor ids by outlet, in lower case: by the offices and names of actors.yml, then by feeds.yml."""
    voices = {office.lower(): actor.id for actor in config.actors for office in (*actor.offices, actor.name)}
    return voices | {feed.outlet.lower(): feed.actor for feed in config.feeds if feed.actor}


def find_voice(voices: Mapping[str, str], outlet: str) -> str | None:
    """Return whose voice an outlet is, with or without "the" before its name; None for any other."""
    return voices.get(outlet.lower().removeprefix("the "))
