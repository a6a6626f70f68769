"""Train the teacher of the attribution component on PolNeAR: a sentence encoder, fine-tuned as a tagger of tokens.

Needs torch and transformers beside volteface. The teacher never ships; label.py lets it label texts. The learning rate
falls to half over the pass, then to nothing over a short tail.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import spacy
import torch
from attribution_teacher import Part, Pieces, Reader, Teacher, cut_parts, split_pieces
from corpus import Example, Lesson, read_split
from learning import LINK_WEIGHT, TASKS
from scoring import score
from torch import Tensor
from torch.nn.functional import cross_entropy
from train import COUNTS, cover, to_characters

from volteface.language.attribution_decode import Thresholds, find_attributions
from volteface.language.attribution_net import ROLES, WINDOW
from volteface.language.attribution_words import no_words
from volteface.language.components import register_components

_OVERLAP = 48  # pieces
_BATCH = 6
_WARM_UP = 80  # steps
_LAYER_RATE = 0.9  # of the layer above
_HEAD_RATE = 5.0  # of the encoder's

Row = tuple[Lesson, Pieces, Part]


def group_parameters(teacher: Teacher, rate: float) -> list[dict[str, object]]:
    """Return the parameters with their rates: lower layers learn slower."""
    bert = teacher.bert
    layers = [bert.embeddings, *bert.encoder.layer]
    groups: list[dict[str, object]] = [
        {"params": [p for p in layer.parameters() if p.requires_grad], "lr": rate * _LAYER_RATE ** (len(layers) - n)}
        for n, layer in enumerate(layers)
    ]
    held = {id(parameter) for parameter in bert.parameters()}
    heads = [parameter for parameter in teacher.parameters() if id(parameter) not in held]
    return [*groups, {"params": heads, "lr": rate * _HEAD_RATE}]


def grade(teacher: Teacher, batch: Sequence[Row]) -> Tensor:
    """Return the loss of a batch: tags of the tokens in each core, roles in the windows of the cues in it."""
    with torch.autocast("cpu", torch.bfloat16):
        states = teacher.read([(pieces, part) for _, pieces, part in batch])
    cores, tags, roles, truths = [], [], [], []
    for (lesson, _, part), mixed in zip(batch, states, strict=True):
        rows = mixed.float()
        cores.append(teacher.tag_scores(rows)[part.core[0] - part.start : part.core[1] - part.start])
        tags.append(torch.from_numpy(lesson.tags[part.core[0] : part.core[1]]))
        scores, truth = _relate(teacher, lesson, part, rows)
        roles.append(scores)
        truths.append(truth)
    found, wanted = torch.cat(cores), torch.cat(tags)
    losses = [weight * cross_entropy(found[:, columns], wanted[:, columns]) for columns, _, weight in TASKS]
    if any(len(truth) for truth in truths):
        losses.append(LINK_WEIGHT * cross_entropy(torch.cat(roles), torch.cat(truths)))
    return torch.stack(losses).sum()


def _relate(teacher: Teacher, lesson: Lesson, part: Part, rows: Tensor) -> tuple[Tensor, Tensor]:
    """Return the scores of the roles around the cues in the core of a part, and what they should be."""
    links = lesson.link()
    inside = (links.cues >= part.core[0]) & (links.cues < part.core[1])
    if not inside.any():
        return rows.new_zeros((0, ROLES)), rows.new_zeros((0, ROLES))
    windows = links.windows[inside]
    windows = np.where((windows >= part.start) & (windows < part.end), windows - part.start, -1)
    places = links.places.reshape(len(links.cues), WINDOW, links.places.shape[1])[inside]
    places = places.reshape(-1, places.shape[-1])
    firsts = torch.from_numpy(links.cues[inside] - part.start)
    scores = teacher.relate(rows, firsts, torch.from_numpy(windows), torch.from_numpy(places))
    return scores[torch.from_numpy(windows >= 0)], torch.from_numpy(links.roles[inside][windows >= 0])


def train_teacher(
    teacher: Teacher, texts: Sequence[tuple[Lesson, Pieces]], shares: Sequence[float], *, rate: float, seed: int
) -> Iterator[float]:
    """Take a step for each share of the learning rate; yield the losses."""
    optimizer = torch.optim.AdamW(group_parameters(teacher, rate), weight_decay=0.01)
    firsts = [group["lr"] for group in optimizer.param_groups]
    batches = _draw_batches(texts, random.Random(seed))
    teacher.train()
    for share in shares:
        for group, first in zip(optimizer.param_groups, firsts, strict=True):
            group["lr"] = first * share
        loss = grade(teacher, next(batches))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
        optimizer.step()
        yield float(loss.detach())


def _draw_batches(texts: Sequence[tuple[Lesson, Pieces]], rng: random.Random) -> Iterator[list[Row]]:
    parts = [(lesson, pieces, part) for lesson, pieces in texts for part in cut_parts(pieces, _OVERLAP)]
    while True:
        rng.shuffle(parts)
        for at in range(0, len(parts) - _BATCH + 1, _BATCH):
            yield parts[at : at + _BATCH]


def measure(teacher: Teacher, examples: Sequence[Example]) -> str:
    """Return the figures of the teacher alone."""
    reader = Reader(teacher)
    predicted, gold = [], []
    for one in examples:
        reader.text = one
        found = find_attributions(reader, no_words(), one.reading, Thresholds(switch=0.25))
        predicted.append([to_characters(one.doc, each) for each in found if each.score >= COUNTS])
        gold.append([{name: cover(one.doc, each[name]) for name in each} for each in one.attributions])
    return "  ".join(
        f"{name} {f.precision:.3f}/{f.recall:.3f} {f.f1:.3f}" for name, f in score(gold, predicted).items()
    )


def plan_shares(steps: int, tail: int) -> list[float]:
    """Return the share of the learning rate at each step: up, down to half, and over the tail to nothing."""
    falling = [min((step + 1) / _WARM_UP, 1 - step / steps / 2) for step in range(steps)]
    return [*falling, *(0.5 * (1 - step / tail) for step in range(tail))]


def main() -> None:
    """Train and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", type=Path, help="the training split: a folder with text/ and attributions/")
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of the sentence encoder")
    parser.add_argument("--held", type=int, default=80, help="articles held aside, as for train.py")
    parser.add_argument("--steps", type=int, default=649, help="one pass")
    parser.add_argument("--tail", type=int, default=150)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--resume", type=Path, help="weights after the steps: only the tail is taken")
    parser.add_argument("-o", "--output", type=Path, required=True, help="where to write the weights")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    register_components()
    splitter = spacy.blank("en")
    splitter.add_pipe("volteface_sentences")
    examples = list(read_split(options.split, splitter))
    random.Random(options.seed).shuffle(examples)
    held, learned = examples[: options.held], examples[options.held :]
    teacher = Teacher(options.encoder)
    shares = plan_shares(options.steps, options.tail)
    if options.resume:
        teacher.load_state_dict(torch.load(options.resume, weights_only=True))
        shares = shares[options.steps :]
    texts = [(example.teach(), split_pieces(example, teacher.words)) for example in learned]
    started, losses = time.monotonic(), []
    for loss in train_teacher(teacher, texts, shares, rate=options.rate, seed=options.seed + bool(options.resume)):
        losses.append(loss)
        if len(losses) % 50 == 0:
            seconds = time.monotonic() - started
            print(f"step {len(losses)}: loss {np.mean(losses[-50:]):.4f}, {seconds:.0f} s", file=sys.stderr, flush=True)
    torch.save(teacher.state_dict(), options.output)
    print(measure(teacher, held))


if __name__ == "__main__":
    main()
