"""The two stages of learning, and what cross-validation finds. Needs torch.

First the large corpora: polarity, and any other task that is given. Then PLOVER's thousand rows, with a part of the others
in each pass so that nothing is forgotten. A fold repeats the second stage alone: the first has seen no row of PLOVER.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from folds import assign_folds, macro_f1
from judging import Answered, count_roots
from learn import Plan, answer, lay_rows, learn
from marked_net import MarkedNet
from rows import ROOTS, Row
from turned import turn_round

from volteface.language.word_pieces import WordPieces

SHARE_TURNED = 0.5
_AGAIN = 500  # rows of each earlier task in a pass of the second stage

Weights = Mapping[str, torch.Tensor]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that the two stages need: the encoder's folder, the labels, both plans."""

    encoder: Path
    labels: Mapping[str, tuple[str, ...]]
    first: Plan
    second: Plan
    folds: int


def learn_first(recipe: Recipe, rows: Sequence[Row], words: WordPieces) -> MarkedNet:
    """Return the network after the first stage. ``rows`` have none of PLOVER's gold."""
    torch.manual_seed(recipe.first.seed)
    net = MarkedNet(recipe.encoder, recipe.labels)
    learn(net, lay_rows(rows, words), recipe.first)
    return net


def learn_second(
    recipe: Recipe, start: Weights, roots: Sequence[Row], others: Sequence[Row], words: WordPieces
) -> MarkedNet:
    """Return the network after the second stage: ``roots`` and as many turned round, and a part of the others."""
    torch.manual_seed(recipe.second.seed)
    net = MarkedNet(recipe.encoder, recipe.labels)
    net.load_state_dict(start)
    turned = list(turn_round(roots, SHARE_TURNED, recipe.second.seed))
    tasks = {row.task for row in others} - {ROOTS}
    plan = replace(recipe.second, per_pass=dict.fromkeys(tasks, _AGAIN))
    learn(net, lay_rows([*roots, *turned, *others], words), plan)
    return net


def cross_validate(
    recipe: Recipe, start: Weights, roots: Sequence[Row], others: Sequence[Row], words: WordPieces
) -> Iterator[Answered]:
    """Yield every row of PLOVER, and those turned round, as the network says that has not seen their fold."""
    fold_of = assign_folds([row.label for row in roots], [row.group for row in roots], recipe.folds, recipe.second.seed)
    for fold in range(recipe.folds):
        held = [row for row, number in zip(roots, fold_of, strict=True) if number == fold]
        learnt = [row for row, number in zip(roots, fold_of, strict=True) if number != fold]
        net = learn_second(recipe, copy.deepcopy(start), learnt, others, words)
        asked = [*held, *turn_round(held, 1.0, recipe.second.seed)]
        found = answer(net, [row.marked for row in asked], ROOTS, words)
        answered = [Answered(row, chances) for row, chances in zip(asked, found, strict=True)]
        print(f"fold {fold}: {macro_f1(count_roots(answered, recipe.labels[ROOTS])):.3f}", file=sys.stderr)
        yield from answered
