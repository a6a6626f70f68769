"""Second versions of articles, made by program: one edit of a quotation with the answer, among edits that are none."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

_QUOTE = re.compile(r"\"([^\"“”]*)\"|“([^\"“”]*)”")
_NEGATION = re.compile(r"\b(?:not|never)\b |n['’]t\b")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|will|would|can|could|should|must|has|have)\b(?! not| never|n['’]t)")
_NUMBER = re.compile(r"\b\d[\d,]*\b|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}\b")
_NO_NAMES = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|"
                       r"September|October|November|December|Prime|Minister|President|Secretary|General|State")  # fmt: skip
_SPEAKER = re.compile(
    r"\b((?:[A-Z][a-z'’-]+ )?[A-Z][a-z'’-]{3,}) (?=said|says|added|told)|(?<=said )((?:[A-Z][a-z'’-]+ )?[A-Z][a-z'’-]{3,})(?=[.,])"
)
_SAYS = re.compile(r"\b(said|says|added)\b")
_ANY_MARK = re.compile(r"[\"“”‘]|(?<!\w)'")
MIN_WORDS = 6  # of a quotation
MIN_PART = 3  # words of it on each side of a cut
_INSERTED = (
    "The report was brought up to date during the day with background on the talks and on those who take part in them."
)
_TOLL = re.compile(r"\b\d[\d,]*\b")


@dataclass(frozen=True, slots=True)
class Page:
    """An article as paragraphs; ``place`` and ``quote`` are the quotation that is edited, inside its marks."""

    paragraphs: tuple[str, ...]
    place: int
    quote: str
    others: tuple[str, ...]  # words of other articles, to put in

    @property
    def text(self) -> str:
        """Return the page's text, one line a paragraph."""
        return "\n".join(self.paragraphs)

    def set_quote(self, words: str) -> Page:
        """Return the page with other words in the quotation."""
        paragraph = self.paragraphs[self.place].replace(self.quote, words, 1)
        return self.set_paragraph(self.place, paragraph)

    def set_paragraph(self, place: int, paragraph: str) -> Page:
        """Return the page with another paragraph there."""
        return replace(self, paragraphs=(*self.paragraphs[:place], paragraph, *self.paragraphs[place + 1 :]))


Edit = Callable[[Page, random.Random], Page | None]  # None where the page has nothing of the kind


def choose_page(paragraphs: Sequence[str], others: Sequence[str], rng: random.Random) -> Page | None:
    """Return a page with one of its quotations chosen, or None where it has none that stands in it once."""
    text = "\n".join(paragraphs)
    found = [(n, match[1] or match[2] or "") for n, one in enumerate(paragraphs) for match in _QUOTE.finditer(one)]
    quotes = [
        (n, quote)
        for n, quote in found
        if len(quote.split()) >= MIN_WORDS and quote == quote.strip() and text.count(quote) == 1
    ]
    if not quotes:
        return None
    place, quote = rng.choice(quotes)
    return Page(tuple(paragraphs), place, quote, tuple(others))


# --------------------------------------------------------------------------------------- edits that are to be told
def alter_word(page: Page, rng: random.Random) -> Page | None:
    """Put another word for a content word."""
    words = list(re.finditer(r"\b[a-z]{5,}\b", page.quote))
    if not words:
        return None
    old = rng.choice(words)
    new = rng.choice([word for word in page.others if word[:3] != old[0][:3]])
    return page.set_quote(page.quote[: old.start()] + new + page.quote[old.end() :])


def drop_negation(page: Page, rng: random.Random) -> Page | None:  # noqa: ARG001 -- one signature
    """Leave out a "not"."""
    return page.set_quote(_NEGATION.sub("", page.quote, count=1)) if _NEGATION.search(page.quote) else None


def add_negation(page: Page, rng: random.Random) -> Page | None:  # noqa: ARG001 -- one signature
    """Put in a "not"."""
    found = _AUXILIARY.search(page.quote)
    return page.set_quote(f"{page.quote[: found.end()]} not{page.quote[found.end() :]}") if found else None


def change_number(page: Page, rng: random.Random) -> Page | None:
    """Put another number."""
    found = _NUMBER.search(page.quote)
    if not found:
        return None
    new = str(rng.randint(11, 999)) if found[0][0].isdigit() else rng.choice(["twelve", "eleven"])
    return page.set_quote(page.quote[: found.start()] + new + page.quote[found.end() :])


def change_name(page: Page, rng: random.Random) -> Page | None:
    """Put another name for one in the quotation."""
    names = [match for match in _NAME.finditer(page.quote) if not _NO_NAMES.fullmatch(match[0])]
    if not names:
        return None
    old = rng.choice(names)
    return page.set_quote(f"{page.quote[: old.start()]}Examplestan{page.quote[old.end() :]}")


def cut_words(page: Page, rng: random.Random) -> Page | None:  # noqa: ARG001 -- one signature
    """Leave out what follows the last comma."""
    head, comma, tail = page.quote.rpartition(", ")
    is_enough = comma and len(tail.split()) >= MIN_PART and len(head.split()) >= MIN_PART
    return page.set_quote(head + ("," if page.quote.endswith(",") else ".")) if is_enough else None


def add_words(page: Page, rng: random.Random) -> Page | None:  # noqa: ARG001 -- one signature
    """Add some words at the end."""
    body = page.quote.rstrip(".,!?")
    return page.set_quote(f"{body} and we will see to it this year{page.quote[len(body) :]}")


def remove_quote(page: Page, rng: random.Random) -> Page | None:  # noqa: ARG001 -- one signature
    """Take the paragraph out."""
    if len(_QUOTE.findall(page.paragraphs[page.place])) > 1:
        return None
    return replace(page, paragraphs=page.paragraphs[: page.place] + page.paragraphs[page.place + 1 :])


def change_speaker(page: Page, rng: random.Random) -> Page | None:  # noqa: ARG001 -- one signature
    """Put another name for the one who speaks."""
    paragraph = page.paragraphs[page.place]
    at = paragraph.index(page.quote)
    outside = [match for match in _SPEAKER.finditer(paragraph) if not at <= match.start() < at + len(page.quote)]
    near = [
        match
        for match in outside
        if not re.search(
            r"[.!?][\"”]? [A-Z]", paragraph[min(match.end(), at + len(page.quote)) : max(match.start(), at)]
        )
    ]
    if not near or '"' in paragraph.replace(page.quote, "").replace('""', ""):
        return None
    found = near[0]
    name = found[1] or found[2]
    if _NO_NAMES.search(name) or re.match(r"(?:The|He|She|They|But|And|It|We|In|On|As|Officials?)\b", name):
        return None
    start = paragraph.index(name, found.start())
    return page.set_paragraph(page.place, f"{paragraph[:start]}Dana Sample{paragraph[start + len(name) :]}")


TOLD: dict[str, tuple[Edit, str]] = {
    "another word": (alter_word, "altered"),
    "a negation dropped": (drop_negation, "altered"),
    "a negation put in": (add_negation, "altered"),
    "another number": (change_number, "altered"),
    "another name in it": (change_name, "altered"),
    "words cut": (cut_words, "altered"),
    "words added": (add_words, "altered"),
    "taken out": (remove_quote, "removed"),
    "another speaker": (change_speaker, "attribution_changed"),
}


# ------------------------------------------------------------------------------------------- edits that are none
def insert_paragraph(page: Page, rng: random.Random) -> Page | None:
    """Put a paragraph somewhere."""
    at = rng.randint(0, len(page.paragraphs))
    moved = replace(page, place=page.place + (at <= page.place))
    return replace(moved, paragraphs=(*page.paragraphs[:at], _INSERTED, *page.paragraphs[at:]))


def move_quote(page: Page, rng: random.Random) -> Page | None:  # noqa: ARG001 -- one signature
    """Put the quotation's paragraph last, or first where it is the last."""
    rest = page.paragraphs[: page.place] + page.paragraphs[page.place + 1 :]
    own = page.paragraphs[page.place]
    if page.place == len(page.paragraphs) - 1:
        return replace(page, paragraphs=(own, *rest), place=0)
    return replace(page, paragraphs=(*rest, own), place=len(rest))


def set_marks(page: Page, rng: random.Random) -> Page | None:  # noqa: ARG001 -- one signature
    """Draw quotation marks, apostrophes and dashes in another way."""

    def redraw(text: str) -> str:
        if "“" in text:
            return text.translate(str.maketrans("“”’", '""\''))
        text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
        return re.sub(r"\"([^\"]*)\"", r"“\1”", text).replace(" - ", " – ")

    return replace(page, paragraphs=tuple(map(redraw, page.paragraphs)), quote=redraw(page.quote))


def mend_spelling(page: Page, rng: random.Random) -> Page | None:
    """Exchange two letters inside a long word of the quotation: a typing error put in, or mended."""
    words = list(re.finditer(r"\b[a-z]{9,}\b", page.quote))
    if not words:
        return None
    word = rng.choice(words)
    at = word.start() + rng.randint(3, len(word[0]) - 5)
    swapped = page.quote[:at] + page.quote[at + 1] + page.quote[at] + page.quote[at + 2 :]
    return replace(page.set_quote(swapped), quote=swapped) if swapped != page.quote else None


def split_quote(page: Page, rng: random.Random) -> Page | None:  # noqa: ARG001 -- one signature
    """Put the speaker's tag into the middle of the quotation."""
    head, comma, tail = page.quote.partition(", ")
    if not comma or len(head.split()) < MIN_PART or len(tail.split()) < MIN_PART:
        return None
    close, opening = ("”", "“") if "“" in page.paragraphs[page.place] else ('"', '"')
    return page.set_quote(f"{head},{close} the speaker said at the meeting, {opening}{tail}")


def edit_elsewhere(page: Page, rng: random.Random) -> Page | None:
    """Change a figure in a paragraph without quotations."""
    places = [n for n, one in enumerate(page.paragraphs) if not _ANY_MARK.search(one) and _TOLL.search(one)]
    if not places:
        return None
    place = rng.choice(places)
    return page.set_paragraph(place, _TOLL.sub(str(rng.randint(11, 9999)), page.paragraphs[place], count=1))


def drop_elsewhere(page: Page, rng: random.Random) -> Page | None:
    """Take a paragraph without quotations out."""
    places = [n for n, one in enumerate(page.paragraphs) if not _ANY_MARK.search(one)]
    if len(places) < 2:  # noqa: PLR2004 -- something stays
        return None
    at = rng.choice(places)
    left = page.paragraphs[:at] + page.paragraphs[at + 1 :]
    return replace(page, paragraphs=left, place=page.place - (at < page.place))


def reword_tag(page: Page, rng: random.Random) -> Page | None:  # noqa: ARG001 -- one signature
    """Say in other words that the speaker spoke."""
    head, quote, tail = page.paragraphs[page.place].partition(page.quote)
    changed = _SAYS.sub("told a news conference", tail, count=1)
    return page.set_paragraph(page.place, head + quote + changed) if changed != tail else None


def turn_clock(page: Page, rng: random.Random) -> Page | None:
    """Add lines that are no part of the article: a clock, a counter, a link."""
    lines = (
        f"Updated {rng.randint(2, 59)} minutes ago",
        f"{rng.randint(2, 999)} comments",
        "Read more: What is known of the talks",
    )
    return replace(page, paragraphs=(lines[0], *page.paragraphs, *lines[1:]), place=page.place + 1)


NONE: dict[str, Edit] = {
    "a paragraph put in": insert_paragraph,
    "its paragraph moved": move_quote,
    "marks redrawn": set_marks,
    "two letters exchanged": mend_spelling,
    "split by its tag": split_quote,
    "a figure elsewhere": edit_elsewhere,
    "a paragraph cut elsewhere": drop_elsewhere,
    "its tag reworded": reword_tag,
    "clocks and links": turn_clock,
}


def choose_negated(words: str) -> str | None:
    """Return words with a "not" dropped, or put in, or None where there is no place for one."""
    if _NEGATION.search(words):
        return _NEGATION.sub("", words, count=1)
    found = _AUXILIARY.search(words)
    return f"{words[: found.end()]} not{words[found.end() :]}" if found else None
