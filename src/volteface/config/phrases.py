"""The notation for wording in the configuration: braces stand for alternatives, as in a shell: ``call{,s,ed} for``.

`` ... `` stands for up to eight words of any kind.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

GAP = " ... "
_BRACES = re.compile(r"\{([^{}]*)\}")


def split_phrase(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Return a phrase as a row of choices: ``call{,s} for`` is ``("call",), ("", "s"), (" for",)``.

    Braces do not nest. Raises ValueError for a brace without its partner.
    """
    parts = _BRACES.split(phrase)
    if any("{" in part or "}" in part for part in parts):
        message = f"{phrase!r}: a brace without its partner"
        raise ValueError(message)
    return tuple(tuple(part.split(",")) if number % 2 else (part,) for number, part in enumerate(parts))


def _check_phrase(value: str) -> str:
    if value != value.lower():
        message = f"{value!r}: wording is matched in lower case and written so"
        raise ValueError(message)
    for part in value.split(GAP):
        if not any(choice.strip() for choices in split_phrase(part) for choice in choices):
            message = f"{value!r} stands for no words"
            raise ValueError(message)
    return value


Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_check_phrase)]
