"""Copies as newsrooms make them, and texts that only look like copies: made from articles, with a fixed seed.

Every function takes a text, other material and a random source, and returns a text. Nothing here is judged.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Edit = Callable[[list[str], "Material", random.Random], list[str]]
_WORD = re.compile(r"[A-Za-z]{4,}")
_NUMBER = re.compile(r"\b\d+(?:[.,]\d+)?\b")
_SWAPS = {
    "said": "stated", "says": "states", "told": "informed", "killed": "slain", "attack": "assault", "attacks": "assaults",
    "people": "persons", "began": "started", "also": "too", "after": "following", "before": "prior to", "many": "numerous",
    "about": "around", "however": "but", "while": "as", "against": "versus", "called": "urged", "including": "among them",
    "since": "from", "more": "further", "would": "will", "could": "might", "because": "since", "during": "amid",
    "country": "nation", "officials": "authorities", "near": "close to", "large": "big", "help": "aid", "talks": "negotiations",
}  # fmt: skip
CREDITS = (
    "By {outlet} Staff and agencies",
    "(With inputs from agencies)",
    "This story was published from a wire agency feed without modifications to the text.",
    "Read more at {outlet}.",
    "Sign up for our newsletter and follow us for the day's top stories.",
    "For Reprint Rights: {outlet}",
)


class Material:
    """What an editor has at hand: paragraphs of the outlet's other stories, and other stories' words."""

    def __init__(self, paragraphs: Sequence[str], outlet: str) -> None:
        """Keep paragraphs of other articles; ``outlet`` is the name that credits give."""
        self.paragraphs = list(paragraphs)
        self.outlet = outlet


def split_paragraphs(text: str) -> list[str]:
    """Return the lines of a text that hold words; a long line is cut at its sentences' ends, three at a time."""
    found: list[str] = []
    for line in text.split("\n"):
        sentences = re.split(r"(?<=[.!?\"\u201d]) +(?=[A-Z\"\u201c])", line.strip())
        found += [" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)]
    return [paragraph for paragraph in found if paragraph.strip()]


def reformat(paragraphs: list[str], _material: Material, _rng: random.Random) -> list[str]:
    """Join paragraphs by twos, other quotation marks, other dashes, a shouted lead."""
    text = [re.sub(r"\"([^\"]*)\"", "\u201c\\1\u201d", part).replace(" - ", " \u2014 ") for part in paragraphs]
    joined = [" ".join(text[start : start + 2]) for start in range(0, len(text), 2)]
    return [joined[0][:60].upper() + joined[0][60:], *joined[1:]]


def keep_head(paragraphs: list[str], _material: Material, rng: random.Random) -> list[str]:
    """Cut from the foot: 40 to 70 % of the words stay."""
    return _take(paragraphs, rng.uniform(0.4, 0.7))


def keep_tail(paragraphs: list[str], _material: Material, rng: random.Random) -> list[str]:
    """Cut from the head: 40 to 70 % of the words stay."""
    return _take(paragraphs[::-1], rng.uniform(0.4, 0.7))[::-1]


def cut_middle(paragraphs: list[str], _material: Material, rng: random.Random) -> list[str]:
    """Cut out of the middle: 40 to 70 % of the words stay, a part at each end."""
    kept = rng.uniform(0.4, 0.7)
    head = _take(paragraphs, kept / 2)
    return head + _take(paragraphs[len(head) :][::-1], kept / 2, of=_count(paragraphs))[::-1]


def cut_hard(paragraphs: list[str], _material: Material, rng: random.Random) -> list[str]:
    """Cut to a brief: 25 to 40 % of the words stay, from the head."""
    return _take(paragraphs, rng.uniform(0.25, 0.4))


def retitle(paragraphs: list[str], material: Material, rng: random.Random) -> list[str]:
    """Write another lead: the first paragraph is gone, one of the outlet's own stands in its place."""
    return [rng.choice(material.paragraphs), *paragraphs[1:]]


def reorder(paragraphs: list[str], _material: Material, rng: random.Random) -> list[str]:
    """Shuffle the paragraphs."""
    shuffled = paragraphs[:]
    rng.shuffle(shuffled)
    return shuffled


def rewrite(paragraphs: list[str], _material: Material, rng: random.Random) -> list[str]:
    """Rewrite lightly: near 10 % of the words swapped, dropped or doubled by another, numbers changed."""
    return [_reword(part, rng, 0.1) for part in paragraphs]


def pad(paragraphs: list[str], material: Material, rng: random.Random) -> list[str]:
    """Insert paragraphs of the outlet's own, up to 20 to 40 % of the whole."""
    wanted = _count(paragraphs) * rng.uniform(0.25, 0.65)
    padded = paragraphs[:]
    added = 0
    while added < wanted:
        extra = rng.choice(material.paragraphs)
        padded.insert(rng.randint(0, len(padded)), extra)
        added += len(extra.split())
    return padded


def recredit(paragraphs: list[str], material: Material, rng: random.Random) -> list[str]:
    """Change the dateline and the credits: other lines at the head and the foot."""
    lines = [line.format(outlet=material.outlet) for line in rng.sample(CREDITS, 3)]
    return [lines[0], f"CAIRO: {paragraphs[0]}", *paragraphs[1:], *lines[1:]]


def combine(paragraphs: list[str], material: Material, rng: random.Random) -> list[str]:
    """All at once: cut to 60 to 80 %, another lead, 5 % of the words rewritten, own paragraphs, other credits."""
    kept = [_reword(part, rng, 0.05) for part in _take(paragraphs, rng.uniform(0.6, 0.8))]
    return recredit([rng.choice(material.paragraphs), *kept[1:], rng.choice(material.paragraphs)], material, rng)


EDITS: dict[str, Edit] = {
    "reformatted": reformat,
    "recredited": recredit,
    "retitled": retitle,
    "reordered": reorder,
    "head kept": keep_head,
    "tail kept": keep_tail,
    "middle cut": cut_middle,
    "cut to a brief": cut_hard,
    "padded": pad,
    "rewritten": rewrite,
    "combined": combine,
}


def quote_statement(paragraphs: list[str], statement: str, rng: random.Random) -> list[str]:
    """Put a statement in quotation marks, whole, somewhere after the lead."""
    place = rng.randint(1, max(1, len(paragraphs) - 1))
    quoted = [f"\u201c{line}\u201d" for line in statement.split("\n")]
    return [*paragraphs[:place], *quoted, *paragraphs[place:]]


def _reword(text: str, rng: random.Random, share: float) -> str:
    def swap(match: re.Match[str]) -> str:
        word = match[0]
        if rng.random() >= share * 1.6:  # short words are never touched
            return word
        action = rng.random()
        if action < 0.7:  # noqa: PLR2004 -- shares of the three kinds of edit
            return _SWAPS.get(word.lower(), word[::-1].lower())  # a word that is nobody's, where no synonym is known
        return "" if action < 0.85 else f"{word} indeed"  # noqa: PLR2004

    changed = _WORD.sub(swap, text)
    return _NUMBER.sub(lambda match: str(rng.randint(2, 99)) if rng.random() < 0.3 else match[0], changed)  # noqa: PLR2004


def _take(paragraphs: list[str], share: float, of: int | None = None) -> list[str]:
    """Return leading paragraphs up to a share of the words, the last one cut at a word."""
    left = max(1, int((of or _count(paragraphs)) * share))
    taken = []
    for part in paragraphs:
        words = part.split()
        taken.append(" ".join(words[:left]))
        left -= len(words)
        if left <= 0:
            break
    return taken


def _count(paragraphs: Sequence[str]) -> int:
    return sum(len(part.split()) for part in paragraphs)
