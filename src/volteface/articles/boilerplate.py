"""Tell the lines of a page that are no part of its article: clocks, counters, links to others, notices.

Used to decide whether a page changed; nothing is taken out of any text that is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from volteface.config.boilerplate import BoilerplateRule, expand_pattern

MAX_LINE = 400  # characters; a longer line is text
MAX_TITLES = 12  # in one list of links
MAX_TITLE_WORDS = 22
_PARTS = re.compile(r"\s*[|•·]\s*")
_ENDS_SENTENCE = re.compile(r"[.;:,…][\"'”’)\]]*$|[\"”]$")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """The rules, compiled. Built once, used for every page."""

    lines: re.Pattern[str]
    list_heads: re.Pattern[str] | None

    def drop(self, text: str) -> str:
        """Return the lines of a text that are the article's, with boilerplate parts of a line cut from it.

        A list of links is its heading and the lines after it that are titles: short, and no sentence. A sentence is
        never taken for a title, so no edited sentence can hide in a list.
        """
        return "\n".join(self._keep(text))

    def _keep(self, text: str) -> Iterator[str]:
        titles_left = 0
        for raw in text.split("\n"):
            line = _SPACES.sub(" ", raw).strip()
            if not line:
                continue
            if self._heads_list(line):
                titles_left = MAX_TITLES
                continue
            if titles_left and _is_title(line):
                titles_left -= 1
                continue
            titles_left = titles_left if self._is_boilerplate(line) else 0
            if kept := self._cut(line):
                yield kept

    def _cut(self, line: str) -> str:
        """Return a line without those of its parts (between | • ·) that are boilerplate; "" where nothing is left."""
        if len(line) > MAX_LINE:
            return line
        if self._is_boilerplate(line):
            return ""
        return " | ".join(part for part in _PARTS.split(line) if part and not self._is_boilerplate(part))

    def _is_boilerplate(self, line: str) -> bool:
        return len(line) <= MAX_LINE and self.lines.fullmatch(line) is not None

    def _heads_list(self, line: str) -> bool:
        return self.list_heads is not None and len(line) <= MAX_LINE and self.list_heads.fullmatch(line) is not None


def build_boilerplate(rules: Sequence[BoilerplateRule]) -> Boilerplate:
    """Return the matcher of the rules."""
    heads = [rule for rule in rules if rule.heads_list]
    return Boilerplate(_compile(rules), _compile(heads) if heads else None)


def _compile(rules: Sequence[BoilerplateRule]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{expand_pattern(rule.pattern)})" for rule in rules), re.IGNORECASE)


def _is_title(line: str) -> bool:
    return len(line.split()) <= MAX_TITLE_WORDS and _ENDS_SENTENCE.search(line) is None
