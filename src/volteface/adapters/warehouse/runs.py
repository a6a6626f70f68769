"""Runs, and the names that config/ gives to feeds, actors and issues, in the warehouse."""

from __future__ import annotations

from volteface.adapters.warehouse.lock import describe_process, is_process_alive
from volteface.adapters.warehouse.store import TableStore
from volteface.config import Config
from volteface.config.actors import Actor
from volteface.config.feeds import FeedConfig
from volteface.config.issues import Issue
from volteface.models import Run


class RunTables(TableStore):
    """run, feed, actor, actor_alias, actor_role, issue."""

    _mirrored: dict[str, list[dict[str, object]]] | None = None

    def save_run(self, run: Run) -> None:
        """Save a run as it stands now; the last one saved counts."""
        self.save_models("run", [run], extra={"process": describe_process()}, is_updating=True)

    def load_runs(self, limit: int = 20) -> list[Run]:
        """Return the newest runs, newest first."""
        return self.load(Run, "FROM run AS t ORDER BY started_at DESC, run_id LIMIT ?", [limit])

    def load_run_state(self, run_id: str) -> str | None:
        """Return how a run stands, or None where it is unknown."""
        rows = self.query("SELECT state FROM run WHERE run_id = ?", [run_id])
        return str(rows[0]["state"]) if rows else None

    def mark_crashed_runs(self, *, is_alone: bool = False) -> list[str]:
        """Mark the runs that stand as running though their process is gone, and return their ids.

        A run on another host is taken as gone, since this process holds the writer's lock; should it live after all,
        its own last word replaces the mark. ``is_alone``: this process holds the cycles' lock, so none is running.
        """
        running = self.query("SELECT run_id, process FROM run WHERE state = 'running' ORDER BY run_id")
        gone = [str(row["run_id"]) for row in running if is_alone or not is_process_alive(str(row["process"]))]
        for run_id in gone:
            self.execute(
                "UPDATE run SET state = 'crashed', error = 'the process ended without a last word' WHERE run_id = ?",
                [run_id],
            )
        return gone

    def save_dimensions(self, config: Config) -> None:
        """Mirror feeds, actors and issues of the configuration. What left it stays, with is_configured = false."""
        rows = {
            "feed": [_feed_row(feed) for feed in config.feeds],
            "actor": [_actor_row(actor) for actor in config.actors],
            "issue": [_issue_row(issue) for issue in config.issues],
            "actor_alias": [row for actor in config.actors for row in _alias_rows(actor)],
            "actor_role": [row for actor in config.actors for row in _role_rows(actor)],
        }
        if rows == self._mirrored:  # a replay's many cycles share one connection and one configuration
            return
        with self.transaction():
            for table in ("feed", "actor", "issue"):
                self.execute(f"UPDATE {table} SET is_configured = false WHERE is_configured")  # noqa: S608 -- the three names above
                self.save_rows(table, rows[table], is_updating=True)
            for table in ("actor_alias", "actor_role"):
                self.execute(f"DELETE FROM {table}")  # noqa: S608 -- the two names above
                self.save_rows(table, rows[table])
        self._mirrored = rows


def _feed_row(feed: FeedConfig) -> dict[str, object]:
    return {
        "feed_id": feed.id,
        "outlet": feed.outlet,
        "url": feed.url,
        "publisher_family": feed.publisher_family,
        "source_type": feed.source_type,
        "language": feed.language,
        "country": feed.country,
        "is_state_media": feed.state_media,
        "is_enabled": feed.enabled,
        "actor_id": feed.actor,
        "is_configured": True,
    }


def _actor_row(actor: Actor) -> dict[str, object]:
    return {
        "actor_id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "wikidata": actor.wikidata,
        "country": actor.country,
        "parent_actor_id": actor.parent,
        "is_listed": actor.listed,
        "is_configured": True,
    }


def _issue_row(issue: Issue) -> dict[str, object]:
    return {
        "issue_id": issue.id,
        "name": issue.name,
        "proposition": issue.proposition,
        "event_id": issue.event.id if issue.event else None,
        "event_name": issue.event.name if issue.event else None,
        "is_configured": True,
    }


def _alias_rows(actor: Actor) -> list[dict[str, object]]:
    kinds = {
        "alias": actor.aliases,
        "office": actor.offices,
        "metonym": actor.metonyms,
        "spokesperson": actor.spokespersons,
        "demonym": actor.demonyms,
    }
    return [{"actor_id": actor.id, "alias": alias, "kind": kind} for kind in kinds for alias in kinds[kind]]


def _role_rows(actor: Actor) -> list[dict[str, object]]:
    return [
        {
            "actor_id": actor.id,
            "title": role.title,
            "of_actor_id": role.of,
            "since_date": role.since,
            "until_date": role.until,
        }
        for role in actor.roles
    ]
