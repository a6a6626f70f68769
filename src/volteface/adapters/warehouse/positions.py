"""Positions and changes of position in the warehouse. They are derived: what they are is decided in positions/."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from volteface.adapters.warehouse.rows import column_names, decode_row, encode_model
from volteface.adapters.warehouse.store import TableStore, dump_ids
from volteface.models import ChangeState, Position, PositionChange

_IDS = """(SELECT unnest(from_json_strict(?, '["VARCHAR"]')))"""
# Changes of the touched groups that are not settled. Two joins: with an OR in one, DuckDB compares each with each.
_TOUCHED_CHANGES = """
  SELECT change_id FROM position_change JOIN temp.touched AS g USING (group_id, issue_id) WHERE found_on > g.since
  UNION SELECT change_id FROM position_change JOIN temp.touched AS g USING (group_id)
  WHERE g.issue_id IS NULL AND found_on > g.since"""
_BELIEVED = ("position_id", "stance", "strength", "conditional", "valid_from", "valid_to")
_SAME = " AND ".join(f"p.{name} IS NOT DISTINCT FROM b.{name}" for name in _BELIEVED)
_IS_TOUCHED = "IN (SELECT (group_id, issue_id) FROM temp.touched)"
_END_BELIEFS = f"""UPDATE position_belief AS b SET believed_to = ? WHERE believed_to IS NULL
  AND (b.group_id, b.issue_id) {_IS_TOUCHED} AND NOT EXISTS (FROM position AS p WHERE {_SAME})"""  # noqa: S608 -- constants
_COPIED = f"{', '.join(_BELIEVED)}, group_id, actor_id, issue_id, basis, confidence, lead_statement_id"
_BEGIN_BELIEFS = f"""INSERT INTO position_belief ({_COPIED}, believed_from)
  SELECT {_COPIED}, ? FROM position AS p WHERE (group_id, issue_id) {_IS_TOUCHED}
    AND NOT EXISTS (FROM position_belief AS b WHERE b.believed_to IS NULL AND {_SAME})"""  # noqa: S608 -- constants


class PositionTables(TableStore):
    """position, position_belief, position_change."""

    def mark_touched(self, since: Mapping[tuple[str, str | None], date]) -> None:
        """Hold fast, for this connection, which groups are followed, on which issue (None: on any), and after which day."""
        rows = [[group_id, issue_id, day.isoformat()] for (group_id, issue_id), day in since.items()]
        self.execute(
            """CREATE OR REPLACE TEMP TABLE touched AS
               SELECT r[1] AS group_id, r[2] AS issue_id, r[3]::DATE AS since
               FROM (SELECT unnest(from_json_strict(?, '[["VARCHAR"]]')) AS r)""",
            [json.dumps(rows)],
        )

    def save_positions(self, positions: Iterable[tuple[str, Position]], believed_at: datetime) -> None:
        """Put positions, each with its group, in place of those of the touched groups that are not settled.

        What was believed until now stays in position_belief, with the time at which it gave way; a position that has
        only been repeated is the same belief. Call ``mark_touched`` before.
        """
        rows = [{**encode_model(position), "group_id": group_id} for group_id, position in positions]
        with self.transaction():
            self.execute(
                """DELETE FROM position USING temp.touched AS t
                   WHERE position.group_id = t.group_id AND position.issue_id = t.issue_id
                     AND (valid_to IS NULL OR valid_to::DATE > t.since)
                     AND position_id NOT IN (SELECT unnest(from_json_strict(?, '["VARCHAR"]')))""",
                [dump_ids({str(row["position_id"]) for row in rows})],
            )
            self.save_rows("position", rows, is_updating=True)
            self.execute(_END_BELIEFS, [believed_at])
            self.execute(_BEGIN_BELIEFS, [believed_at])

    def load_positions(self) -> list[Position]:
        """Return all positions, ended ones too, by actor, issue, basis and time."""
        return self.load(Position, "FROM position AS t ORDER BY actor_id, issue_id, basis, valid_from")

    def load_changes(self, states: Collection[ChangeState] = tuple(ChangeState)) -> list[PositionChange]:
        """Return the stored changes of some states, of all if none are given, oldest first."""
        tail = f"FROM position_change AS t WHERE state IN {_IDS} ORDER BY changed_at, change_id"
        return self.load(PositionChange, tail, [dump_ids(states)])

    def load_touched_changes(self, ids: Collection[str]) -> list[tuple[str, date, PositionChange]]:
        """Return the stored changes of the touched groups that are not settled, and those with these ids, whosever they
        are: each with its group and the day that bears it. Call ``mark_touched`` before.
        """
        sql = f"""SELECT t.group_id, t.found_on, {column_names(PositionChange, "t")} FROM position_change AS t
                  WHERE change_id IN ({_TOUCHED_CHANGES} UNION FROM {_IDS})
                  ORDER BY changed_at, change_id"""  # noqa: S608 -- constants
        rows = self.query(sql, [dump_ids(ids)])
        return [(str(row["group_id"]), _read_day(row["found_on"]), decode_row(PositionChange, row)) for row in rows]

    def load_groups(self) -> set[tuple[str, str | None]]:
        """Return the groups that have positions or changes, each with the issue; None for planned events."""
        sql = """SELECT DISTINCT group_id, issue_id FROM position UNION
                 SELECT DISTINCT group_id, CASE WHEN group_id LIKE 'event:%' THEN NULL ELSE issue_id END
                 FROM position_change"""
        with self._naming_file():
            return {(group_id, issue_id) for group_id, issue_id in self._con.execute(sql).fetchall()}

    def save_touched_changes(
        self, changes: Iterable[tuple[str, date, PositionChange]], *, detected_at: datetime
    ) -> None:
        """Put changes, each with its group and the day that bears it, in place of those of the touched groups that are
        not settled. Call ``mark_touched`` before.

        A change that is there already keeps its first ``detected_at``; ``state_since`` moves only with the state. One
        that was confirmed or retracted is never removed, since somebody may have been told of it.
        """
        placed = {change.change_id: (group_id, found_on, change) for group_id, found_on, change in changes}
        known = self._load_known_changes(placed.keys())
        rows = []
        for name, (group_id, found_on, change) in placed.items():
            values = {**encode_model(change), "group_id": group_id, "found_on": found_on}
            before = known.get(name)
            if before is not None and all(_is_same(values[column], before[column]) for column in values):
                continue  # DuckDB updates a row with a list by taking it out and putting it in: .3 ms for nothing
            is_same_state = before is not None and before["state"] == change.state
            values["detected_at"] = before["detected_at"] if before else detected_at
            values["state_since"] = before["state_since"] if before and is_same_state else detected_at
            rows.append(values)
        with self.transaction():
            self.execute(
                f"""DELETE FROM position_change WHERE change_id IN ({_TOUCHED_CHANGES})
                      AND state NOT IN ('confirmed', 'retracted') AND change_id NOT IN {_IDS}""",  # noqa: S608 -- constants
                [dump_ids(placed.keys())],
            )
            self.save_rows("position_change", rows, is_updating=True)

    def _load_known_changes(self, ids: Collection[str]) -> dict[str, dict[str, object]]:
        sql = f"SELECT * FROM position_change WHERE change_id IN {_IDS}"  # noqa: S608 -- a constant
        return {str(row["change_id"]): row for row in self.query(sql, [dump_ids(ids)])}

    def count_positions(self) -> int:
        """Return how many positions are stored, ended ones too."""
        return int(str(self.query("SELECT count(*) AS n FROM position")[0]["n"]))


def _read_day(value: object) -> date:
    assert isinstance(value, date)  # every change is saved with one
    return value


def _is_same(value: object, stored: object) -> bool:
    return list(value) == stored if isinstance(value, tuple) else value == stored
