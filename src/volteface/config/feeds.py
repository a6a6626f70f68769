"""config/feeds.yml: the outlets' feeds, one entry each."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from volteface.config.model import ConfigModel, Id, Text


class SourceType(StrEnum):
    """Who publishes, as far as independence goes."""

    WIRE = "wire"
    INTERNATIONAL = "international"
    NATIONAL = "national"
    LOCAL = "local"
    OFFICIAL = "official"
    AGGREGATOR = "aggregator"


class FeedConfig(ConfigModel):
    """One feed. ``publisher_family`` is what counts as one voice: two feeds of a family are one origin."""

    id: Id
    outlet: Text
    url: Text
    publisher_family: Id
    source_type: SourceType
    language: str = Field(pattern=r"^[a-z]{2}$")
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")
    state_media: bool = False
    enabled: bool = True
    actor: Id | None = Field(default=None, description="the actor whose own voice the feed is, such as a ministry")
    poll_minutes: int | None = Field(default=None, ge=15, description="no host is asked more often")
    in_scope: bool = Field(default=False, description="every entry is in scope, whatever its words")

    @field_validator("url")
    @classmethod
    def _check_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            message = "a feed's url is http:// or https:// and a host"
            raise ValueError(message)
        if parts.username or parts.password:
            message = "a feed's url holds no user name and no password: this file is shared"
            raise ValueError(message)
        return value


class Feeds(ConfigModel):
    """The whole of feeds.yml."""

    feeds: tuple[FeedConfig, ...]
