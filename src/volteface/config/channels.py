"""config/channels.yml: where alerts go. A secret is named here (an environment variable), never written."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator

from volteface.config.model import ConfigModel, Id, Text
from volteface.models import ChangeKind, ChangeState


class ChannelKind(StrEnum):
    """How a message leaves."""

    CONSOLE = "console"
    FILE = "file"
    APPRISE = "apprise"


class Channel(ConfigModel):
    """One channel, what it wants to hear, and where its address is found."""

    id: Id
    kind: ChannelKind
    enabled: bool = True
    kinds: tuple[ChangeKind, ...] = Field(default=(), description="empty: every kind")
    states: tuple[ChangeState, ...] = (ChangeState.CONFIRMED, ChangeState.RETRACTED)
    actors: tuple[Id, ...] = Field(default=(), description="empty: every actor")
    issues: tuple[Id, ...] = Field(default=(), description="empty: every issue")
    min_confidence: float = Field(default=0.0, ge=0, le=1)
    notices: bool = Field(
        default=True, description="also news of the collecting itself: no poll succeeds, a feed is silent or empty"
    )
    path: Text | None = Field(default=None, description="kind file: the file, one JSON object a line")
    url_env: Text | None = Field(
        default=None, pattern=r"^[A-Z][A-Z0-9_]*$", description="kind apprise: the environment variable with its URL"
    )

    @model_validator(mode="after")
    def _check_address(self) -> Channel:
        if self.kind is ChannelKind.FILE and not self.path:
            message = "a file channel needs 'path'"
            raise ValueError(message)
        if self.kind is ChannelKind.APPRISE and not self.url_env:
            message = "an apprise channel needs 'url_env', the name of the environment variable that holds its URL"
            raise ValueError(message)
        return self


class Channels(ConfigModel):
    """The whole of channels.yml."""

    channels: tuple[Channel, ...]
