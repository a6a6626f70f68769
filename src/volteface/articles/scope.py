"""Which entries are read at all: config/scope.yml as a compiled matcher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from volteface.config.scope import Scope

_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class _Terms:
    """A group of terms: a cheap test for each (is it in there at all?) before the one pattern with word bounds."""

    needles: tuple[str, ...]
    pattern: re.Pattern[str] | None

    def find(self, text: str) -> list[str]:
        """Return the different terms that stand in the folded text, in the text's order; the longest wins a place."""
        if self.pattern is None or not any(needle in text for needle in self.needles):
            return []
        return list(dict.fromkeys(match[0] for match in self.pattern.finditer(text)))


@dataclass(frozen=True, slots=True)
class ScopeMatcher:
    """Tells whether an entry is in scope. Built once, used for every entry."""

    terms: _Terms
    paired_terms: _Terms
    companions: _Terms
    excluded: _Terms
    names: dict[str, str]

    def match(self, title: str, summary: str) -> str | None:
        """Return the term that brings an entry into scope, as configured, or "a + b" for a pair; None if out of scope.

        Whole words in any case; an apostrophe may be straight or curly and a space any white space. Does not stem:
        "hostage" does not find "hostages".
        """
        text = _fold(f"{title}\n{summary}")
        found = self.terms.find(text)[:1] or self._find_pair(text)
        if not found or self.excluded.find(text):
            return None
        return " + ".join(self.names[term] for term in found)

    def _find_pair(self, text: str) -> list[str]:
        pair = [*self.paired_terms.find(text)[:1], *self.companions.find(text)[:1]]
        return pair if len(pair) == 2 else []  # noqa: PLR2004 -- a pair


def build_scope(scope: Scope) -> ScopeMatcher:
    """Return the matcher of a scope."""
    everything = (*scope.terms, *scope.paired_terms, *scope.companions)
    return ScopeMatcher(
        terms=_compile(scope.terms),
        paired_terms=_compile(scope.paired_terms),
        companions=_compile(scope.companions),
        excluded=_compile(scope.excluded),
        names={_fold(term): term for term in everything},
    )


def _compile(terms: Sequence[str]) -> _Terms:
    needles = sorted({_fold(term) for term in terms}, key=lambda term: (-len(term), term))
    if not needles:
        return _Terms((), None)
    inner = "|".join(re.escape(needle) for needle in needles)
    return _Terms(tuple(needles), re.compile(rf"(?<!\w)(?:{inner})(?!\w)"))


def _fold(text: str) -> str:
    return _SPACE.sub(" ", text.translate(_QUOTES).casefold())
