"""Fine-tune the network on rows of any tasks, and let it answer. Needs torch; one seed gives one result on one machine."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from marked_net import MarkedNet
from numpy.typing import NDArray
from rows import Row
from torch.nn.functional import cross_entropy

from volteface.language.marked_text import MarkedText, Pieces, lay_pieces
from volteface.language.word_pieces import WordPieces

Lesson = tuple[Row, Pieces]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn. ``rate`` is the highest of the encoder; ``average``: of the weights, per step.

    ``per_pass``: how many rows of a task are drawn for each pass; a task that is not named gives all.
    """

    passes: int
    rate: float = 1e-4
    head_rate: float = 1e-3
    batch: int = 32
    smoothing: float = 0.1
    average: float = 0.98
    seed: int = 7
    per_pass: Mapping[str, int] = field(default_factory=dict)


def lay_rows(rows: Sequence[Row], words: WordPieces) -> list[Lesson]:
    """Return each row with its pieces."""
    return [(row, lay_pieces(row.marked, words)) for row in rows]


def draw_lessons(lessons: Sequence[Lesson], per_pass: Mapping[str, int], draw: random.Random) -> list[Lesson]:
    """Return the lessons of one pass: all of a task, or as many as ``per_pass`` says, by chance."""
    drawn: list[Lesson] = []
    for task in sorted({row.task for row, _ in lessons}):
        held = [lesson for lesson in lessons if lesson[0].task == task]
        most = per_pass.get(task, len(held))
        drawn += draw.sample(held, most) if most < len(held) else held
    return drawn


def make_batches(lessons: Sequence[Lesson], size: int, draw: random.Random) -> list[list[Lesson]]:
    """Return batches of one task each, of texts of about one length, in a random order."""
    batches: list[list[Lesson]] = []
    for task in sorted({row.task for row, _ in lessons}):
        held = [lesson for lesson in lessons if lesson[0].task == task]
        held.sort(key=lambda lesson: len(lesson[1].ids) * draw.uniform(0.8, 1.25))
        batches += [held[at : at + size] for at in range(0, len(held), size)]
    draw.shuffle(batches)
    return batches


def learn(net: MarkedNet, lessons: Sequence[Lesson], plan: Plan) -> None:
    """Train the network in place; its weights end as a running mean of those along the way."""
    torch.manual_seed(plan.seed)
    draw = random.Random(plan.seed)
    learnt = [(name, parameter) for name, parameter in net.named_parameters() if parameter.requires_grad]
    heads = [parameter for name, parameter in learnt if name.startswith("heads")]
    inner = [parameter for name, parameter in learnt if not name.startswith("heads")]
    optimizer = torch.optim.AdamW(
        [{"params": inner, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}], weight_decay=0.01
    )
    total = sum(1 for _ in _stream(lessons, plan, random.Random(plan.seed)))
    warm = max(1, total // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (total - step) / (total - warm)))
    )
    mean = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(plan.average)
    )
    net.train()
    for number, batch in enumerate(_stream(lessons, plan, draw)):
        loss = _grade(net, batch, plan.smoothing)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if number >= warm:
            mean.update_parameters(net)
        _tell(number, total, float(loss.detach()))
    net.load_state_dict(mean.module.state_dict())


def _stream(lessons: Sequence[Lesson], plan: Plan, draw: random.Random) -> Iterator[list[Lesson]]:
    for _ in range(plan.passes):
        yield from make_batches(draw_lessons(lessons, plan.per_pass, draw), plan.batch, draw)


def _grade(net: MarkedNet, batch: Sequence[Lesson], smoothing: float) -> torch.Tensor:
    task = batch[0][0].task
    names = net.labels[task]
    wanted = torch.tensor([names.index(row.label) for row, _ in batch])
    weights = torch.tensor([row.weight for row, _ in batch])
    scores = net([pieces for _, pieces in batch], task)
    losses = cross_entropy(scores, wanted, label_smoothing=smoothing, reduction="none")
    return (losses * weights).sum() / weights.sum()


_STARTED = time.monotonic()


def _tell(number: int, total: int, loss: float) -> None:
    if number % 50 == 0:
        print(f"{time.monotonic() - _STARTED:6.0f}s step {number}/{total} loss {loss:.3f}", file=sys.stderr, flush=True)


@torch.no_grad()
def answer(net: MarkedNet, texts: Sequence[MarkedText], task: str, words: WordPieces) -> NDArray[np.float32]:
    """Return the probabilities of a task's labels (texts x labels)."""
    net.eval()
    laid = [lay_pieces(marked, words) for marked in texts]
    order = sorted(range(len(laid)), key=lambda index: len(laid[index].ids))
    found = np.zeros((len(laid), len(net.labels[task])), dtype="float32")
    for at in range(0, len(order), 64):
        chunk = order[at : at + 64]
        found[chunk] = torch.softmax(net([laid[index] for index in chunk], task), dim=1).numpy()
    return found


def count_labels(rows: Sequence[Row]) -> Mapping[str, tuple[str, ...]]:
    """Return the labels of each task, sorted."""
    return {
        task: tuple(sorted({row.label for row in rows if row.task == task}))
        for task in sorted({row.task for row in rows})
    }
