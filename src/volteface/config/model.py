"""The base of every configuration model: frozen, and an unknown key is an error."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


class ConfigModel(BaseModel):
    """Frozen; refuses keys it does not know; strips nothing and guesses nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


def _check_id(value: str) -> str:
    if not _ID.fullmatch(value):
        message = f"{value!r} is not an id: lower-case letters, digits, '-' and '_', at most 63"
        raise ValueError(message)
    return value


Id = Annotated[str, AfterValidator(_check_id)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
