"""WordPiece: splits words into the pieces of a vocabulary, as BERT's uncased models read them. Opens one file, once."""

from __future__ import annotations

import unicodedata
from pathlib import Path

LONGEST_WORD = 40  # characters; a longer one is unknown
_MOST_WORDS = 50_000  # that are remembered


class WordPieces:
    """Splits a word into pieces of the vocabulary, lower-cased and without accents."""

    def __init__(self, path: Path) -> None:
        self.ids = {line.rstrip("\n"): index for index, line in enumerate(path.open(encoding="utf-8"))}
        self.unknown, self.first, self.last = (self.ids[name] for name in ("[UNK]", "[CLS]", "[SEP]"))
        self._cache: dict[str, tuple[int, ...]] = {}

    def split(self, word: str) -> tuple[int, ...]:
        """Return the ids of the word's pieces; punctuation inside the word is a piece of its own."""
        if word not in self._cache:
            if len(self._cache) == _MOST_WORDS:
                self._cache.clear()
            plain = unicodedata.normalize("NFD", word.lower())
            plain = "".join(char for char in plain if unicodedata.category(char) != "Mn")
            spaced = "".join(char if char.isalnum() else f" {char} " for char in plain)
            self._cache[word] = tuple(piece for part in spaced.split() for piece in self._match(part))
        return self._cache[word] or (self.unknown,)

    def _match(self, part: str) -> list[int]:
        pieces: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            ends = range(len(part), start, -1) if len(part) <= LONGEST_WORD else range(0)
            end = next((end for end in ends if prefix + part[start:end] in self.ids), 0)
            if not end:
                return [self.unknown]
            pieces.append(self.ids[prefix + part[start:end]])
            start = end
        return pieces
