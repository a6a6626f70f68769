"""Find the words of one version of a text again in a later one: sentences that stayed anchor those that did not.

Source of the method: sentences are matched as `difflib` matches lines; a passage that is not found word for word is
placed by the cheapest alignment of all of it with a part of the other text (Sellers 1980, "The theory and computation
of evolutionary distances"), where an inserted word costs less than a lost one, since a tag may come to stand in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from volteface.articles.quotations import find_quoted
from volteface.articles.words import Word, split_words

MIN_MOVED_WORDS = 4  # of a passage found word for word elsewhere: fewer may be anybody's
MIN_REST_WORDS = 6  # of a passage that was cut to less than half
MIN_END_WORDS = 4  # of one whose beginning or end is left
MIN_SIMILAR = 0.5  # of a passage between the anchors of its surroundings
MIN_SIMILAR_MOVED = 0.7  # of one anywhere else
MAX_WINDOW = 400  # words; a larger stretch is narrowed to its most similar sentences first
_INSERTED = 0.4  # the cost of a word that came in; one that went, or was put for another, costs 1
_SENTENCE_END = re.compile(r"\n|[.!?…][\"'”’)\]]*\s")


@dataclass(frozen=True, slots=True)
class WordedText:
    """A text as words, sentences (ranges of words) and which words stand in quotation marks."""

    text: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    sentence_of: tuple[int, ...]  # of each word
    quoted: tuple[tuple[int, int], ...]  # ranges of words

    def find_words(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the words that begin in ``text[start:end]``."""
        starts = [word.start for word in self.words]
        return bisect_left(starts, start), bisect_left(starts, end)

    def find_quotation(self, word: int) -> tuple[int, int] | None:
        """Return the quotation that a word stands in, as a range of words."""
        return next((one for one in self.quoted if one[0] <= word < one[1]), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in the later text, as a range of its words. ``is_whole``: in sentences that stayed as they were."""

    start: int
    end: int
    is_moved: bool = False
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two versions of a text; ``partners`` tells which sentence of the later one is the same as one of the earlier."""

    before: WordedText
    after: WordedText
    partners: dict[int, int]

    @property
    def kept_share(self) -> float:
        """Return the share of the earlier text's words that stand in sentences that stayed as they were."""
        kept = sum(end - start for number in self.partners for start, end in [self.before.sentences[number]])
        return kept / len(self.before.words) if self.before.words else 1.0


def read_words(text: str) -> WordedText:
    """Return a text's words, sentences and quotations."""
    words = split_words(text)
    starts = [word.start for word in words]
    openings = [0] if words else []
    openings += [n for n in range(1, len(words)) if _SENTENCE_END.search(text, words[n - 1].end, words[n].start)]
    sentences = tuple(pairwise([*openings, len(words)]))
    quoted = ((bisect_left(starts, start), bisect_left(starts, end)) for start, end in find_quoted(text))
    return WordedText(
        text=text,
        words=words,
        keys=tuple(word.key for word in words),
        sentences=sentences,
        sentence_of=tuple(number for number, (start, end) in enumerate(sentences) for _ in range(start, end)),
        quoted=tuple(one for one in quoted if one[0] < one[1]),
    )


def align_texts(before: WordedText, after: WordedText) -> Alignment:
    """Match the sentences that are word for word the same, in order."""
    old, new = ([one.keys[start:end] for start, end in one.sentences] for one in (before, after))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return Alignment(before, after, {a + n: b + n for a, b, size in blocks for n in range(size)})


def find_place(alignment: Alignment, start: int, end: int, *, min_similar: float = MIN_SIMILAR) -> Place | None:
    """Return where the words ``start`` to ``end`` of the earlier text stand in the later one, or None: they are gone."""
    keys = alignment.before.keys[start:end]
    if kept := _follow_sentences(alignment, start, end):
        return kept
    window, after = _find_window(alignment, start, end), alignment.after
    if found := _find_run(keys, after.keys, *window):
        return Place(*found)
    elsewhere = [one for one in _list_free(alignment) if one[1] <= window[0] or one[0] >= window[1]]
    is_long = len(keys) >= MIN_MOVED_WORDS
    if is_long and (moved := [one for place in elsewhere if (one := _find_run(keys, after.keys, *place))]):
        return Place(*moved[0], is_moved=True)
    if near := _fit_best(after, keys, [window], min_similar) or _find_rest(keys, after.keys, *window):
        return Place(*near)
    if is_long and (far := _fit_best(after, keys, elsewhere, max(min_similar, MIN_SIMILAR_MOVED))):
        return Place(*far, is_moved=True)
    copy = _find_run(keys, after.keys, 0, len(after.keys)) if is_long else None  # it stood twice, and does once
    return Place(*copy, is_moved=True) if copy else None


def _follow_sentences(alignment: Alignment, start: int, end: int) -> Place | None:
    """Return the place of words whose sentences all stayed, one after another."""
    before = alignment.before
    first, last = before.sentence_of[start], before.sentence_of[end - 1]
    target = alignment.partners.get(first)
    if target is None or any(alignment.partners.get(first + n) != target + n for n in range(last - first + 1)):
        return None
    begin = alignment.after.sentences[target][0] + start - before.sentences[first][0]
    return Place(begin, begin + end - start, is_whole=True)


def _find_window(alignment: Alignment, start: int, end: int) -> tuple[int, int]:
    """Return the words of the later text between the sentences that stayed before and after a passage."""
    before, after = alignment.before, alignment.after
    first, last = before.sentence_of[start], before.sentence_of[end - 1]
    earlier = [alignment.partners[n] for n in range(first - 1, -1, -1) if n in alignment.partners][:1]
    later = [alignment.partners[n] for n in range(last + 1, len(before.sentences)) if n in alignment.partners][:1]
    low = after.sentences[earlier[0]][1] if earlier else 0
    high = after.sentences[later[0]][0] if later else len(after.words)
    return low, high


def _list_free(alignment: Alignment) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the later text that have no partner in the earlier one."""
    taken = sorted(alignment.after.sentences[number] for number in alignment.partners.values())
    low = 0
    for start, end in [*taken, (len(alignment.after.words), 0)]:
        if low < start:
            yield low, start
        low = end


def _find_run(keys: Sequence[str], others: Sequence[str], low: int, high: int) -> tuple[int, int] | None:
    size = len(keys)
    for start in range(low, high - size + 1):
        if others[start] == keys[0] and others[start : start + size] == keys:
            return start, start + size
    return None


def _find_rest(keys: Sequence[str], others: Sequence[str], low: int, high: int) -> tuple[int, int] | None:
    """Return the longest run of a passage that is left, where it is long enough to be of no other one."""
    matcher = SequenceMatcher(None, keys, others[low:high], autojunk=False)
    own, start, size = matcher.find_longest_match(0, len(keys), 0, high - low)
    is_one_end = own == 0 or own + size == len(keys)
    return (low + start, low + start + size) if size >= (MIN_END_WORDS if is_one_end else MIN_REST_WORDS) else None


def _fit_best(
    after: WordedText, keys: Sequence[str], windows: Sequence[tuple[int, int]], min_similar: float
) -> tuple[int, int] | None:
    """Return the place in one of the windows that the words fit best, where they fit well enough."""
    best: tuple[float, tuple[int, int]] | None = None
    for low, high in windows:
        if high - low > MAX_WINDOW:
            low, high = _narrow(after, keys, low, high)  # noqa: PLW2901 -- the window that is looked at
        start, end, cost = _fit(keys, after.keys[low:high])
        if end > start and (best is None or cost < best[0]):
            best = cost, (low + start, low + end)
    if best is None or 1 - best[0] / len(keys) < min_similar:
        return None
    return _trim(after, keys, *best[1])


def _narrow(after: WordedText, keys: Sequence[str], low: int, high: int) -> tuple[int, int]:
    """Return the stretch of a window around the sentence that shares most words with the passage."""
    wanted = set(keys)
    numbers = range(after.sentence_of[low], after.sentence_of[high - 1] + 1)
    shared = {n: len(wanted & set(after.keys[slice(*after.sentences[n])])) for n in numbers}
    best = max(numbers, key=lambda n: (shared[n], -n))
    margin = len(keys) + MAX_WINDOW // 4
    start, end = after.sentences[best]
    return max(low, start - margin), min(high, end + margin)


def _fit(keys: Sequence[str], others: Sequence[str]) -> tuple[int, int, float]:
    """Return the part of ``others`` that all of ``keys`` is aligned with at the least cost: start, end, cost."""
    costs = [0.0] * (len(others) + 1)
    starts = list(range(len(others) + 1))
    for number, key in enumerate(keys, start=1):
        row, froms = [float(number)], [0]
        for place, other in enumerate(others, start=1):
            same = costs[place - 1] + (0.0 if key == other else 1.0)
            lost = costs[place] + 1.0
            come = row[place - 1] + _INSERTED
            least = min(same, lost, come)
            row.append(least)
            froms.append(starts[place - 1] if least == same else starts[place] if least == lost else froms[place - 1])
        costs, starts = row, froms
    end = min(range(len(costs)), key=lambda place: (costs[place], -place))
    return starts[end], end, costs[end]


def _trim(after: WordedText, keys: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return a place without a first or last word that is of another sentence and only stands for a lost one."""
    sentence_of = after.sentence_of
    while end - start > 1 and sentence_of[end - 1] != sentence_of[end - 2] and after.keys[end - 1] != keys[-1]:
        end -= 1
    while end - start > 1 and sentence_of[start] != sentence_of[start + 1] and after.keys[start] != keys[0]:
        start += 1
    return start, end
