"""The network of the trained attribution component: which tokens are cues, and which belong to each of them.

One token encoder (hash embeddings, dilated convolutions) and two readers on top of it. The first gives every token its
part in cues, sources and contents at large; the second reads a window around one cue and tells for every token in it
whether it is the source or the content of that cue. Holds numbers only: it knows no spaCy object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from thinc.api import HashEmbed, Linear, Maxout, Model, NumpyOps

from volteface.language.convolutions import Convolutions

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

CUE_TAGS = 3  # outside, begin, inside
TAGS = 8  # those, the same three for sources, and two for contents
LEFT, RIGHT = 64, 80
"""How many tokens before and after the start of a cue are read for its source and content."""

WINDOW = LEFT + RIGHT
ROLES = 3  # neither, source, content
PAD = 16  # rows between texts: what the convolutions of the encoder reach, so that texts never touch
_HASHING = 7  # what the hashes of the embeddings begin with: part of the format of the weights
ENCODER_STEPS = (1, 1, 2, 4, 8)
LINK_STEPS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network: rows per token attribute, widths, and how many features a token of a window has.

    ``words`` is the width of the fixed word vectors that are given with the tokens, 0 for none.
    """

    rows: tuple[int, ...]
    features: int
    words: int = 0
    width: int = 96
    link_width: int = 96
    dropout: float = 0.25


class AttributionNet:
    """Scores cues and their arguments. ``root`` holds every parameter, for thinc's bytes, averages and optimizers."""

    def __init__(self, shape: Shape) -> None:
        # numpy's matrix product is about twice as fast here as the one that thinc brings
        ops = NumpyOps(use_blis=False)
        self.shape = shape
        wide, link, drop = shape.width, shape.link_width, shape.dropout
        self._embed: list[Model[Any, Any]] = [
            HashEmbed(wide, rows, column=column, seed=_HASHING + column, dropout=drop)
            for column, rows in enumerate(shape.rows)
        ]
        self._word: list[Model[Any, Any]] = [Linear(wide, shape.words)] if shape.words else []
        parts = len(self._embed) + len(self._word)
        self._mix: Model[Any, Any] = Maxout(wide, wide * parts, 3, normalize=True, dropout=drop)
        self._encode: list[Model[Any, Any]] = [
            Maxout(wide, wide * 3, 3, normalize=True, dropout=drop) for _ in ENCODER_STEPS
        ]
        self._tag: Model[Any, Any] = Linear(TAGS, wide)
        self._token: Model[Any, Any] = Linear(link, wide)
        self._cue: Model[Any, Any] = Linear(link, wide)
        self._place: Model[Any, Any] = Linear(link, shape.features)
        self._link: list[Model[Any, Any]] = [
            Maxout(link, link * 3, 2, normalize=True, dropout=drop) for _ in LINK_STEPS
        ]
        self._role: Model[Any, Any] = Linear(ROLES, link)
        self.layers = {
            **{f"embed{number}": layer for number, layer in enumerate(self._embed)},
            **dict(zip(["word"], self._word, strict=False)),
            "mix": self._mix,
            **{f"encode{number}": layer for number, layer in enumerate(self._encode)},
            "tag": self._tag,
            "token": self._token,
            "cue": self._cue,
            "place": self._place,
            **{f"link{number}": layer for number, layer in enumerate(self._link)},
            "role": self._role,
        }
        self._quick: tuple[Convolutions, Convolutions] | None = None
        self.root: Model[Any, Any] = Model("attribution", _refuse, layers=list(self.layers.values()))
        for node in self.root.walk():
            node.ops = ops
        for layer in self.root.layers:
            layer.initialize()

    def freeze(self) -> None:
        """Take the weights as they are for the last ones: from now on it reads faster, and learns no more."""
        self._quick = Convolutions(self._encode, ENCODER_STEPS), Convolutions(self._link, LINK_STEPS)

    def encode(
        self, texts: Sequence[tuple[Hashes, Floats]], *, train: bool = False
    ) -> tuple[Floats, Callable[[Floats], None]]:
        """Return one row per token of all texts, and what takes the gradient of those rows back.

        Each text is the hashes of its tokens (tokens x attributes) and their word vectors (tokens x Shape.words).
        """
        real = np.concatenate([np.repeat([False, True], [PAD, len(text)]) for text, _ in texts] + [[False] * PAD])
        hashes = np.zeros((len(real), len(self.shape.rows)), dtype="uint64")
        hashes[real] = np.concatenate([text for text, _ in texts])
        embedded = [layer(hashes, train) for layer in self._embed]
        if self._word:
            words = np.zeros((len(real), self.shape.words), dtype="float32")
            words[real] = np.concatenate([vectors for _, vectors in texts])
            embedded.append(self._word[0](words, train))
        mixed, unmix = self._mix(np.hstack([rows for rows, _ in embedded]), train)
        hidden, unencode = self._run(0, mixed * real[:, None], len(real), train=train)

        def backprop(gradient: Floats) -> None:
            full = np.zeros_like(hidden)
            full[real] = gradient
            pieces = np.split(unmix(unencode(full) * real[:, None]), len(embedded), axis=1)
            for (_, unembed), piece in zip(embedded, pieces, strict=True):
                unembed(np.ascontiguousarray(piece))

        return hidden[real], backprop

    def read_weights(self) -> dict[str, Floats]:
        """Return every parameter by the names of its layer, its node and its own."""
        return {name: cast("Floats", node.get_param(key)) for name, node, key in self._list_parameters()}

    def set_weights(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """Take parameters in. Raises ValueError for those of another shape, KeyError for one that is missing."""
        for name, node, key in self._list_parameters():
            value: Any = weights[name].astype("float32")
            if value.shape != node.get_param(key).shape:
                message = f"{name} has the shape {value.shape}, not {node.get_param(key).shape}"
                raise ValueError(message)
            node.set_param(key, value)

    def _list_parameters(self) -> Iterator[tuple[str, Model[Any, Any], str]]:
        for layer, root in self.layers.items():
            for node in root.walk():
                for key in node.param_names:
                    yield f"{layer}.{node.name}.{key}", node, key

    def tag(self, tokens: Floats, *, train: bool = False) -> tuple[Floats, Callable[[Floats], Floats]]:
        """Return the scores of the tags of each token: three for cues, three for sources, two for contents."""
        scores: Floats
        scores, backprop = self._tag(tokens, train)
        return scores, backprop

    def link(
        self, tokens: Floats, cues: Ints, windows: Ints, places: Floats, *, train: bool = False
    ) -> tuple[Floats, Callable[[Floats], Floats]]:
        """Return the scores of the roles of every token in the window of each cue.

        ``cues``: the row of each cue's head; ``windows``: the rows in each window (cues x WINDOW), -1 beyond the text;
        ``places``: the features of every token of every window (cues * WINDOW x features).
        """
        rows = windows.ravel()
        held = (rows >= 0)[:, None]
        by_token, untoken = self._token(tokens, train)
        by_cue, uncue = self._cue(tokens[cues], train)
        by_place, unplace = self._place(places, train)
        total = by_token[rows] + np.repeat(by_cue, WINDOW, axis=0) + by_place
        active = (total > 0) & held
        hidden, unlink = self._run(1, total * active, WINDOW, train=train)
        scores, unrole = self._role(hidden, train)

        def backprop(gradient: Floats) -> Floats:
            inner = unlink(unrole(gradient)) * active
            unplace(inner)
            of_tokens: Floats = untoken(_add_rows(len(tokens), rows, inner))
            of_cues = uncue(inner.reshape(len(cues), WINDOW, -1).sum(axis=1))
            np.add.at(of_tokens, cues, of_cues)
            return of_tokens

        return scores, backprop

    def _run(self, part: int, inputs: Floats, length: int, *, train: bool) -> tuple[Floats, Callable[[Floats], Floats]]:
        """Run the convolutions over runs of ``length`` rows: those of the tokens (0) or those of the windows (1)."""
        if self._quick is not None and not train:
            runs = inputs.reshape(-1, length, inputs.shape[1])
            return self._quick[part].read(runs).reshape(inputs.shape), _learn_no_more
        layers, steps = ((self._encode, ENCODER_STEPS), (self._link, LINK_STEPS))[part]
        return _run(layers, steps, inputs, length, train=train)


def _learn_no_more(gradient: Floats) -> Floats:
    message = "a frozen network learns no more"
    raise NotImplementedError(message)


def _run(
    layers: Sequence[Model[Any, Any]], steps: Sequence[int], inputs: Floats, length: int, *, train: bool
) -> tuple[Floats, Callable[[Floats], Floats]]:
    """Run residual convolutions over runs of ``length`` rows; each looks ``step`` rows to both sides."""
    hidden, undo = inputs, []
    for layer, step in zip(layers, steps, strict=True):
        found, back = layer(_widen(hidden, step, length), train)
        undo.append(back)
        hidden = hidden + found

    def backprop(gradient: Floats) -> Floats:
        for back, step in zip(reversed(undo), reversed(steps), strict=True):
            gradient = gradient + _narrow(back(gradient), step, length)
        return gradient

    return hidden, backprop


def _widen(rows: Floats, step: int, length: int) -> Floats:
    """Put beside each row the ones ``step`` before and after it in its run."""
    runs = rows.reshape(-1, length, rows.shape[1])
    width = rows.shape[1]
    wide = np.zeros((*runs.shape[:2], width * 3), dtype="float32")
    wide[:, :, width : width * 2] = runs
    wide[:, step:, :width] = runs[:, :-step]
    wide[:, :-step, width * 2 :] = runs[:, step:]
    return wide.reshape(-1, width * 3)


def _narrow(gradient: Floats, step: int, length: int) -> Floats:
    width = gradient.shape[1] // 3
    wide = gradient.reshape(-1, length, width * 3)
    runs = wide[:, :, width : width * 2].copy()
    runs[:, :-step] += wide[:, step:, :width]
    runs[:, step:] += wide[:, :-step, width * 2 :]
    return runs.reshape(-1, width)


def _add_rows(count: int, rows: Ints, values: Floats) -> Floats:
    """Sum the values of each row; the rows below zero are none. Windows are runs of rows, so a loop over them is fast."""
    total = np.zeros((count, values.shape[1]), dtype="float32")
    for at in range(0, len(rows), WINDOW):
        held = rows[at : at + WINDOW] >= 0
        if held.any():
            inside = rows[at : at + WINDOW][held]
            total[inside[0] : inside[-1] + 1] += values[at : at + WINDOW][held]
    return total


def _refuse(model: Model[Any, Any], inputs: Any, is_train: bool) -> Any:  # noqa: FBT001 -- thinc's signature
    message = "the parts are run one by one"
    raise NotImplementedError(message)
