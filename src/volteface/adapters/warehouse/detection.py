"""What detection has taken in, in the warehouse: the statements that are new to it, and those that it must see again."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from operator import methodcaller
from typing import Any

from volteface.adapters.warehouse.language import CURRENT_VERSIONS
from volteface.adapters.warehouse.store import TableStore, dump_ids
from volteface.models import Basis, DecidedBy, EventClaim, Modality, QuoteType, SpokenRow, Stance

_BLOCK_ROWS = 20_000
_WORDS: dict[str, type[StrEnum]] = {
    "stance": Stance,
    "basis": Basis,
    "quote_type": QuoteType,
    "modality": Modality,
    "decided_by": DecidedBy,
}
_INSTANTS = frozenset({"stated_at", "known_from"})
_GroupKey = tuple[str, str]  # group, issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Statements of one actor on one issue that are new, gone or of another origin since the last detection.

    ``first_day`` is the first day on which one of them was said, None where all are undated.
    """

    actor_id: str
    reported_by: str | None
    issue_id: str
    first_day: date | None


class DetectionTables(TableStore):
    """detection, detected_version."""

    # --------------------------------------------------------------------------------------------------- what is known
    def load_signature(self) -> str | None:
        """Return what the stored detection was made by; None where there is none."""
        rows = self.query("SELECT signature FROM detection")
        return str(rows[0]["signature"]) if rows else None

    def forget_detection(self, *, keeps_weeks: bool = False) -> None:
        """Forget what detection has taken in, so that the next one takes in everything; what was learned of past weeks
        too, unless it is to stand.
        """
        tables = ["detection", "detected_version", "group_state", *([] if keeps_weeks else ["issue_week"])]
        for table in tables:
            self.execute(f"DELETE FROM {table}")  # noqa: S608 -- names from the line above

    def mark_current_versions(self, model_version: str) -> None:
        """Hold fast, for this connection, which versions count now, of which origin, and which of them changed."""
        self.execute("DROP TABLE IF EXISTS temp.current_version")
        self.execute(
            f"""CREATE TEMP TABLE current_version AS
                SELECT version_id, coalesce(origin_id, version_id) AS origin_id
                FROM (FROM {CURRENT_VERSIONS}) LEFT JOIN origin USING (version_id)""",  # noqa: S608 -- a constant
            [model_version],
        )
        self.execute(
            """CREATE OR REPLACE TEMP TABLE changed_version AS
               SELECT DISTINCT version_id FROM (
                 (SELECT version_id, origin_id FROM temp.current_version EXCEPT FROM detected_version) UNION ALL
                 (FROM detected_version EXCEPT SELECT version_id, origin_id FROM temp.current_version))"""
        )

    def load_touched(self, model_version: str) -> list[Touched]:
        """Return whose statements are touched by the changed versions. Call ``mark_current_versions`` before."""
        sql = """SELECT actor_id, reported_by, issue_id, min(stated_at)::DATE AS first_day FROM statement
                 WHERE model_version = ? AND version_id IN (FROM temp.changed_version) GROUP BY ALL ORDER BY ALL"""
        return [
            Touched(
                actor_id=str(row["actor_id"]),
                reported_by=None if row["reported_by"] is None else str(row["reported_by"]),
                issue_id=str(row["issue_id"]),
                first_day=row["first_day"] if isinstance(row["first_day"], date) else None,
            )
            for row in self.query(sql, [model_version])
        ]

    def load_touched_events(self, model_version: str) -> set[str]:
        """Return the planned events of which the changed versions claim something."""
        sql = """SELECT DISTINCT event_id FROM event_claim
                 WHERE model_version = ? AND version_id IN (FROM temp.changed_version)"""
        return self.load_ids(sql, [model_version])

    def load_speakers(self, model_version: str) -> list[tuple[str, str]]:
        """Return who says something on what issue, or reports what another says."""
        sql = """SELECT actor_id, issue_id FROM statement WHERE model_version = $1 UNION
                 SELECT reported_by, issue_id FROM statement WHERE model_version = $1 AND reported_by IS NOT NULL"""
        with self._naming_file():
            return self._con.execute(sql, [model_version]).fetchall()

    # ---------------------------------------------------------------------------------------------------------- groups
    def count_spoken(
        self, model_version: str, wanted: Mapping[_GroupKey, tuple[Collection[str], date]]
    ) -> dict[_GroupKey, int]:
        """Return how many statements ``load_spoken`` would return of each group's own on each issue; none where none."""
        self._fill_wanted(wanted)
        sql = """SELECT w.group_id, w.issue_id, count(*) FROM statement AS s JOIN temp.wanted AS w USING (actor_id, issue_id)
                 WHERE model_version = ? AND stated_at::DATE > w.since GROUP BY ALL"""
        with self._naming_file():
            rows = self._con.execute(sql, [model_version]).fetchall()
        return {(group_id, issue_id): count for group_id, issue_id, count in rows}

    def load_spoken(
        self, model_version: str, wanted: Mapping[_GroupKey, tuple[Collection[str], date]]
    ) -> dict[_GroupKey, list[SpokenRow]]:
        """Return the statements of groups on issues, in no order: those of its actors and those that its actors report.

        ``wanted`` names a group's actors and the day after which statements are wanted. Undated ones are left out. The
        origin is the version's present one. Call ``mark_current_versions`` before.
        """
        self._fill_wanted(wanted)
        own, told = (_select_spoken(column) for column in ("actor_id", "reported_by"))
        first = min((since for _, since in wanted.values()), default=date.max)
        found: dict[_GroupKey, list[SpokenRow]] = {key: [] for key in wanted}
        with self._naming_file():
            cursor = self._con.execute(f"{own} UNION ALL {told}", [model_version, first])
            while block := cursor.fetchmany(_BLOCK_ROWS):
                groups, issues, owns, *columns = zip(*block, strict=True)
                for place, decode in _DECODERS:  # a column at a time: a third of the time that a row at a time takes
                    columns[place] = tuple(map(decode, columns[place]))
                rows = map(SpokenRow._make, zip(*columns, strict=True))
                for group_id, issue_id, is_own, row in zip(groups, issues, owns, rows, strict=True):
                    if is_own or row.actor_id not in wanted[group_id, issue_id][0]:
                        found[group_id, issue_id].append(row)
        return found

    def load_deed_claims(self, model_version: str) -> list[EventClaim]:
        """Return the event claims made where deeds were told that are wanted: those of the last ``load_spoken``."""
        tail = """FROM event_claim AS t WHERE model_version = $1 AND version_id IN (
                    SELECT version_id FROM statement AS s JOIN temp.wanted AS w USING (actor_id, issue_id)
                    WHERE model_version = $1 AND basis IN ('act', 'vote') AND stated_at::DATE > w.since)
                    AND version_id IN (SELECT version_id FROM temp.current_version)"""
        return self._with_origins(self.load(EventClaim, tail, [model_version]))

    def load_claims_of_events(self, model_version: str, event_ids: Collection[str]) -> list[EventClaim]:
        """Return all that is claimed of planned events by the versions that count."""
        tail = """FROM event_claim AS t WHERE model_version = $1
                    AND event_id IN (SELECT unnest(from_json_strict($2, '["VARCHAR"]')))
                    AND version_id IN (SELECT version_id FROM temp.current_version)"""
        return self._with_origins(self.load(EventClaim, tail, [model_version, dump_ids(event_ids)]))

    # ---------------------------------------------------------------------------------------------------------- saving
    def save_detection(self, signature: str, detected_at: datetime) -> None:
        """Save that all that counts now has been taken in. Call ``mark_current_versions`` before."""
        self.execute("DELETE FROM detected_version WHERE version_id IN (FROM temp.changed_version)")
        self.execute(
            """INSERT INTO detected_version SELECT version_id, origin_id FROM temp.current_version
               WHERE version_id IN (FROM temp.changed_version)"""
        )
        self.execute("DELETE FROM detection")
        self.execute("INSERT INTO detection VALUES (?, ?)", [signature, detected_at])

    def _fill_wanted(self, wanted: Mapping[_GroupKey, tuple[Collection[str], date]]) -> None:
        document = json.dumps(
            [
                [group_id, issue_id, actor_id, since.isoformat()]
                for (group_id, issue_id), (actors, since) in wanted.items()
                for actor_id in sorted(actors)
            ]
        )
        self.execute(
            """CREATE OR REPLACE TEMP TABLE wanted AS
               SELECT r[1] AS group_id, r[2] AS issue_id, r[3] AS actor_id, r[4]::DATE AS since
               FROM (SELECT unnest(from_json_strict(?, '[["VARCHAR"]]')) AS r)""",
            [document],
        )

    def _with_origins(self, claims: Sequence[EventClaim]) -> list[EventClaim]:
        """Return claims with the present origin of their version."""
        sql = """SELECT version_id, origin_id FROM temp.current_version
                 WHERE version_id IN (SELECT unnest(from_json_strict(?, '["VARCHAR"]')))"""
        rows = self.query(sql, [dump_ids({claim.version_id for claim in claims})])
        origins = {row["version_id"]: str(row["origin_id"]) for row in rows}
        return [replace(claim, origin_id=origins[claim.version_id]) for claim in claims]


def _select_spoken(actor_column: str) -> str:
    """Return the SELECT of the statements whose actor, or reporter, is wanted."""
    columns = ", ".join(map(_select_column, SpokenRow._fields))
    return f"""
      SELECT w.group_id, w.issue_id, {actor_column == "actor_id"}, {columns}
      FROM statement AS s JOIN temp.current_version AS v USING (version_id)
      JOIN temp.wanted AS w ON s.issue_id = w.issue_id AND s.{actor_column} = w.actor_id
      WHERE model_version = $1 AND stated_at::DATE > $2 AND stated_at::DATE > w.since"""  # noqa: S608 -- field names


def _select_column(name: str) -> str:
    if name in _INSTANTS:
        return f"{name} AT TIME ZONE 'UTC'"  # naive, and ten times as fast to fetch
    return "v.origin_id" if name == "origin_id" else f"s.{name}"


def _get_decoder(name: str) -> Callable[[Any], Any] | None:
    if name in _INSTANTS:
        return methodcaller("replace", tzinfo=UTC)
    return {word.value: word for word in _WORDS[name]}.__getitem__ if name in _WORDS else None


_DECODERS = tuple(
    (place, decode) for place, name in enumerate(SpokenRow._fields) if (decode := _get_decoder(name)) is not None
)
