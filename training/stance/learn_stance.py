"""Train the stance reader's network on rows of label_pairs.py, and write its folder. Needs torch, transformers, scikit-learn.

usage: learn_stance.py ROWS.jsonl ... --weak WEAK.jsonl --encoder DIR -o FOLDER

First one pass over all rows, the weak ones too, then the labelled ones alone. In each pass as many pairs without a stance
are drawn as ``QUIET`` times those with one. Then the linear parts that read words alone: the gate, deeds, plainness. The
judge's weights are another step (weigh.py), on articles that this one has not seen.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from export_onnx import export_network
from logistic import fit_linear
from stance_net import CLASSES, StanceNet
from torch import Tensor
from torch.nn import functional
from write_stance import write_folder

from volteface.config import load_config
from volteface.language.annotations import IssueHit
from volteface.language.stance_model import NAMED, NETWORK, UNNAMED, lay_pair, list_words
from volteface.language.stance_pairs import Pair
from volteface.language.word_pieces import WordPieces

Row = dict[str, Any]
LABELS = {"none": 0, "support": 1, "oppose": 2, "mixed": 3, "no_position": 3}
SEED, RATE, BATCH, QUIET, PLAIN = 1, 1e-4, 32, 1.5, 1.5
PASSES = 3
GATE = 0.2  # pairs under it are not read: they hold 12 % of the statements and 55 % of the pairs of articles held aside


def main() -> None:
    """Read the rows, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="+", type=Path)
    parser.add_argument("--weak", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--trained", type=Path, help="do not train: take these weights of the whole network")
    parser.add_argument("--home", type=Path, default=Path())
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    issues = {issue.id: issue.proposition for issue in load_config(options.home).issues}
    words = WordPieces(options.encoder / "vocab.txt")
    rows = [row for path in options.rows for row in read_rows(path)]
    net = StanceNet(options.encoder, len(issues), (words.ids[NAMED], words.ids[UNNAMED]))
    if options.trained:
        net.load_state_dict(torch.load(options.trained))
    else:
        rng = random.Random(SEED)
        train(net, [lay_row(row, words, list(issues)) for row in [*rows, *read_rows(options.weak)]], 1, rng)
        train(net, [lay_row(row, words, list(issues)) for row in rows], PASSES, rng)
        torch.save(net.state_dict(), options.output.with_suffix(".pt"))
    options.output.mkdir(parents=True, exist_ok=True)
    export_network(net, options.output / NETWORK)
    labels = Counter(issue for row in rows for issue in row["labels"])
    write_folder(options.output, options.encoder, linear=list_linear(rows), issues=issues, labels=labels, gate=GATE)


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def make_pair(row: Row) -> Pair:
    """Return a row as the pair that it was, for what reads words alone."""
    return Pair(
        actor_id=row["actor"], sentence=row["sentence"], in_title=row["in_title"], text=row["text"],
        previous=row["previous"], is_said=row["is_said"], is_named=row["is_named"], near=frozenset(row["near"]),
        hits=tuple(IssueHit(start=0, end=0, issue_id=one[0], sign=one[1], is_context=one[2]) for one in row["hits"]),
        ruled=row["ruled"], gaps={}, subjects={}, attribution=None, mention=None,
    )  # fmt: skip


Lesson = tuple[tuple[list[int], int], list[int], list[float]]
"""A laid-out pair, the class of each issue, the weight of each issue."""


def lay_row(row: Row, words: WordPieces, issues: Sequence[str]) -> Lesson:
    """Return what the network learns from a row. An issue that is unclear has no weight."""
    classes = [LABELS[row["labels"].get(issue, "none")] for issue in issues]
    weights = [0.0 if issue in row["unclear"] else 1.0 for issue in issues]
    return lay_pair(make_pair(row), words), classes, weights


def train(net: StanceNet, lessons: Sequence[Lesson], passes: int, rng: random.Random) -> None:
    """Train for some passes, the rate rising over the first tenth of the steps and falling to nothing."""
    telling = [one for one in lessons if any(one[1])]
    quiet = [one for one in lessons if not any(one[1])]
    drawn = min(len(quiet), int(QUIET * len(telling)))
    steps = passes * math.ceil((len(telling) + drawn) / BATCH)
    own = [*net.head.parameters(), *net.marks.parameters()]
    encoder = [one for one in net.bert.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": RATE}, {"params": own, "lr": RATE * 10}], weight_decay=0.01, fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, step / (0.1 * steps + 1)) * max(0.02, 1 - step / steps)
    )
    net.train()
    for number in range(passes):
        for step, batch in enumerate(draw_batches([*telling, *rng.sample(quiet, drawn)], rng)):
            loss = measure_loss(net, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            if step % 50 == 0:
                print(f"pass {number + 1} step {step} loss {loss.item():.3f}", flush=True)


def draw_batches(lessons: list[Lesson], rng: random.Random) -> list[list[Lesson]]:
    """Return the lessons in batches of like lengths, in a random order."""
    rng.shuffle(lessons)
    run = BATCH * 30
    ordered = [
        one for at in range(0, len(lessons), run) for one in sorted(lessons[at : at + run], key=lambda x: len(x[0][0]))
    ]
    batches = [ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH)]
    rng.shuffle(batches)
    return batches


def measure_loss(net: StanceNet, batch: Sequence[Lesson]) -> Tensor:
    """Return the mean loss of the pairs of a batch, summed over issues."""
    classes, weights = torch.tensor([one[1] for one in batch]), torch.tensor([one[2] for one in batch])
    with torch.autocast("cpu", torch.bfloat16):
        scores = net([one[0] for one in batch])
    losses = functional.cross_entropy(scores.float().reshape(-1, CLASSES), classes.view(-1), reduction="none")
    weighted = losses.view(weights.shape) * weights * (1 + (PLAIN - 1) * (classes > 0))
    return weighted.sum() / len(batch)


def list_linear(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """Return the linear parts that read words: is it worth reading, is it a deed, is it said plainly."""
    clear = [row for row in rows if row["labels"] or not row["unclear"]]
    told = [row for row in rows if len(row["bases"]) == 1]
    plain = [row for row in rows if len(row["strengths"]) == 1]
    return {
        "gate": fit_linear([list_words(make_pair(row)) for row in clear], [bool(row["labels"]) for row in clear]),
        "act": fit_linear([list_words(make_pair(row)) for row in told], [row["bases"] == ["act"] for row in told]),
        "strong": fit_linear([list_words(make_pair(row)) for row in plain], [row["strengths"] == [2] for row in plain]),
    }


if __name__ == "__main__":
    main()
