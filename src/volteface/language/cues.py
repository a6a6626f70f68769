"""Find reporting cues ("said", "called for", "according to") in a Doc, by the rows of config/cues.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from volteface.config.cues import Cue


@dataclass(frozen=True, slots=True)
class CueHit:
    """One form of one cue in the text.

    ``is_noun_form``: it is as often a noun; ``is_participle``: an -ing form, whose subject stands elsewhere.
    """

    start: int
    end: int
    cue: Cue
    is_noun_form: bool
    is_participle: bool


class CueTable:
    """All forms of all cues, by first word; the longest form wins."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Cue, bool]]] = {}
        for cue in cues:
            for form in cue.forms:
                words = tuple(form.split())
                entry = (words, cue, form in cue.noun_forms)
                self._by_first.setdefault(words[0], []).append(entry)
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, lowers: Sequence[str]) -> Iterator[CueHit]:
        """Yield the cues in text order, without overlaps. ``lowers``: the tokens in lower case."""
        index = 0
        while index < len(lowers):
            hit = self.match(lowers, index)
            if hit:
                yield hit
            index = hit.end if hit else index + 1

    def match(self, lowers: Sequence[str], index: int) -> CueHit | None:
        """Return the longest cue that begins at a token, or None."""
        for words, cue, is_noun_form in self._by_first.get(lowers[index], ()):
            end = index + len(words)
            if tuple(lowers[index:end]) == words:
                return CueHit(index, end, cue, is_noun_form, words[0].endswith("ing"))
        return None
