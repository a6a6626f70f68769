"""Write down where following a group stopped, as JSON, and take it up again."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter, ValidationError

from volteface.positions.groups import GroupState


def dump_state(state: GroupState) -> str:
    """Return a group's state as JSON. ``load_state`` gives it back as it was."""
    return _get_adapter().dump_json(state).decode()


def load_state(text: str) -> GroupState | None:
    """Return the state that was written down; None where the text is none of this version's making: follow anew."""
    try:
        return _get_adapter().validate_json(text)
    except ValidationError:
        return None


@cache
def _get_adapter() -> TypeAdapter[GroupState]:
    return TypeAdapter(GroupState)
