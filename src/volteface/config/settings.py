"""config/settings.yml: how the pipeline runs. Nothing here is a secret, and nothing here is about a topic."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field

from volteface.config.model import ConfigModel, Text


class Paths(ConfigModel):
    """Where things are written, relative to the project's home (the folder that holds config/)."""

    warehouse: Path = Path("warehouse/news.duckdb")
    snapshot: Path = Path("warehouse/snapshot.duckdb")
    captures: Path = Path("warehouse/captures")
    report: Path = Path("warehouse/report.html")


class Collection(ConfigModel):
    """How the web is read."""

    user_agent: Text
    contact: Text | None = Field(
        default=None, description="an address or a page where outlets reach you; said with every request"
    )
    concurrency: int = Field(default=32, ge=1, le=256)
    host_pause_seconds: float = Field(
        default=2.0, ge=0, description="a host rests so long after each request; one is in flight at a time"
    )
    max_stage_minutes: float = Field(
        default=20.0, gt=0, description="no request is begun later in a stage; what is left waits for the next run"
    )
    connect_timeout_seconds: float = Field(default=5.0, gt=0)
    read_timeout_seconds: float = Field(default=10.0, gt=0)
    total_timeout_seconds: float = Field(default=30.0, gt=0)
    max_redirects: int = Field(default=5, ge=0, le=20)
    max_feed_bytes: int = Field(default=10 * 1024 * 1024, gt=0)
    max_article_bytes: int = Field(default=5 * 1024 * 1024, gt=0)
    max_entries_per_poll: int = Field(default=500, gt=0)
    parse_workers: int = Field(default=2, ge=1, le=64, description="processes that feeds and pages are read in")
    parse_seconds: float = Field(default=10.0, gt=0, description="for one feed or page, then its process is killed")
    parse_memory_megabytes: int = Field(
        default=1024, ge=256, description="address space of one such process, its libraries included"
    )
    poll_minutes: int = Field(default=30, ge=15, description="how often a feed is polled that says nothing else")
    max_backoff_minutes: int = Field(default=1440, ge=1, description="the longest wait after repeated failures")
    full_refetch_hours: int = Field(default=24, ge=1, description="validators are left out once in this time")
    max_articles_per_run: int = Field(default=500, ge=1)
    recheck_hours: tuple[int, ...] = Field(
        default=(6, 24), description="how long after an article was first seen its page is read again, for edits"
    )
    copy_window_days: int = Field(
        default=30,
        ge=0,
        description="texts first seen further apart are not compared: an old text reprinted is news again",
    )
    ports: tuple[int, ...] = Field(default=(80, 443), description="ports of the public internet that are asked")
    allow_private_addresses: bool = Field(
        default=False, description="loopback and private networks, on any port: for tests and demos on loopback"
    )

    @property
    def user_agent_line(self) -> str:
        """Return what requests say of us: the program and the contact."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent

    @property
    def robots_name(self) -> str:
        """Return the name that robots.txt files know us by: the user agent's first word, without its version."""
        return self.user_agent.split()[0].partition("/")[0]


class StanceReading(StrEnum):
    """Who reads stances."""

    RULES = "rules"
    TRAINED = "trained"


class LanguageSettings(ConfigModel):
    """Which spaCy pipeline reads the text: the one that comes with us, ``blank`` (the tokenizer alone), a package, a path."""

    model: Text = "volteface_news"
    languages: tuple[str, ...] = ("en",)
    max_characters: int = Field(default=100_000, gt=0)
    batch_size: int = Field(default=16, ge=1)
    isolated: bool = Field(default=True, description="cycles read articles in a process that can be killed")
    read_seconds: float = Field(default=20.0, gt=0, description="for one article, then its process is killed")
    read_memory_megabytes: int = Field(default=4096, ge=512, description="address space of that process")
    stances: StanceReading = Field(
        default=StanceReading.TRAINED, description="rules alone, or rules and the trained reader together"
    )
    events: bool = Field(default=True, description="tell what a statement's actor does to another one, as PLOVER roots")


class ChangePolicy(ConfigModel):
    """When two statements that differ are a change, and when it is believed. Probabilities are 0..1."""

    change_prior: float = Field(
        default=0.06,
        gt=0,
        lt=1,
        description="share of consecutive pairs of anything else that really differ: conditions",
    )
    renewal_prior: float = Field(
        default=0.25,
        gt=0,
        lt=1,
        description="share of its days on which an actor takes its position up anew: .06 of hand-coded pairs differ, "
        "over .24, which would if all were taken up anew",
    )
    renewal_again_prior: float = Field(
        default=0.5, gt=0, lt=1, description="the same once it has changed before (3 of 11 hand-coded pairs differ)"
    )
    reported_change_prior: float = Field(
        default=0.5, gt=0, lt=1, description="both at least, on a day on which an article says that the actor changed"
    )
    contradiction_prior: float = Field(
        default=0.05, gt=0, lt=1, description="share of days with several statements that really hold both signs"
    )
    confirm_probability: float = Field(default=0.5, gt=0, lt=1)
    confirm_days: int = Field(default=14, ge=0, description="how long later statements may confirm or reject a change")
    stance_confidence_cap: float = Field(default=0.995, gt=0.5, lt=1, description="no tagger is surer than this")
    min_origins: int = Field(default=2, ge=1, description="or one clear named direct quote")
    gap_window_days: int = Field(default=7, ge=1, description="private against public, denial against report")
    silence_after_days: int = Field(default=60, ge=1)
    stale_after_days: int = Field(default=90, ge=1, description="a position that nobody repeats so long is stale")
    late_days: int = Field(
        default=3,
        ge=0,
        description="how much later than it was said a statement is usually known; later ones cost time",
    )


class AlertPolicy(ConfigModel):
    """How the outbox tries."""

    max_attempts: int = Field(default=8, ge=1)
    first_retry_minutes: float = Field(default=12.0, gt=0, description="doubled after each attempt: eight take a day")
    max_retry_minutes: float = Field(default=720.0, gt=0)


class Schedule(ConfigModel):
    """When the deployments run, as cron lines in UTC."""

    monitor: Text = "*/30 * * * *"
    publish: Text = "20 * * * *"


class Settings(ConfigModel):
    """The whole of settings.yml."""

    topic: Text
    paths: Paths = Paths()
    min_free_megabytes: int = Field(
        default=1024, ge=0, description="no cycle begins with less room on the disk, or less than thrice the warehouse"
    )
    collection: Collection
    language: LanguageSettings = LanguageSettings()
    changes: ChangePolicy = ChangePolicy()
    detect_workers: int = Field(
        default=2, ge=1, le=64, description="processes that follow positions where there are many statements"
    )
    alerts: AlertPolicy = AlertPolicy()
    schedule: Schedule = Schedule()
