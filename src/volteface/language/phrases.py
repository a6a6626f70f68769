"""Find many phrases in a text at once, by the tokens' normal forms: case, curly quotes and "n't" make no difference.

Pure: builds a tree of words once, then walks it. What a phrase means is its key; keys are the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from spacy.tokens import Doc, Span

from volteface.config.phrases import GAP, split_phrase
from volteface.language.columns import read_strings

Key = TypeVar("Key")
Tokenize = Callable[[str], Doc]

MAX_GAP = 8
DASH = "\u2013"
_DASHES = frozenset({DASH, "\u2014", "--", "---"})
_KEPT = {"did": "did"}  # "didn't" is "did not", where the tokenizer's norm is "do not"
_QUOTES = frozenset({'"', "'"})
_MAX_CROSSED = 4  # marks and spaces in a row that a phrase reaches across; more are no wording
_ANY = "\x00"  # no token's form


class _State(Generic[Key]):
    """A place inside phrases: which words lead on from here, and which phrases are complete."""

    __slots__ = ("keys", "onward")

    def __init__(self) -> None:
        self.onward: dict[str, list[_State[Key]]] = {}
        self.keys: list[Key] = []


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """One phrase at ``start:end`` (token indices, end exclusive)."""

    start: int
    end: int
    key: Key


def norm_words(tokens: Doc | Span) -> list[str]:
    """Return the tokens' normal forms in lower case (a curly quote is a straight one, "n't" is "not", "Oct." is "october").

    A dash between words stays a dash; only the hyphen inside a word is "-".
    """
    if isinstance(tokens, Span):
        forms = [(token.text, token.lower_, token.norm_) for token in tokens]
    else:
        forms = list(zip(*(read_strings(tokens, name) for name in ("ORTH", "LOWER", "NORM")), strict=True))
    return [DASH if text in _DASHES else _KEPT.get(lower, norm.lower()) for text, lower, norm in forms]


class PhraseTable(Generic[Key]):
    """Phrases with their keys, ready to be found: a small automaton, so that alternatives cost nothing to hold.

    Quotation marks and doubled spaces inside a phrase make no difference: "no justification" for it. Phrases are in the notation of ``config.phrases``; `` ... `` inside one stands for up to ``MAX_GAP`` tokens of any
    kind. ``tokenize`` must be the pipeline's own tokenizer.
    """

    def __init__(self, tokenize: Tokenize, entries: Iterable[tuple[str, Key]]) -> None:
        self._tokenize = tokenize
        self._words: dict[str, tuple[str, ...]] = {}
        self._root: _State[Key] = _State()
        for phrase, key in entries:
            self._add(phrase, key)

    def find(self, words: Sequence[str], start: int = 0, end: int | None = None) -> Iterator[Match[Key]]:
        """Yield every match inside ``words[start:end]``, overlapping ones too, by start and then length."""
        stop = len(words) if end is None else end
        root = self._root.onward
        for first in range(start, stop):
            reached = root.get(words[first], [])
            waiting: list[_State[Key]] = []  # before quotation marks that the phrase may reach across
            last, crossed = first + 1, 0
            while reached or waiting:
                found = dict.fromkeys(key for state in reached for key in state.keys)
                for key in found:
                    yield Match(first, last, key)
                if last == stop:
                    break
                word = words[last]
                states = list(dict.fromkeys([*reached, *waiting]))
                crossed = crossed + 1 if word in _QUOTES or word.isspace() else 0
                waiting = states if 0 < crossed <= _MAX_CROSSED else []
                reached = [
                    follower for state in states for way in (word, _ANY) for follower in state.onward.get(way, ())
                ]
                last += 1

    def _add(self, phrase: str, key: Key) -> None:
        """Lay a phrase's parts one after the other, with a gap between each two."""
        front = [self._root]
        for number, part in enumerate(phrase.split(GAP)):
            starts = [state for start in front for state in _open_gap(start)] if number else front
            front = self._add_part(starts, part)
        for state in front:
            if state is not self._root and key not in state.keys:
                state.keys.append(key)

    def _add_part(self, starts: Sequence[_State[Key]], part: str) -> list[_State[Key]]:
        """Lay a part's choices side by side. A pair is a state and the letters of a word begun but not ended."""
        front: list[tuple[_State[Key], str]] = [(state, "") for state in starts]
        for choices in split_phrase(part):
            after: dict[str, _State[Key]] = {}  # one state for all choices that end alike
            moved: dict[tuple[_State[Key], str], None] = {}
            for state, begun in front:
                for choice in choices:
                    *ended, rest = (begun + choice).split(" ")
                    target = self._walk(state, [word for word in ended if word], after, rest)
                    moved[target, rest] = None
            front = list(moved)
        return [self._walk(state, [begun] if begun else [], {}, "") for state, begun in front]

    def _walk(self, state: _State[Key], ended: Sequence[str], after: dict[str, _State[Key]], rest: str) -> _State[Key]:
        """Go on over whole words; the last of them leads to the state that ``after`` keeps for ``rest``."""
        tokens = [token for word in ended for token in self._split(word)]
        for number, token in enumerate(tokens, 1):
            following = after.setdefault(rest, _State()) if number == len(tokens) else _State()
            state.onward.setdefault(token, []).append(following)
            state = following
        return state

    def _split(self, word: str) -> tuple[str, ...]:
        if word not in self._words:
            self._words[word] = tuple(norm_words(self._tokenize(word)))
        return self._words[word]


def _open_gap(state: _State[Key]) -> list[_State[Key]]:
    """Return the states reached from a state over no token, one token ... of any kind."""
    reached = [state]
    for _ in range(MAX_GAP):
        following: _State[Key] = _State()
        reached[-1].onward.setdefault(_ANY, []).append(following)
        reached.append(following)
    return reached


def keep_longest(matches: Iterable[Match[Key]]) -> list[Match[Key]]:
    """Drop every match that overlaps a longer one (or one of the same length that starts earlier); sort by start.

    Matches of the very same interval are all kept: they say different things of the same words.
    """
    kept: list[Match[Key]] = []
    taken: dict[int, tuple[int, int]] = {}
    for match in sorted(matches, key=lambda one: (one.start - one.end, one.start)):
        owners = {taken.get(index) for index in range(match.start, match.end)}
        if owners <= {None} or owners == {(match.start, match.end)}:
            kept.append(match)
            taken.update(dict.fromkeys(range(match.start, match.end), (match.start, match.end)))
    return sorted(kept, key=lambda one: (one.start, one.end))
