"""Read PolNeAR (brat files) into what the attribution network learns from.

An article with several annotators counts once, by the first file. Nothing of the texts is written anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from volteface.language.attribution_features import Reading, find_windows, place_tokens, read_layout
from volteface.language.attribution_net import LEFT, ROLES, TAGS, WINDOW, Floats, Ints
from volteface.language.attribution_syntax import find_heads
from volteface.language.layout import lay_out
from volteface.language.text import mask_text
from volteface.language.wrapping import unwrap_text

CUE, SOURCE, CONTENT = "cue", "source", "content"
ARGUMENTS = (CUE, SOURCE, CONTENT)
_ANNOTATOR = re.compile(r"_[0-9a-f]{4}$")
_NUMBER = re.compile(r"\d+$")

Attribution = dict[str, set[int]]
"""The characters of each argument."""


@dataclass(frozen=True, slots=True)
class Links:
    """The windows of the cues of a text, and how probable each role is for every token in them."""

    cues: Ints
    heads: Ints
    windows: Ints
    places: Floats
    roles: Floats  # cues x WINDOW x ROLES


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text to learn from. ``tags``: how probable each tag is for each token, in the order of the scores.

    ``starts`` and ``ends`` bound its cues; ``roles`` as in Links.
    """

    reading: Reading
    tags: Floats
    starts: Ints
    ends: Ints
    roles: Floats

    def link(self) -> Links:
        """Return the windows; they are many, so they are made when they are needed."""
        windows = find_windows(self.starts, len(self.tags))
        heads = find_heads(self.reading.tree, self.starts, self.ends)
        places = place_tokens(self.reading, self.starts, self.ends, windows)
        return Links(self.starts, heads, windows, places, self.roles)


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated text. ``tags``: for each token its part in cues, sources (0 out, 1 begin, 2 in) and contents."""

    name: str
    doc: Doc
    reading: Reading
    tags: Ints
    attributions: tuple[dict[str, list[int]], ...]  # the tokens of each argument

    def teach(self) -> Lesson:
        """Return what the annotators say, as probabilities of none and one."""
        ordered = sorted((one for one in self.attributions if one[CUE]), key=lambda one: one[CUE][0])
        starts = np.array([one[CUE][0] for one in ordered], dtype="int64")
        ends = np.array([one[CUE][-1] + 1 for one in ordered], dtype="int64")
        roles = np.zeros((len(starts), WINDOW), dtype="int64")
        for line, one in zip(roles, ordered, strict=True):
            for role, name in ((2, CONTENT), (1, SOURCE)):
                places = [index - one[CUE][0] + LEFT for index in one[name]]
                line[[place for place in places if 0 <= place < WINDOW]] = role
        tags = np.zeros((len(self.tags), TAGS), dtype="float32")
        for column, first in enumerate((0, 3, 6)):
            tags[np.arange(len(tags)), first + self.tags[:, column]] = 1
        return Lesson(self.reading, tags, starts, ends, np.eye(ROLES, dtype="float32")[roles])


def read_split(folder: Path, nlp: Language) -> Iterator[Example]:
    """Yield the articles of a split, a folder with text/*.txt and attributions/*.ann. ``nlp`` splits sentences."""
    seen: set[str] = set()
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = _ANNOTATOR.sub("", path.stem)
        if name not in seen:
            seen.add(name)
            text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")  # offsets count every line break
            yield make_example(nlp, name, text, read_annotations(path.read_text(encoding="utf-8")))


def read_annotations(content: str) -> list[Attribution]:
    """Return the attributions of a brat file as sets of characters."""
    lines = [line.split("\t") for line in content.split("\n")]  # other line breaks stand inside the texts
    lines = [parts for parts in lines if len(parts) > 1]
    spans = {parts[0]: _read_characters(parts[1]) for parts in lines if parts[0].startswith("T")}
    found = []
    for parts in lines:
        if not parts[0].startswith("E"):
            continue
        one: Attribution = {name: set() for name in ARGUMENTS}
        for argument in parts[1].split()[1:]:
            role, _, reference = argument.partition(":")
            name = _NUMBER.sub("", role).lower()
            if name in one:
                one[name] |= spans.get(reference, set())
        found.append(one)
    return found


def _read_characters(field: str) -> set[int]:
    _, _, offsets = field.partition(" ")
    pairs = [pair.split() for pair in offsets.split(";") if re.fullmatch(r"\d+ \d+", pair)]
    return {index for start, end in pairs for index in range(int(start), int(end))}


def make_example(nlp: Language, name: str, text: str, attributions: list[Attribution]) -> Example:
    """Lay a text out as at run time, and bring the spans of its attributions to tokens."""
    doc = nlp(mask_text(unwrap_text(text)))
    owner = {
        index: token.i for token in doc if not token.is_space for index in range(token.idx, token.idx + len(token))
    }
    found = tuple(
        {name: sorted({owner[index] for index in one[name] if index in owner}) for name in ARGUMENTS}
        for one in attributions
    )
    return Example(name, doc, read_layout(lay_out(doc)), _tag_tokens(len(doc), found), found)


def _tag_tokens(count: int, attributions: tuple[dict[str, list[int]], ...]) -> Ints:
    tags = np.zeros((count, len(ARGUMENTS)), dtype="int64")
    for one in attributions:
        for column, name in enumerate((CUE, SOURCE)):
            for index in one[name]:
                tags[index, column] = 2 if index - 1 in one[name] else 1
        tags[one[CONTENT], 2] = 1
    return tags
