"""In which words two versions of one passage differ, and whether another speaker was put in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from volteface.articles.alignment import Alignment, Place, WordedText
from volteface.articles.words import classify_change, is_name
from volteface.models import WordClass

CONTEXT_WORDS = 4  # shown on each side of a change
_PLACE_WORDS = frozenset(
    ["in", "at", "to", "from", "near", "on", "into", "of", "for", "with", "against", "by", "about", "over", "than"]
)


@dataclass(frozen=True, slots=True)
class Rewording:
    """How a passage was reworded. ``places`` are characters of the earlier text; empty where nothing differs."""

    word_class: WordClass | None = None
    is_quoted: bool = False
    places: tuple[int, ...] = ()
    word_diff: str = ""


NO_REWORDING = Rewording()


@dataclass(frozen=True, slots=True)
class _Change:
    """One stretch that differs, as ranges of words; ``word_class`` None: only set in another way, or the outlet's own."""

    old: tuple[int, int]
    new: tuple[int, int]
    word_class: WordClass | None
    is_quoted: bool


def compare_words(
    alignment: Alignment, words: tuple[int, int], place: Place, *, speaker: tuple[int, int], is_direct: bool
) -> tuple[Rewording, Rewording]:
    """Return how the words differ, and how those that name the speaker do: one name put for another.

    ``speaker`` is the range of words that name the speaker; where the words are a direct quotation, all of its
    sentence outside the marks is looked at. A speaker that is named otherwise ("Mr X" for "X") is no difference.
    """
    target = (place.start, place.end)
    changes = list(_find_changes(alignment, words, target))
    if is_direct:
        around = _widen(alignment.before, words), _widen(alignment.after, target)
        swaps = [one for one in _find_changes(alignment, *around) if not one.is_quoted and _is_swap(alignment, one)]
        counted = [one for one in changes if one.is_quoted and one.word_class]
    else:
        swaps = [one for one in changes if _overlap(one.old, speaker) and _is_swap(alignment, one)]
        counted = [one for one in changes if one.word_class and not _overlap(one.old, speaker)]
        around = words, target
    return _sum_up(alignment, target, counted), _sum_up(alignment, around[1], swaps)


def _find_changes(alignment: Alignment, words: tuple[int, int], target: tuple[int, int]) -> Iterator[_Change]:
    before, after = alignment.before, alignment.after
    old_keys, new_keys = before.keys[slice(*words)], after.keys[slice(*target)]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        old, new = (words[0] + i1, words[0] + i2), (target[0] + j1, target[0] + j2)
        if tag == "equal" or _is_tag(before, old, new) or _is_tag(after, new, old):
            continue
        is_quoted = any(before.find_quotation(n) for n in range(*old)) or any(
            after.find_quotation(n) for n in range(*new)
        )
        found = classify_change(before.words[slice(*old)], after.words[slice(*new)], is_quoted=is_quoted)
        yield _Change(old, new, found, is_quoted)


def _is_tag(text: WordedText, own: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether words that only this version has are a tag between two quotations: “...,” he said, “...”."""
    start, end = own
    if other[0] != other[1] or start in (end, 0) or end >= len(text.words):
        return False
    while start > 1 and text.find_quotation(end - 1) and text.keys[start - 1] == text.keys[end - 1]:
        start, end = start - 1, end - 1  # the same difference, told one word earlier
    inside = any(text.find_quotation(n) for n in range(start, end))
    return not inside and bool(text.find_quotation(start - 1)) and bool(text.find_quotation(end))


def _widen(text: WordedText, words: tuple[int, int]) -> tuple[int, int]:
    first, last = text.sentence_of[words[0]], text.sentence_of[words[1] - 1]
    return text.sentences[first][0], text.sentences[last][1]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_swap(alignment: Alignment, change: _Change) -> bool:
    """Tell whether a change puts one name for another one, and not a longer or shorter form of it, or a place."""
    if change.old[0] == change.old[1] or change.new[0] == change.new[1]:
        return False
    old, new = _read_names(alignment.before, change.old), _read_names(alignment.after, change.new)
    return bool(old) and bool(new) and not old & new


def _read_names(text: WordedText, words: tuple[int, int]) -> set[str]:
    """Return the names in a stretch and behind it ("Ann" is "Ann Example"); none that a place's preposition leads."""
    start, end = words
    sentence = text.sentence_of[start]
    while end < len(text.words) and text.words[end].is_capitalised and text.sentence_of[end] == sentence:
        end += 1
    if start > 0 and text.keys[start - 1] in _PLACE_WORDS and text.words[start].is_capitalised:
        return set()
    return {word.key for word in text.words[start:end] if is_name(word)}


def _sum_up(alignment: Alignment, target: tuple[int, int], changes: Sequence[_Change]) -> Rewording:
    if not changes:
        return NO_REWORDING
    order = list(WordClass)
    classes = [one.word_class for one in changes if one.word_class]
    return Rewording(
        word_class=min(classes, key=order.index) if classes else None,
        is_quoted=any(one.is_quoted for one in changes),
        places=tuple(sorted({place for one in changes for place in _list_places(alignment.before, one.old)})),
        word_diff=" … ".join(_show(alignment, target, one) for one in changes),
    )


def _list_places(text: WordedText, words: tuple[int, int]) -> list[int]:
    """Return where the words begin; for words that came in, where the next one did, or the text ended."""
    start, end = words
    if start < end:
        return [word.start for word in text.words[start:end]]
    return [text.words[start].start if start < len(text.words) else len(text.text)]


def _show(alignment: Alignment, target: tuple[int, int], change: _Change) -> str:
    """Return a change as wdiff writes it, with some words before and after it as they stand in the later text."""
    before, after = alignment.before, alignment.after
    parts = [
        _slice(after, max(target[0], change.new[0] - CONTEXT_WORDS), change.new[0]),
        f"[-{_slice(before, *change.old)}-]" if change.old[0] < change.old[1] else "",
        f"{{+{_slice(after, *change.new)}+}}" if change.new[0] < change.new[1] else "",
        _slice(after, change.new[1], min(target[1], change.new[1] + CONTEXT_WORDS)),
    ]
    return " ".join(" ".join(part for part in parts if part).split())


def _slice(text: WordedText, start: int, end: int) -> str:
    return text.text[text.words[start].start : text.words[end - 1].end] if start < end else ""
