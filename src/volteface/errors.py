"""Every error that volteface raises on purpose.

    VoltefaceError
    ├── ConfigError              a file under config/ is wrong: file, key and reason
    ├── InputError               a file given on the command line cannot be read as what it should be
    ├── FeedParseError           a feed body holds no feed
    ├── ArchiveError             a WARC capture cannot be read or written
    ├── WorkerError              no worker process can be started
    ├── LanguageError            a spaCy pipeline cannot be loaded or built
    ├── WarehouseError           the DuckDB warehouse refused
    │   ├── WarehouseLockedError another run holds the writer's lock
    │   │   └── RunActiveError       another cycle is under way
    │   ├── WarehouseDamagedError the file or its write-ahead log cannot be read
    │   ├── WarehouseFullError   too little room on the disk
    │   └── MigrationError       a numbered migration failed or is out of order
    └── ChannelError             a channel did not take a message

An expected failure of one item of a batch (a dead host, a 404, an empty page) is a value, not one of these: see
``models.FetchOutcome``, ``models.ParseStatus`` and ``models.ExtractOutcome``.
"""

from __future__ import annotations

from pathlib import Path


class VoltefaceError(Exception):
    """The base: catching it catches everything that volteface raises on purpose, and nothing else."""


class ConfigError(VoltefaceError):
    """A configuration file is wrong. Carries the file, the key's path inside it and the reason."""

    def __init__(self, path: Path, key: str, reason: str) -> None:
        self.path = path
        self.key = key
        self.reason = reason
        super().__init__(f"{path}: {key}: {reason}" if key else f"{path}: {reason}")


class InputError(VoltefaceError):
    """An input file cannot be used. Carries the file, the line (1-based) where one is known, and the reason."""

    def __init__(self, path: Path | str, reason: str, *, line: int | None = None) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")


class FeedParseError(VoltefaceError):
    """A feed body holds no feed. Carries the feed's id or URL."""

    def __init__(self, feed: str, reason: str) -> None:
        self.feed = feed
        self.reason = reason
        super().__init__(f"feed {feed}: {reason}")


class ArchiveError(VoltefaceError):
    """A WARC capture cannot be read or written. Carries the file."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class LanguageError(VoltefaceError):
    """A spaCy pipeline cannot be loaded or built. Carries its name or path."""

    def __init__(self, model: str, reason: str) -> None:
        self.model = model
        self.reason = reason
        super().__init__(f"language model {model}: {reason}")


class WorkerError(VoltefaceError):
    """No worker process can be started, or one was lost that must not be. Carries the function that it was to call."""

    def __init__(self, function: str, reason: str) -> None:
        self.function = function
        self.reason = reason
        super().__init__(f"workers for {function}: {reason}")


class WarehouseError(VoltefaceError):
    """The warehouse refused. Carries the database file."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class WarehouseLockedError(WarehouseError):
    """Another run holds the writer's lock."""


class RunActiveError(WarehouseLockedError):
    """Another cycle is under way over the same warehouse: this one is to be skipped, nothing is wrong."""


class WarehouseDamagedError(WarehouseError):
    """The database or its write-ahead log cannot be read; ``volteface recover`` says what can be done."""


class WarehouseFullError(WarehouseError):
    """There is too little room on the disk. What was saved is kept; nothing is tried again by itself."""


class MigrationError(WarehouseError):
    """A numbered migration failed, is missing or is out of order."""


class ChannelError(VoltefaceError):
    """A channel did not take a message. Carries the channel's id; the reason never holds a secret."""

    def __init__(self, channel_id: str, reason: str) -> None:
        self.channel_id = channel_id
        self.reason = reason
        super().__init__(f"channel {channel_id}: {reason}")
