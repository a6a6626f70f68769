"""Teach the attribution network: one step on one batch of articles, and the loss of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from corpus import Lesson
from thinc.api import Optimizer

from volteface.language.attribution_net import ROLES, AttributionNet, Floats
from volteface.language.attribution_words import WordTable

TASKS = ((slice(0, 3), 0, 1.0), (slice(3, 6), 1, 0.5), (slice(6, 8), 2, 0.25))
"""The scores of each tagging task, its column in the tags, its weight: cues are what counts, the others help."""

LINK_WEIGHT = 1.5
SCALE = 1000.0  # means over thousands of tokens are small beside the epsilon of Adam


def learn(net: AttributionNet, words: WordTable, batch: Sequence[Lesson], optimizer: Optimizer) -> tuple[float, float]:
    """Take one step. Returns the mean losses per token: of the tags, and of the roles in the windows."""
    tokens, back = net.encode([(one.reading.hashes, words.look_up(one.reading.words)) for one in batch], train=True)
    scores, untag = net.tag(tokens, train=True)
    tag_loss, gradient = _grade_tags(scores, np.concatenate([one.tags for one in batch]))
    total = untag(gradient)
    link_loss = 0.0
    if any(len(one.starts) for one in batch):
        link_loss, of_links = _learn_links(net, batch, tokens)
        total = total + of_links
    back(total)
    net.root.finish_update(optimizer)
    return tag_loss, link_loss


def _grade_tags(scores: Floats, tags: Floats) -> tuple[float, Floats]:
    gradient = np.zeros_like(scores)
    every = np.ones(len(tags), dtype=bool)
    loss = 0.0
    for columns, _, weight in TASKS:
        part, gradient[:, columns] = grade(scores[:, columns], tags[:, columns], every, weight)
        loss += part
    return loss, gradient


def _learn_links(net: AttributionNet, batch: Sequence[Lesson], tokens: Floats) -> tuple[float, Floats]:
    """Read the windows of the cues. Returns the loss and the gradient of the tokens."""
    links = [one.link() for one in batch]
    offsets = np.cumsum([0, *(len(one.tags) for one in batch[:-1])])
    heads = np.concatenate([link.heads + offset for link, offset in zip(links, offsets, strict=True)])
    windows = np.concatenate(
        [np.where(link.windows >= 0, link.windows + offset, -1) for link, offset in zip(links, offsets, strict=True)]
    )
    places = np.concatenate([link.places for link in links])
    roles = np.concatenate([link.roles for link in links]).reshape(-1, ROLES)
    scores, unlink = net.link(tokens, heads, windows, places, train=True)
    loss, gradient = grade(scores, roles, windows.ravel() >= 0, LINK_WEIGHT)
    return loss, unlink(gradient)


def grade(scores: Floats, truth: Floats, counts: np.typing.NDArray[np.bool_], weight: float) -> tuple[float, Floats]:
    """Return the cross-entropy over the rows that count, and its gradient (scaled). ``truth``: probabilities."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    total = int(counts.sum())
    loss = -float((truth * np.log(probabilities + 1e-9) * counts[:, None]).sum()) * weight / total
    gradient: Floats = ((probabilities - truth) * counts[:, None] * (weight * SCALE / total)).astype("float32")
    return loss, gradient
