"""The teacher of the attribution component: a sentence encoder with the two readers of the network on top of it.

Needs torch, for training alone; nothing of it ships. ``Teacher`` has the three methods of ``AttributionNet``, so that
what reads the one reads the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from corpus import Example
from torch import Tensor, nn
from transformers import BertModel

from volteface.language.attribution_features import FEATURES
from volteface.language.attribution_net import LEFT, ROLES, TAGS, WINDOW, Floats, Ints
from volteface.language.attribution_syntax import ABOVE, BELOW
from volteface.language.word_pieces import WordPieces

SIZE = 254  # pieces that are read at once, without the marks at both ends
_OVERLAP = 64  # pieces
_MOST = 6  # pieces of a word that are read
_CASES = 4
_PLACES = 64
_READER = 128
PLACE_FEATURES = FEATURES - BELOW - ABOVE  # the teacher needs no parse


@dataclass(frozen=True, slots=True)
class Part:
    """A run of tokens that the encoder takes at once. It answers for the tokens of its core only."""

    start: int
    end: int
    core: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text in word pieces: ``first`` is the first piece of each token, ``owner`` the token of each piece."""

    ids: Ints
    first: Ints
    owner: Ints
    cases: Ints
    places: Ints


def split_pieces(example: Example, words: WordPieces) -> Pieces:
    """Return the pieces of a text. A line break is the mark that closes a sentence; it never has no piece."""
    ids: list[int] = []
    first: list[int] = []
    owner: list[int] = []
    for index, token in enumerate(example.doc):
        pieces = (words.last,) if "\n" in token.text else words.split(token.text)[:_MOST]
        first.append(len(ids))
        ids.extend(pieces)
        owner.extend([index] * len(pieces))
    cases = [_tell_case(token.text) for token in example.doc]
    places = example.reading.hashes[:, -1].astype("int64")
    return Pieces(np.array(ids), np.array(first), np.array(owner), np.array(cases), np.minimum(places, _PLACES - 1))


def _tell_case(text: str) -> int:
    if text.isupper() and len(text) > 1:
        return 3
    return 2 if text[:1].isupper() else int(text[:1].isalpha())


def cut_parts(pieces: Pieces, overlap: int) -> Iterator[Part]:
    """Yield the parts of a text, ``overlap`` pieces in common; half of that at each inner edge is outside the core."""
    count, start = len(pieces.first), 0
    edges = np.append(pieces.first, len(pieces.ids))
    core = 0
    while core < count:
        end = int(np.searchsorted(edges, edges[start] + SIZE, side="right")) - 1
        if end >= count:
            yield Part(start, count, (core, count))
            return
        until = int(np.searchsorted(edges, edges[end] - overlap // 2))
        yield Part(start, end, (core, until))
        core = until
        start = max(start + 1, int(np.searchsorted(edges, edges[end] - overlap)))


class Teacher(nn.Module):
    """Scores cues and their arguments, as ``AttributionNet`` does, for one text after the other."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(folder, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
        wide = self.bert.config.hidden_size
        self.place, self.case = nn.Embedding(_PLACES, wide), nn.Embedding(_CASES, wide)
        self.tag_scores = nn.Linear(wide, TAGS)
        self.of_token, self.of_cue = nn.Linear(wide, _READER), nn.Linear(wide, _READER)
        self.of_place = nn.Linear(PLACE_FEATURES, _READER)
        self.meet = nn.Parameter(torch.zeros(ROLES, _READER, _READER))
        self.left, self.right = nn.Linear(wide, _READER), nn.Linear(wide, _READER)
        self.role = nn.Linear(_READER, ROLES)
        self.drop = nn.Dropout(0.1)
        for table in (self.place, self.case):
            nn.init.zeros_(table.weight)
        self.bert.embeddings.word_embeddings.weight.requires_grad_(requires_grad=False)
        self.words = WordPieces(folder / "vocab.txt")

    def read(self, texts: Sequence[tuple[Pieces, Part]]) -> list[Tensor]:
        """Return the states of the tokens of each part."""
        rows = [_lay(pieces, part, self.words) for pieces, part in texts]
        length = max(len(row[0]) for row in rows)
        ids, cases, places = (
            torch.from_numpy(np.stack([np.pad(row[column], (0, length - len(row[column]))) for row in rows]))
            for column in range(3)
        )
        mask = torch.from_numpy(np.stack([np.arange(length) < len(row[0]) for row in rows])).long()
        inputs = self.bert.embeddings.word_embeddings(ids) + self.place(places) + self.case(cases)
        states = self.bert(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        return [
            self.drop(states[line, pieces.first[part.start : part.end] - pieces.first[part.start] + 1])
            for line, (pieces, part) in enumerate(texts)
        ]

    def relate(self, tokens: Tensor, cues: Tensor, windows: Tensor, places: Tensor) -> Tensor:
        """Return the scores of the roles of the tokens in the window of each cue (cues x WINDOW x ROLES)."""
        rows = windows.clamp(min=0)
        hidden = self.of_token(tokens)[rows] + self.of_cue(tokens[cues])[:, None]
        hidden = torch.relu(hidden + self.of_place(places[:, :PLACE_FEATURES]).view(len(cues), WINDOW, -1))
        met = torch.einsum("cwl,rlk,ck->cwr", self.left(tokens)[rows], self.meet, self.right(tokens[cues]))
        scores: Tensor = self.role(self.drop(hidden)) + met
        return scores


class Reader:
    """A trained teacher in the place of an ``AttributionNet``; ``text`` is what it reads next."""

    def __init__(self, teacher: Teacher) -> None:
        self.teacher = teacher.eval()
        self.text: Example | None = None

    @torch.no_grad()
    def encode(self, texts: object) -> tuple[Floats, None]:  # noqa: ARG002 -- the signature of AttributionNet
        """Return the states of the tokens of ``text``."""
        assert self.text is not None
        pieces = split_pieces(self.text, self.teacher.words)
        parts = list(cut_parts(pieces, _OVERLAP))
        found = []
        for at in range(0, len(parts), 16):
            chunk = parts[at : at + 16]
            with torch.autocast("cpu", torch.bfloat16):
                states = self.teacher.read([(pieces, part) for part in chunk])
            for part, rows in zip(chunk, states, strict=True):
                found.append(rows[part.core[0] - part.start : part.core[1] - part.start].float())
        return torch.cat(found).numpy(), None

    @torch.no_grad()
    def tag(self, tokens: Floats) -> tuple[Floats, None]:
        """As AttributionNet.tag."""
        return self.teacher.tag_scores(torch.from_numpy(tokens)).numpy(), None

    @torch.no_grad()
    def link(self, tokens: Floats, cues: Ints, windows: Ints, places: Floats) -> tuple[Floats, None]:  # noqa: ARG002 -- the signature of AttributionNet
        """As AttributionNet.link, but that a cue is read at its first token, which needs no parse."""
        firsts = windows[:, LEFT]
        arrays: list[Any] = [torch.from_numpy(np.ascontiguousarray(one)) for one in (tokens, firsts, windows, places)]
        return self.teacher.relate(*arrays).reshape(-1, ROLES).numpy(), None


def _lay(pieces: Pieces, part: Part, words: WordPieces) -> tuple[Ints, Ints, Ints]:
    edges = np.append(pieces.first, len(pieces.ids))
    inside = slice(int(edges[part.start]), int(edges[part.end]))
    owner = pieces.owner[inside]
    ids = np.concatenate([[words.first], pieces.ids[inside], [words.last]])
    return ids, np.pad(pieces.cases[owner], 1), np.pad(pieces.places[owner], 1)
