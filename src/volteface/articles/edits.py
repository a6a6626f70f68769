"""What became of attributed spans from one version of an article to a later one: kept, moved, altered, taken out.

A span is a statement's evidence, or a quotation. Only words decide: another reading of the same words is no edit, so
nothing here asks a model again. Does not follow a speaker who is named in another sentence than the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from volteface.articles.alignment import Alignment, Place, WordedText, align_texts, find_place, read_words
from volteface.articles.boundaries import extend_place, find_slice
from volteface.articles.rewording import NO_REWORDING, Rewording, compare_words
from volteface.models import EditKind

MIN_QUOTED_WORDS = 4  # of a quotation that nobody's statement covers; fewer are a name or a distancing mark
MIN_KEPT = 0.3  # of a text's words; with less it is another text, from which nothing was edited away
FINDINGS = frozenset({EditKind.ALTERED, EditKind.ATTRIBUTION_CHANGED, EditKind.REMOVED})
"""What an analyst is told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributedSpan:
    """Words with a speaker at ``text[start:end]``. ``is_direct``: what stands outside quotation marks is the outlet's."""

    start: int
    end: int
    is_direct: bool = False
    statement_id: str | None = None
    actor_id: str | None = None
    issue_id: str | None = None
    speaker_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanEdit:
    """What became of a span. ``span`` is of the earlier text, or, for what was added, of the later one.

    ``after_start`` and ``after_end`` are characters of the later text, None where the words are gone.
    """

    kind: EditKind
    span: AttributedSpan
    after_start: int | None
    after_end: int | None
    rewording: Rewording = NO_REWORDING
    after_span: AttributedSpan | None = None  # whose the same words are now


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of every span, and whether most of the text is another one."""

    edits: tuple[SpanEdit, ...]
    is_rewrite: bool

    def count(self, kind: EditKind) -> int:
        """Return how many spans became so."""
        return Counter(edit.kind for edit in self.edits)[kind]

    def find_findings(self) -> tuple[SpanEdit, ...]:
        """Return the edits that an analyst is told of. What is gone from a rewritten text was not edited away."""
        quiet = {EditKind.REMOVED} if self.is_rewrite else set()
        return tuple(edit for edit in self.edits if edit.kind in FINDINGS - quiet)


def compare_texts(
    before: str, after: str, before_spans: Sequence[AttributedSpan], after_spans: Sequence[AttributedSpan]
) -> Comparison:
    """Return what became of the earlier text's spans and its quotations, and the later one's that are new.

    A quotation is told of by itself only where no statement's evidence tells the same.
    """
    alignment = align_texts(read_words(before), read_words(after))
    told = [edit for span in before_spans for edit in _follow(alignment, span, after_spans)]
    known = {place for edit in told if edit.kind in FINDINGS for place in edit.rewording.places}
    quoted = [edit for span in _list_quotations(alignment.before) for edit in _follow(alignment, span, after_spans)]
    told += [edit for edit in quoted if not (edit.kind in FINDINGS and set(edit.rewording.places) <= known)]
    told += _find_added(alignment, told, after_spans)
    return Comparison(tuple(told), alignment.kept_share < MIN_KEPT)


def compare_titles(
    before: str, after: str, before_spans: Sequence[AttributedSpan], after_spans: Sequence[AttributedSpan]
) -> Comparison:
    """Return what became of the spans of a headline. Headlines are rewritten all the time: only an edited word counts."""
    alignment = align_texts(read_words(before), read_words(after))
    told = [edit for span in before_spans for edit in _follow(alignment, span, after_spans, min_similar=0.75)]
    return Comparison(tuple(edit for edit in told if edit.kind is not EditKind.REMOVED), is_rewrite=False)


def _list_quotations(text: WordedText) -> Iterator[AttributedSpan]:
    for start, end in text.quoted:
        if end - start >= MIN_QUOTED_WORDS:
            yield AttributedSpan(start=text.words[start].start, end=text.words[end - 1].end, is_direct=True)


def _follow(
    alignment: Alignment, span: AttributedSpan, after_spans: Sequence[AttributedSpan], *, min_similar: float = 0.5
) -> Iterator[SpanEdit]:
    """Yield what became of a span: one edit, and another one where its speaker was changed too."""
    start, end = alignment.before.find_words(span.start, span.end)
    if start == end:  # marks alone
        return
    place = find_place(alignment, start, end, min_similar=min_similar)
    if place is None:
        places = tuple(word.start for word in alignment.before.words[start:end])
        gone = Rewording(places=places, is_quoted=alignment.before.find_quotation(start) is not None)
        yield SpanEdit(kind=EditKind.REMOVED, span=span, after_start=None, after_end=None, rewording=gone)
        return
    if not place.is_whole:
        place = extend_place(alignment, start, end, place)
    yield from _judge(alignment, span, (start, end), place, after_spans)


def _judge(
    alignment: Alignment,
    span: AttributedSpan,
    words: tuple[int, int],
    place: Place,
    after_spans: Sequence[AttributedSpan],
) -> Iterator[SpanEdit]:
    rewording, swap = compare_words(
        alignment, words, place, speaker=_find_speaker(alignment, span), is_direct=span.is_direct
    )
    start, end = find_slice(alignment, (span.start, span.end), words, place)
    kind = _choose_kind(alignment, span, place, (start, end), rewording)
    yield SpanEdit(kind=kind, span=span, after_start=start, after_end=end, rewording=rewording)
    holders = [one for one in after_spans if _is_same_place(one, start, end) and one.issue_id == span.issue_id]
    is_same = any(one.actor_id == span.actor_id for one in holders)
    if swap.places and not (span.actor_id and is_same):
        other = holders[0] if holders and span.actor_id else None
        changed = EditKind.ATTRIBUTION_CHANGED
        yield SpanEdit(kind=changed, span=span, after_start=start, after_end=end, rewording=swap, after_span=other)


def _choose_kind(
    alignment: Alignment, span: AttributedSpan, place: Place, after_slice: tuple[int, int], rewording: Rewording
) -> EditKind:
    if rewording.word_class is not None:
        return EditKind.ALTERED
    old = alignment.before.text[span.start : span.end]
    new = alignment.after.text[slice(*after_slice)]
    if old.split() != new.split():
        return EditKind.TYPOGRAPHIC
    return EditKind.MOVED if place.is_moved else EditKind.UNCHANGED


def _find_speaker(alignment: Alignment, span: AttributedSpan) -> tuple[int, int]:
    """Return the words that name the speaker in a span, as a range; an empty one where they stand elsewhere."""
    words = span.speaker_text or ""
    at = alignment.before.text.find(words, span.start, span.end) if words else -1
    return alignment.before.find_words(at, at + len(words)) if at >= 0 else (0, 0)


def _is_same_place(span: AttributedSpan, start: int, end: int) -> bool:
    shared = min(span.end, end) - max(span.start, start)
    return 2 * shared >= min(span.end - span.start, end - start) > 0


def _find_added(
    alignment: Alignment, told: Iterable[SpanEdit], after_spans: Sequence[AttributedSpan]
) -> list[SpanEdit]:
    """Return the later text's spans of which no word stood in the earlier one's."""
    taken = [(edit.after_start, edit.after_end) for edit in told if edit.after_start is not None]
    kept = set(alignment.partners.values())
    added = []
    for span in [*after_spans, *_list_quotations(alignment.after)]:
        start, end = alignment.after.find_words(span.start, span.end)
        is_new = any(alignment.after.sentence_of[n] not in kept for n in range(start, end))
        if is_new and not any(span.start < (b or 0) and (a or 0) < span.end for a, b in taken):
            added.append(SpanEdit(kind=EditKind.ADDED, span=span, after_start=span.start, after_end=span.end))
    return added
