"""Positions and changes of position in the warehouse. They are derived: what they are is decided in positions/."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from volteface.adapters.warehouse.rows import encode_model
from volteface.adapters.warehouse.store import TableStore, dump_ids
from volteface.models import Position, PositionChange


class PositionTables(TableStore):
    """position, position_change."""

    def replace_positions(self, positions: Sequence[Position]) -> None:
        """Put these positions in place of all that were there, in one transaction."""
        with self.transaction():
            self.execute("DELETE FROM position")
            self.save_models("position", positions)

    def load_positions(self) -> list[Position]:
        """Return all positions, ended ones too, by actor, issue, basis and time."""
        return self.load(Position, "FROM position AS t ORDER BY actor_id, issue_id, basis, valid_from")

    def load_changes(self) -> list[PositionChange]:
        """Return all stored changes, retracted ones too, oldest first."""
        return self.load(PositionChange, "FROM position_change AS t ORDER BY changed_at, change_id")

    def save_changes(self, changes: Sequence[PositionChange], *, detected_at: datetime) -> None:
        """Put these changes in place of those that were there, in one transaction.

        A change that is there already keeps its first ``detected_at``; ``state_since`` moves only with the state. One
        that was confirmed or retracted is never removed, since somebody may have been told of it.
        """
        known = {
            str(row["change_id"]): row
            for row in self.query("SELECT change_id, state, detected_at, state_since FROM position_change")
        }
        rows = []
        for change in changes:
            before = known.get(change.change_id)
            is_same_state = before is not None and before["state"] == change.state
            rows.append(
                {
                    **encode_model(change),
                    "detected_at": before["detected_at"] if before else detected_at,
                    "state_since": before["state_since"] if before and is_same_state else detected_at,
                }
            )
        with self.transaction():
            self.execute(
                """DELETE FROM position_change WHERE state NOT IN ('confirmed', 'retracted')
                   AND change_id NOT IN (SELECT unnest(from_json_strict(?, '["VARCHAR"]')))""",
                [dump_ids({change.change_id for change in changes})],
            )
            self.save_rows("position_change", rows, is_updating=True)
