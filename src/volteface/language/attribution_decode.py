"""From the scores of the attribution network to spans: cues first, then the source and the contents of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from volteface.language.annotations import Interval
from volteface.language.attribution_features import Reading, find_windows, place_tokens
from volteface.language.attribution_net import CUE_TAGS, LEFT, ROLES, WINDOW, Floats, Hashes, Ints
from volteface.language.attribution_syntax import find_heads
from volteface.language.attribution_words import WordTable

_SOURCE, _CONTENT = 1, 2
_CHUNK = 64  # cues read at a time, so that memory stays bounded whatever the text
_POSSIBLE = 0.05  # how probable a token must be for a cue to be looked for
_TINY = np.float32(1e-9)
_NOWHERE = (0, -99, -99)  # log-probabilities of the roles of a place beyond the text


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution that the network sees. ``score`` is the probability of its cue, between 0 and 1."""

    cue: Interval
    source: Interval | None
    contents: tuple[Interval, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure the network has to be.

    ``cue``: how probable the likeliest token of a cue must be; ``bias``: what being in a cue gains (in log-probability)
    where its ends are read; ``switch``: what it costs to begin or end a source or content.
    """

    cue: float = 0.2
    bias: float = 0.3
    switch: float = 1.5
    source: float = 0.0
    content: float = 0.0


class Scorer(Protocol):
    """What scores tokens: an AttributionNet, or another one that is asked in the same way."""

    def encode(self, texts: Sequence[tuple[Hashes, Floats]]) -> tuple[Floats, object]:
        """Return one row per token of all texts."""

    def tag(self, tokens: Floats) -> tuple[Floats, object]:
        """Return the scores of the tags of each token."""

    def link(self, tokens: Floats, cues: Ints, windows: Ints, places: Floats) -> tuple[Floats, object]:
        """Return the scores of the roles of every token in the window of each cue."""


def find_attributions(net: Scorer, words: WordTable, reading: Reading, thresholds: Thresholds) -> list[Found]:
    """Return the attributions of a text in order of their cues. Cues do not overlap; other spans may."""
    if not len(reading.hashes):
        return []
    tokens, _ = net.encode([(reading.hashes, words.look_up(reading.words))])
    tags, _ = net.tag(tokens)
    cues = list(_read_cues(_probabilities(tags[:, :CUE_TAGS]), thresholds))
    starts = np.array([cue.start for cue in cues], dtype="int64")
    ends = np.array([cue.end for cue in cues], dtype="int64")
    found: list[Found] = []
    for first in range(0, len(cues), _CHUNK):
        chunk = slice(first, first + _CHUNK)
        windows = find_windows(starts[chunk], len(tokens))
        places = place_tokens(reading, starts, ends, windows, first)
        heads = find_heads(reading.tree, starts[chunk], ends[chunk])
        scores, _ = net.link(tokens, heads, windows, places)
        logs = np.log(_probabilities(scores) + _TINY).reshape(len(windows), WINDOW, ROLES)
        logs[windows < 0] = _NOWHERE
        roles = _find_roles(logs, thresholds.switch)
        found.extend(_collect(*each, thresholds) for each in zip(cues[chunk], roles, logs, strict=True))
    return found


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    score: float


def _collect(cue: _Cue, roles: Ints, logs: Floats, thresholds: Thresholds) -> Found:
    """Read the spans of one window: the likeliest source, and every content."""
    roles[LEFT : LEFT + cue.end - cue.start] = 0
    source, best, contents = None, thresholds.source, []
    for start, end in pairwise([0, *(np.flatnonzero(np.diff(roles)) + 1).tolist(), len(roles)]):
        role = int(roles[start])
        score = float((logs[start:end, role] - logs[start:end, 0]).sum())
        span = (start + cue.start - LEFT, end + cue.start - LEFT)
        if role == _SOURCE and score > best:
            source, best = span, score
        elif role == _CONTENT and score > thresholds.content:
            contents.append(span)
    return Found((cue.start, cue.end), source, tuple(contents), cue.score)


def _probabilities(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    total: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return total


def _read_cues(probabilities: Floats, thresholds: Thresholds) -> Iterator[_Cue]:
    """Yield the cues on the likeliest path through each run of tokens that may be in one."""
    inside = 1 - probabilities[:, 0]
    logs = np.log(probabilities + _TINY)
    logs[:, 1:] += thresholds.bias
    for start, end in _find_runs(inside > _POSSIBLE):
        for first, last in _follow(logs[start:end].tolist()):
            best = float(inside[start + first : start + last].max())
            if best >= thresholds.cue:
                yield _Cue(start + first, start + last, best)


def _find_runs(held: NDArray[np.bool_]) -> Iterator[Interval]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], held.astype("int8"), [0]]))).tolist()
    return zip(edges[::2], edges[1::2], strict=True)


def _follow(logs: list[list[float]]) -> Iterator[Interval]:
    """Yield the cues on the best path (Viterbi) of a run: outside, begin, inside; nothing is inside after outside."""
    best = [logs[0][0], logs[0][1], -np.inf]
    back: list[tuple[int, int]] = []
    for outside, begin, within in logs[1:]:
        last = max(range(3), key=best.__getitem__)
        cue = 1 if best[1] >= best[2] else 2
        back.append((last, cue))
        best = [best[last] + outside, best[last] + begin, best[cue] + within]
    state = max(range(3), key=best.__getitem__)
    states = [state]
    for last, cue in reversed(back):
        state = cue if state == 2 else last  # noqa: PLR2004 -- inside comes from begin or inside
        states.append(state)
    states.reverse()
    start = -1
    for index, state in enumerate([*states, 0]):
        if state != 2 and start >= 0:  # noqa: PLR2004 -- as above
            yield start, index
            start = -1
        if state == 1:
            start = index


def _find_roles(logs: Floats, switch: float) -> Ints:
    """Return the best run of roles of each window (Viterbi), where every change of role costs ``switch``."""
    count, length, _ = logs.shape
    back = np.zeros((length, count, ROLES), dtype="int64")
    best = logs[:, 0]
    cost = switch * (1 - np.eye(ROLES, dtype="float32"))
    for at in range(1, length):
        steps = best[:, :, None] - cost
        back[at] = steps.argmax(axis=1)
        best = steps.max(axis=1) + logs[:, at]
    roles = np.zeros((count, length), dtype="int64")
    roles[:, -1] = best.argmax(axis=1)
    lines = np.arange(count)
    for at in range(length - 1, 0, -1):
        roles[:, at - 1] = back[at, lines, roles[:, at]]
    return roles
