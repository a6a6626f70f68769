"""boilerplate.yml beside this module: lines of a page that are no part of its article, whoever publishes it.

It comes with the program and not with a topic's config/: clocks, counters and link lists are the web's, not a topic's.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from volteface.config.files import read_document
from volteface.config.model import ConfigModel, Id, Text
from volteface.errors import ConfigError

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?"
_UNIT = r"(?:s|sec|second|m|min|minute|h|hr|hour|d|day|w|week|mo|month|y|yr|year)s?"
PLACEHOLDERS = {
    "date": (
        rf"(?:(?:{_DAY},? )?(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
        r"|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}))"
    ),
    "time": r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})? ?(?:[ap]\.?m\.?)?(?: ?\(?(?:[a-z]{2,4}|[+-]\d{2}:?\d{2})\)?)?)",
    "ago": rf"(?:just now|moments ago|(?:an?|\d+) ?{_UNIT}(?: ago)(?:,? {_MONTH} \d{{1,2}})?)",
    "count": r"\d[\d.,]* ?[km]?",
}
"""What a pattern may name in braces, as regular expressions in lower case."""


def expand_pattern(pattern: str) -> str:
    """Return a rule's pattern as a regular expression. Raises ValueError where it is none."""
    for name, meaning in PLACEHOLDERS.items():
        pattern = pattern.replace(f"{{{name}}}", meaning)
    try:
        re.compile(pattern)
    except re.error as error:
        message = f"{pattern!r} is no regular expression: {error}"
        raise ValueError(message) from error
    return pattern


def _check_pattern(value: str) -> str:
    expand_pattern(value)
    return value


class BoilerplateExamples(ConfigModel):
    """A rule's tests: lines that it takes, and lines that it must leave."""

    hits: tuple[Text, ...] = Field(min_length=1)
    misses: tuple[Text, ...] = Field(min_length=1)


class BoilerplateRule(ConfigModel):
    """One kind of line that is no part of an article. ``heads_list``: the titles that follow it are none either."""

    id: Id
    pattern: Annotated[str, StringConstraints(min_length=1), AfterValidator(_check_pattern)]
    heads_list: bool = False
    examples: BoilerplateExamples


class BoilerplateRules(ConfigModel):
    """The whole of boilerplate.yml."""

    rules: tuple[BoilerplateRule, ...] = Field(min_length=1)


@cache
def load_boilerplate() -> tuple[BoilerplateRule, ...]:
    """Return the rules that come with the program. Raises ConfigError where the file was broken."""
    name = "boilerplate"
    body = files("volteface.config").joinpath(f"{name}.yml").read_bytes()
    try:
        return BoilerplateRules.model_validate(read_document(name, body)).rules
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigError(Path("config") / f"{name}.yml", key, first["msg"]) from error
