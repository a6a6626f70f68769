"""Pairs of texts with the answer: copies made from articles, and texts that look alike and are no copies."""

from __future__ import annotations

import hashlib
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from near_duplicate_copies import EDITS, Material, quote_statement, split_paragraphs

MIN_WORDS, MAX_WORDS, MIN_PARAGRAPHS = 150, 3_000, 5
STATEMENT_WORDS = (60, 200)
_WORD = re.compile(r"[a-z]{4,}")
_SUMMARY_WORDS = 28
_LEAD = 600  # characters of the text that tell, with the title, what an article is about
_TOLLS = "The health ministry in the enclave said on {day} that {killed} people had been killed in the past 24 hours and {hurt} wounded."
_FOOTER = (
    "Follow our live coverage for the latest news, background and reaction from our correspondents across the region."
)

Row = Mapping[str, str]
Text = tuple[str, str]  # title, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts, what was done, whether one is a copy of the other, and the ids of articles as they are."""

    kind: str
    is_copy: bool
    one: Text
    other: Text
    ids: tuple[str, str] = ("", "")


def _copy(kind: str, one: Text, other: Text) -> Pair:
    return Pair(kind=kind, is_copy=True, one=one, other=other)


def _look_alike(kind: str, one: Text, other: Text, ids: tuple[str, str] = ("", "")) -> Pair:
    return Pair(kind=kind, is_copy=False, one=one, other=other, ids=ids)


def choose_half(rows: Sequence[Row], half: str) -> list[Row]:
    """Return the articles of one half, "tune" or "test": by the digest of their days, so that an event is in one half."""
    wanted = 0 if half == "tune" else 1
    return [row for row in rows if hashlib.sha256(row["date"].encode()).digest()[0] % 2 == wanted]


def make_pairs(rows: Sequence[Row], statements: Sequence[str], seed: int) -> list[Pair]:
    """Make every kind of pair from these articles and from statements that are in the public domain."""
    rng = random.Random(seed)
    usable = [row for row in rows if _is_usable(row)]
    pairs = [pair for row in usable for pair in _make_copies(row, usable, rng)]
    pairs += _find_same_event(rows)
    pairs += _find_follow_ups(usable)
    pairs += _make_shared_statements(usable, statements, rng)
    return [*pairs, *_make_short(usable, rng)]


def _is_usable(row: Row) -> bool:
    count = len(row["text"].split())
    return MIN_WORDS <= count <= MAX_WORDS and len(split_paragraphs(row["text"])) >= MIN_PARAGRAPHS


def _make_copies(row: Row, rows: Sequence[Row], rng: random.Random) -> Iterator[Pair]:
    paragraphs = split_paragraphs(row["text"])
    others = [
        part for other in rng.sample(list(rows), 8) if other is not row for part in split_paragraphs(other["text"])
    ]
    material = Material(others, rng.choice(rows)["outlet"])
    original = (row["title"], row["text"])
    copies = {}
    for kind, edit in EDITS.items():
        title = rng.choice(rows)["title"] if kind in ("retitled", "combined") else row["title"]
        copies[kind] = (title, "\n".join(edit(paragraphs, material, rng)))
        yield _copy(kind, original, copies[kind])
    first, second = rng.sample(sorted(copies), 2)
    yield _copy("two copies", copies[first], copies[second])


def _find_same_event(rows: Sequence[Row]) -> Iterator[Pair]:
    """Yield each article with the one of another outlet on the same day whose title and lead are most like its own."""
    bags = {row["id"]: set(_WORD.findall(f"{row['title']} {row['text'][:_LEAD]}".lower())) for row in rows}
    counts = Counter(word for bag in bags.values() for word in bag)
    weights = {word: math.log(len(rows) / count) for word, count in counts.items()}
    days = defaultdict(list)
    for row in rows:
        days[row["date"]].append(row)
    seen = set()
    for row in rows:
        others = [other for other in days[row["date"]] if _house(other) != _house(row)]
        if not others:
            continue
        best = max(others, key=lambda other: _weigh(bags[row["id"]], bags[other["id"]], weights))
        ids = (min(row["id"], best["id"]), max(row["id"], best["id"]))
        if ids not in seen:
            seen.add(ids)
            yield _look_alike("same event", (row["title"], row["text"]), (best["title"], best["text"]), ids)


def _find_follow_ups(rows: Sequence[Row]) -> Iterator[Pair]:
    """Yield each article with the next one of its outlet that shares most of its title's words, one to five days on."""
    titles = {row["id"]: set(_WORD.findall(row["title"].lower())) for row in rows}
    by_house = defaultdict(list)
    for row in rows:
        by_house[_house(row)].append(row)
    for house in by_house.values():
        for row in house:
            later = [
                other
                for other in house
                if row["date"] < other["date"] <= f"{row['date'][:8]}{int(row['date'][8:]) + 5:02}"
            ]
            if later:
                best = max(later, key=lambda other: len(titles[row["id"]] & titles[other["id"]]))
                ids = (row["id"], best["id"])
                yield _look_alike("follow-up", (row["title"], row["text"]), (best["title"], best["text"]), ids)


def _make_shared_statements(rows: Sequence[Row], statements: Sequence[str], rng: random.Random) -> Iterator[Pair]:
    """Yield pairs of unlike articles that both carry one statement whole: in quotation marks, and without any."""
    unwrapped = ["\n".join(" ".join(part.split()) for part in text.split("\n\n")) for text in statements]
    fitting = [text for text in unwrapped if STATEMENT_WORDS[0] <= len(text.split()) <= STATEMENT_WORDS[1]]
    for row in rows:
        other = rng.choice(rows)
        if other is row:
            continue
        statement = rng.choice(fitting)
        for kind, text in (("same statement, quoted", statement), ("same statement, bare", statement)):
            made = [_carry(article, text, rng, is_quoted=kind.endswith("quoted")) for article in (row, other)]
            yield _look_alike(kind, (row["title"], made[0]), (other["title"], made[1]))


def _carry(row: Row, statement: str, rng: random.Random, *, is_quoted: bool) -> str:
    paragraphs = split_paragraphs(row["text"])
    if is_quoted:
        return "\n".join(quote_statement(paragraphs, statement, rng))
    place = rng.randint(1, len(paragraphs) - 1)
    return "\n".join([*paragraphs[:place], statement, *paragraphs[place:]])


def _make_short(rows: Sequence[Row], rng: random.Random) -> Iterator[Pair]:
    """Yield pairs of summaries: the same one under other marks, two of one template, two above one footer."""
    leads = [(row["title"], _summarise(row["text"])) for row in rows]
    for number, (title, lead) in enumerate(leads):
        yield _copy("summary reprinted", (title, lead), (title.upper(), f"{lead.replace(',', '')} ..."))
        other_title, other_lead = leads[number - 1]
        yield _look_alike(
            "summaries, one footer",
            (title, f"{lead[:120]}\n{_FOOTER}"),
            (other_title, f"{other_lead[:120]}\n{_FOOTER}"),
        )
        tolls = [
            _TOLLS.format(day=day, killed=rng.randint(20, 400), hurt=rng.randint(50, 900))
            for day in ("Monday", "Tuesday")
        ]
        yield _look_alike(
            "summaries, one template", ("Toll rises on Monday", tolls[0]), ("Toll rises on Tuesday", tolls[1])
        )


def _summarise(text: str) -> str:
    """Return the first 28 words of the first paragraph that is long enough to be prose."""
    prose = next((line for line in text.split("\n") if len(line.split()) >= _SUMMARY_WORDS // 2), text)
    return " ".join(prose.split()[:_SUMMARY_WORDS])


def _weigh(one: set[str], other: set[str], weights: Mapping[str, float]) -> float:
    return sum(weights[word] for word in one & other) / (len(one) + len(other))


def _house(row: Row) -> str:
    return row["outlet"].partition(" (")[0]
