"""Read gold articles whose labels stand in their text: the spans in brackets, the speakers in a line below.

    ## id | outlet | date | address           the address may be missing
    # The title                               labelled like a paragraph

    [S1 The minister] [Q1 said] [C1 no], [S2 who] ...
    @ 1=yoav-gallant 2-3=hamas,egypt-government 4=? n3

S is a source, Q a cue, C content; the number says to which attribution of the article a span belongs. Spans may nest,
and one that comes in pieces is marked piece by piece, over paragraphs too. A line that begins with @ names the
speakers: more than one for a joint statement, "?" where a careful reader cannot tell; n3 says that the third
attribution stands inside what somebody else says. An article has no other square brackets. Paragraphs are joined by
blank lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

Interval = tuple[int, int]

_MARK = re.compile(r"\[([SQC])(\d+) |\]|\[")
_PARTS = {"S": "source", "Q": "cue", "C": "content"}
_UNRESOLVED = "?"


class GoldError(ValueError):
    """A gold file that contradicts itself: which article, and where."""

    def __init__(self, article_id: str, problem: str) -> None:
        super().__init__(f"{article_id}: {problem}")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldAttribution:
    """Who says what: character intervals, end exclusive, each part of none, one or several pieces.

    ``speakers`` are actor ids as in config/actors.yml, ``anonymous:<id>`` or ``other:<name>``; none where unresolved.
    """

    source: tuple[Interval, ...]
    cue: tuple[Interval, ...]
    content: tuple[Interval, ...]
    speakers: frozenset[str]
    is_nested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """A labelled article. Intervals are of the title or of the text, each on its own."""

    article_id: str
    outlet: str
    day: date
    address: str
    title: str
    text: str
    in_title: tuple[GoldAttribution, ...]
    in_text: tuple[GoldAttribution, ...]


@dataclass(slots=True)
class _Labels:
    """What the lines of one article say, gathered by the attribution's number."""

    spans: dict[tuple[bool, int, str], list[Interval]] = field(default_factory=lambda: defaultdict(list))
    speakers: dict[int, frozenset[str]] = field(default_factory=dict)
    nested: set[int] = field(default_factory=set)


def read_articles(content: str) -> list[GoldArticle]:
    """Return the articles of a gold file in their order. Raises GoldError."""
    blocks = re.split(r"^(?=## )", content, flags=re.MULTILINE)
    return [_read_article(block) for block in blocks if block.strip()]


def _read_article(block: str) -> GoldArticle:
    head, *lines = block.strip().split("\n")
    name, outlet, day, address, *_ = [*(part.strip() for part in head.removeprefix("## ").split("|")), "", "", ""]
    labels = _Labels()
    title, paragraphs = "", list[str]()
    for line in lines:
        if line.startswith("@ "):
            _read_speakers(line, name, labels)
        elif line.startswith("# "):
            title = _read_marks(line.removeprefix("# "), name, labels, start=0, in_title=True)
        elif line:
            start = sum(map(len, paragraphs)) + 2 * len(paragraphs)
            paragraphs.append(_read_marks(line, name, labels, start=start, in_title=False))
    _check(name, labels)
    return GoldArticle(
        article_id=name, outlet=outlet, day=date.fromisoformat(day), address=address, title=title,
        text="\n\n".join(paragraphs), in_title=tuple(_build(labels, in_title=True)),
        in_text=tuple(_build(labels, in_title=False)),
    )  # fmt: skip


def _read_marks(line: str, name: str, labels: _Labels, *, start: int, in_title: bool) -> str:
    """Return the line without its marks, whose intervals are noted."""
    plain, last = "", 0
    opened: list[tuple[int, str, int]] = []
    for mark in _MARK.finditer(line):
        plain += line[last : mark.start()]
        last = mark.end()
        if mark[1]:
            opened.append((int(mark[2]), _PARTS[mark[1]], len(plain)))
        elif mark[0] == "]" and opened:
            number, part, begin = opened.pop()
            labels.spans[in_title, number, part].append((start + begin, start + len(plain)))
        else:
            raise GoldError(name, f"a bracket that is no mark: {line[mark.start() : mark.start() + 40]!r}")
    if opened:
        raise GoldError(name, f"a mark is not closed: {line[:60]!r}")
    return plain + line[last:]


def _read_speakers(line: str, name: str, labels: _Labels) -> None:
    for item in line.removeprefix("@ ").split():
        numbers, _, ids = item.partition("=")
        if not ids:
            labels.nested.add(int(item.removeprefix("n")))
            continue
        first, _, last = numbers.partition("-")
        for number in range(int(first), int(last or first) + 1):
            if number in labels.speakers:
                raise GoldError(name, f"attribution {number} has its speakers twice")
            labels.speakers[number] = frozenset() if ids == _UNRESOLVED else frozenset(ids.split(","))


def _check(name: str, labels: _Labels) -> None:
    marked = {number for _, number, _ in labels.spans}
    if loose := (marked ^ labels.speakers.keys()) | (labels.nested - marked):
        raise GoldError(name, f"marks without speakers, or speakers without marks: {sorted(loose)}")


def _build(labels: _Labels, *, in_title: bool) -> Iterator[GoldAttribution]:
    numbers = sorted({number for where, number, _ in labels.spans if where is in_title})
    for number in numbers:
        parts = {part: _join(labels.spans.get((in_title, number, part), ())) for part in _PARTS.values()}
        yield GoldAttribution(
            source=parts["source"], cue=parts["cue"], content=parts["content"],
            speakers=labels.speakers[number], is_nested=number in labels.nested,
        )  # fmt: skip


def _join(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    return tuple(sorted(intervals))
