"""Teach the attribution network in torch, in a third of the time that thinc takes: the same layers, the same losses.

Matrix products run in bfloat16 where the machine has them. ``TorchNet`` takes the parameters of an ``AttributionNet`` and
gives them back; nothing of torch is in what is written.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from corpus import Lesson
from learning import LINK_WEIGHT, SCALE, TASKS
from thinc.api import NumpyOps
from torch import Tensor, nn
from torch.nn import functional

from volteface.language.attribution_features import GROUPS
from volteface.language.attribution_net import ENCODER_STEPS, LINK_STEPS, PAD, ROLES, WINDOW, AttributionNet
from volteface.language.attribution_words import WordTable

_WARM_UP = 100  # steps
_LAST_RATE = 0.03  # of the first one
_COINS = 1 << 24
_SLOWEST = 0.999  # how much of the averaged weights stays at each step


@dataclass(frozen=True, slots=True)
class Tensors:
    """A lesson, ready for the network. ``keys``: the rows of each embedding table; ``places``: the features that are one."""

    keys: list[Tensor]
    words: Tensor
    tags: Tensor
    heads: Tensor
    windows: Tensor
    places: Tensor
    roles: Tensor


def prepare(lesson: Lesson, net: AttributionNet, words: WordTable) -> Tensors:
    """Bring a lesson into tensors."""
    ops, hashes = NumpyOps(), lesson.reading.hashes
    keys = []
    for column, rows in enumerate(net.shape.rows):
        seed = net.layers[f"embed{column}"].layers[-1].attrs["seed"]
        own = np.ascontiguousarray(hashes[:, column])
        keys.append(torch.from_numpy((ops.hash(own, seed) % rows).astype("int32")))
    links = lesson.link()
    ones = np.flatnonzero(links.places) % net.shape.features
    return Tensors(
        keys=keys,
        words=torch.from_numpy(words.look_up(lesson.reading.words)).bfloat16(),
        tags=torch.from_numpy(lesson.tags.astype("float32")),
        heads=torch.from_numpy(links.heads),
        windows=torch.from_numpy(links.windows.astype("int32")),
        places=torch.from_numpy(ones.reshape(len(links.windows) * WINDOW, GROUPS).astype("int16")),
        roles=torch.from_numpy(links.roles.astype("float16")),
    )


class _Larger(torch.autograd.Function):
    """The larger of two tensors, with a gradient that is cheap."""

    @staticmethod
    def forward(ctx: Any, one: Tensor, other: Tensor) -> Tensor:
        first = one >= other
        ctx.save_for_backward(first)
        return torch.where(first, one, other)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, Tensor]:
        (first,) = ctx.saved_tensors
        own = gradient * first
        return own, gradient - own


class TorchNet(nn.Module):
    """The network of an AttributionNet, one text at a time."""

    def __init__(self, net: AttributionNet) -> None:
        super().__init__()
        self.shape = net.shape
        rate = net.shape.dropout
        coins = torch.rand(_COINS) >= rate  # drawn once: drawing takes longer than multiplying
        self.coins = (coins / (1 - rate)).bfloat16()
        self.held = nn.ParameterDict(
            {
                name.replace(".", "/"): nn.Parameter(torch.from_numpy(value.copy()))
                for name, value in net.read_weights().items()
            }
        )

    def forward(self, lesson: Tensors) -> tuple[Tensor, Tensor]:
        """Return the scores of the tags, and those of the roles in the windows."""
        tokens = self._encode(lesson)
        tags = self._linear("tag", tokens)
        roles = self._link(tokens, lesson) if len(lesson.heads) else tokens.new_zeros((0, ROLES))
        return tags.float(), roles.float()

    def _encode(self, lesson: Tensors) -> Tensor:
        parts = []
        for number, keys in enumerate(lesson.keys):
            rows = functional.embedding_bag(keys, self.held[f"embed{number}/hashembed/E"], mode="sum")
            parts.append(rows.bfloat16() * self._toss(self.shape.width))
        if self.shape.words:
            parts.append(self._linear("word", lesson.words))
        hidden = functional.pad(self._maxout("mix", torch.cat(parts, 1), 3), (0, 0, PAD, PAD))[None]
        for number, step in enumerate(ENCODER_STEPS):
            hidden = hidden + self._maxout(f"encode{number}", _widen(hidden, step), 3)
        return hidden[0, PAD:-PAD]

    def _link(self, tokens: Tensor, lesson: Tensors) -> Tensor:
        count = len(lesson.heads)
        rows = lesson.windows.long()
        held = (rows >= 0)[:, :, None]
        table = self.held["place/linear/W"].t().contiguous()
        by_place = functional.embedding_bag(lesson.places.int(), table, mode="sum").bfloat16().view(count, WINDOW, -1)
        by_token = functional.embedding(rows.clamp(min=0), self._linear("token", tokens))
        by_cue = self._linear("cue", tokens[lesson.heads])[:, None]
        hidden = torch.relu(by_token + by_cue + by_place + self.held["place/linear/b"].bfloat16()) * held
        for number, step in enumerate(LINK_STEPS):
            hidden = hidden + self._maxout(f"link{number}", _widen(hidden, step), 2)
        return self._linear("role", hidden).view(-1, ROLES)

    def _linear(self, name: str, inputs: Tensor) -> Tensor:
        weight, bias = self.held[f"{name}/linear/W"], self.held[f"{name}/linear/b"]
        return functional.linear(inputs, weight.bfloat16(), bias.bfloat16())

    def _maxout(self, name: str, inputs: Tensor, pieces: int) -> Tensor:
        weight, bias = self.held[f"{name}/maxout/W"].bfloat16(), self.held[f"{name}/maxout/b"].bfloat16()
        width = weight.shape[0]
        wide = functional.linear(inputs, weight.transpose(0, 1).reshape(width * pieces, -1), bias.t().reshape(-1))
        best = wide[..., :width]
        for piece in range(1, pieces):
            best = _Larger.apply(best, wide[..., piece * width : (piece + 1) * width])
        scale, shift = self.held[f"{name}/layernorm/G"].bfloat16(), self.held[f"{name}/layernorm/b"].bfloat16()
        normal = functional.layer_norm(best, (width,), scale, shift, eps=1e-8)
        return normal * self._toss(normal.numel()).view_as(normal) if self.training else normal

    def _toss(self, count: int) -> Tensor:
        """Return what keeps and drops, from anywhere in the row of coins."""
        if not self.training:
            return self.coins.new_ones(count)
        at = int(torch.randint(_COINS - count, (1,)))
        return self.coins[at : at + count]


def _widen(rows: Tensor, step: int) -> Tensor:
    """Put beside each row the ones ``step`` before and after it in its run."""
    empty = torch.zeros_like(rows[:, :step])
    return torch.cat([torch.cat([empty, rows[:, :-step]], 1), rows, torch.cat([rows[:, step:], empty], 1)], -1)


def grade(net: TorchNet, lesson: Tensors) -> tuple[Tensor, Tensor]:
    """Return the losses of the tags and of the roles."""
    tags, roles = net(lesson)
    tag_loss = torch.stack(
        [weight * functional.cross_entropy(tags[:, columns], lesson.tags[:, columns]) for columns, _, weight in TASKS]
    ).sum()
    if not len(roles):
        return tag_loss, tag_loss * 0
    inside = lesson.windows.view(-1) >= 0
    truth = lesson.roles.view(-1, ROLES) * inside[:, None]
    return tag_loss, -LINK_WEIGHT * (torch.log_softmax(roles, -1) * truth).sum() / inside.sum()


def train_net(
    net: AttributionNet, lessons: Sequence[Lesson], words: WordTable, *, epochs: int, rate: float, seed: int
) -> Iterator[tuple[float, float]]:
    """Train the network, one text a step; yield the mean losses after each pass, with the averaged weights set."""
    torch.manual_seed(seed)
    rng, ordered = random.Random(seed), [prepare(lesson, net, words) for lesson in lessons]
    model = TorchNet(net)
    optimizer = torch.optim.Adam(model.parameters(), rate, fused=True)
    mean = {name: value.detach().clone() for name, value in model.held.items()}
    total, step = epochs * len(ordered), 0
    for _ in range(epochs):
        rng.shuffle(ordered)
        model.train()
        sums = np.zeros(2)
        for lesson in ordered:
            optimizer.param_groups[0]["lr"] = rate * min(1.0, step / _WARM_UP) * max(_LAST_RATE, 1 - step / total)
            losses = grade(model, lesson)
            optimizer.zero_grad()
            (SCALE * (losses[0] + losses[1])).backward()
            optimizer.step()
            keep = min(_SLOWEST, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_(list(mean.values()), list(model.held.values()), 1 - keep)
            sums, step = sums + [float(loss.detach()) for loss in losses], step + 1
        net.set_weights({name.replace("/", "."): value.numpy() for name, value in mean.items()})
        yield float(sums[0] / len(ordered)), float(sums[1] / len(ordered))
