"""Where groups of actors stood on issues at the ends of days, in the warehouse. What a state is: positions/groups.py."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date

from volteface.adapters.warehouse.store import TableStore

_GroupKey = tuple[str, str]  # group, issue


class GroupStateTables(TableStore):
    """group_state."""

    def load_settled_days(self) -> dict[_GroupKey, list[date]]:
        """Return the days at whose ends a state of each group on each issue is kept."""
        with self._naming_file():
            rows = self._con.execute("SELECT group_id, issue_id, settled_on FROM group_state").fetchall()
        days: dict[_GroupKey, list[date]] = {}
        for group_id, issue_id, settled_on in rows:
            days.setdefault((group_id, issue_id), []).append(settled_on)
        return days

    def load_group_states(self, wanted: Mapping[_GroupKey, date]) -> dict[_GroupKey, str]:
        """Return the states of groups on issues at the ends of days."""
        sql = """SELECT group_id, issue_id, state FROM group_state
                 WHERE (group_id, issue_id, settled_on) IN (SELECT (r[1], r[2], r[3]::DATE)
                   FROM (SELECT unnest(from_json_strict(?, '[["VARCHAR"]]')) AS r))"""
        with self._naming_file():
            rows = self._con.execute(sql, [_dump_days({key: [day] for key, day in wanted.items()})]).fetchall()
        return {(group_id, issue_id): state for group_id, issue_id, state in rows}

    def save_group_states(
        self, states: Mapping[_GroupKey, Mapping[date, str]], kept: Mapping[_GroupKey, Collection[date]]
    ) -> None:
        """Save states of groups by day. Of the groups of ``kept``, those of other days than are named there go."""
        self.execute(
            """DELETE FROM group_state USING (
                 SELECT r[1] AS group_id, r[2] AS issue_id, list(r[3]::DATE) AS days
                 FROM (SELECT unnest(from_json_strict(?, '[["VARCHAR"]]')) AS r) GROUP BY ALL) AS k
               WHERE group_state.group_id = k.group_id AND group_state.issue_id = k.issue_id
                 AND NOT list_contains(k.days, settled_on)""",
            [_dump_days(kept)],
        )
        rows = [
            {"group_id": group_id, "issue_id": issue_id, "settled_on": settled_on, "state": state}
            for (group_id, issue_id), days in states.items()
            for settled_on, state in days.items()
        ]
        self.save_rows("group_state", rows, is_updating=True)


def _dump_days(days: Mapping[_GroupKey, Collection[date]]) -> str:
    return json.dumps([[*key, day.isoformat()] for key, found in days.items() for day in found])
