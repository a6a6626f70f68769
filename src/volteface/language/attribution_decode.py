"""From the scores of the attribution network to spans: cues first, then the source and the contents of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from volteface.language.annotations import Interval
from volteface.language.attribution_features import Reading, find_windows, place_tokens
from volteface.language.attribution_net import CUE_TAGS, LEFT, ROLES, WINDOW, AttributionNet, Floats, Ints
from volteface.language.attribution_words import WordTable

_SOURCE, _CONTENT = 1, 2
_CHUNK = 64  # cues read at a time, so that memory stays bounded whatever the text
_LIKELY = 0.5  # of the likeliest token of a cue
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
    """How sure the network has to be. ``switch`` is what it costs (in log-probability) to begin or end a span."""

    cue: float = 0.2
    switch: float = 1.5
    source: float = 0.0
    content: float = 0.0


def find_attributions(net: AttributionNet, words: WordTable, reading: Reading, thresholds: Thresholds) -> list[Found]:
    """Return the attributions of a text in order of their cues. Cues do not overlap; other spans may."""
    if not len(reading.hashes):
        return []
    tokens, _ = net.encode([(reading.hashes, words.look_up(reading.words))])
    tags, _ = net.tag(tokens)
    cues = list(_read_cues(_probabilities(tags[:, :CUE_TAGS]), thresholds.cue))
    starts = np.array([cue.start for cue in cues], dtype="int64")
    ends = np.array([cue.end for cue in cues], dtype="int64")
    found: list[Found] = []
    for first in range(0, len(cues), _CHUNK):
        chunk = slice(first, first + _CHUNK)
        windows = find_windows(starts[chunk], len(tokens))
        places = place_tokens(reading, starts, ends, windows, first)
        scores, _ = net.link(tokens, starts[chunk], windows, places)
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


def _read_cues(probabilities: Floats, threshold: float) -> Iterator[_Cue]:
    """Yield each run of tokens that may be in a cue, cut where the next cue opens."""
    inside = 1 - probabilities[:, 0]
    opens = probabilities[:, 1] > probabilities[:, 2]
    run: list[int] = []
    for index in np.flatnonzero(inside > threshold).tolist():
        if run and (index > run[-1] + 1 or opens[index]):
            yield _trim_cue(run, inside)
            run = []
        run.append(index)
    if run:
        yield _trim_cue(run, inside)


def _trim_cue(run: list[int], inside: Floats) -> _Cue:
    """Leave out what is much less likely than the rest at both ends of a run."""
    best = float(inside[run].max())
    likely = [index for index in run if inside[index] >= _LIKELY * best]
    return _Cue(likely[0], likely[-1] + 1, best)


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
