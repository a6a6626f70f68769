"""A Doc laid out for the rules: words, sentences, paragraphs and quotations as plain lists.

spaCy's token attributes are slow to ask for one at a time; the rules ask often. Built once per component.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc

from volteface.language.annotations import Interval
from volteface.language.columns import read_numbers, read_strings
from volteface.language.quotes import Quotation, find_quotations


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything indexed by token. ``quote_of`` is the number of the quotation a token is in, or -1.

    ``is_tagged`` and ``is_parsed`` tell whether a trained model has been here; the rules need neither.
    """

    doc: Doc
    texts: list[str]
    lowers: list[str]
    spaces: list[bool]
    sentences: list[Interval]
    sentence_of: list[int]
    paragraphs: list[Interval]
    paragraph_of: list[int]
    quotations: tuple[Quotation, ...]
    quote_of: list[int]
    lower_case_words: frozenset[str]
    is_tagged: bool
    is_parsed: bool

    def text(self, start: int, end: int) -> str:
        """Return the words of an interval as they stand in the Doc."""
        return str(self.doc[start:end].text)


def lay_out(doc: Doc) -> Layout:
    """Lay a Doc out. It must have sentence starts."""
    texts = read_strings(doc, "ORTH")
    spaces = [bool(space) for space in read_numbers(doc, "SPACY")]
    sentences = [(sent.start, sent.end) for sent in doc.sents]
    sentence_of = _number(sentences, len(texts))
    paragraphs = _find_paragraphs(texts, sentences)
    ends = [sentences[number][1] for number in sentence_of]
    quotations = find_quotations(texts, spaces, paragraphs, ends)
    quote_of = [-1] * len(texts)
    for number, quotation in enumerate(quotations):
        quote_of[quotation.start : quotation.end] = [number] * (quotation.end - quotation.start)
    return Layout(
        doc=doc,
        texts=texts,
        lowers=["w.h.o." if text == "WHO" else text.lower().replace("’", "'") for text in texts],  # no "who"
        spaces=spaces,
        sentences=sentences,
        sentence_of=sentence_of,
        paragraphs=paragraphs,
        paragraph_of=_number(paragraphs, len(texts)),
        quotations=quotations,
        quote_of=quote_of,
        lower_case_words=frozenset(text for text in texts if text.islower()),
        is_tagged=bool(doc.has_annotation("POS")),
        is_parsed=bool(doc.has_annotation("DEP")),
    )


def _find_paragraphs(texts: list[str], sentences: list[Interval]) -> list[Interval]:
    """A paragraph is a run of sentences up to a line break before a sentence. Its own line break is no part of it."""
    bounds: list[int] = []
    for start, _ in sentences:
        before = start - 1
        if start == 0 or (texts[before].isspace() and "\n" in texts[before]):
            bounds.append(start)
    edges = [*bounds, len(texts)]
    return [(start, _strip_end(texts, start, end)) for start, end in pairwise(edges)]


def _strip_end(texts: list[str], start: int, end: int) -> int:
    while end > start + 1 and texts[end - 1].isspace():
        end -= 1
    return end


def _number(intervals: list[Interval], length: int) -> list[int]:
    numbers = [0] * length
    for number, (start, _) in enumerate(intervals):
        end = intervals[number + 1][0] if number + 1 < len(intervals) else length
        numbers[start:end] = [number] * (end - start)
    return numbers
