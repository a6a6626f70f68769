"""Train the reader of marked texts: event roots, polarity, and any task that is given as rows. Needs torch and transformers.

usage: train.py --plover plv-train.tsv --newsmtsc newsmtsc-train.jsonl.gz --encoder DIR -o MODEL [--rows FILE ...]

Writes the folder that volteface ships as language/events_model, with seeds, versions, digests and figures in its meta.json.
Nothing is chosen by a development set; the threshold is by the answers of the folds.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
import transformers
from export import digest_file, write_reader
from folds import macro_f1, score_label
from judging import Answered, choose_threshold, count_roots
from learn import Plan, count_labels
from rows import ROOTS, Row, read_newsmtsc, read_plover, read_rows
from stages import Recipe, cross_validate, learn_first, learn_second

from volteface.language.marked_text import NONE
from volteface.language.word_pieces import WordPieces

NAME, VERSION = "volteface_events", "1.0.0"
FIRST = Plan(passes=3)
SECOND = Plan(passes=10)
FOLDS = 5
PRECISION = 0.9
"""How often an event that is told should be right, among the rows held out and those turned round."""


def main() -> None:
    """Read the corpora, cross-validate, train on everything, write the model."""
    options = _read_options()
    lessons = read_lessons(options.plover, options.newsmtsc, options.rows)
    recipe = make_recipe(options.encoder, lessons, options.folds)
    words = WordPieces(options.encoder / "vocab.txt")
    first = _start(options.first, recipe, lessons.others, words)
    answered = list(cross_validate(recipe, first, *lessons, words)) if options.folds else []
    net = learn_second(recipe, first, *lessons, words)
    weights = {name: value.float().numpy() for name, value in net.state_dict().items() if value.is_floating_point()}
    meta = {
        **describe(recipe, measure(answered, recipe.labels[ROOTS]) if answered else {}),
        "layers": net.bert.config.num_hidden_layers,
        "heads": net.bert.config.num_attention_heads,
        "inputs": {path.name: digest_file(path) for path in (options.plover, options.newsmtsc, *options.rows)},
        "encoder": digest_file(options.encoder / "model.safetensors"),
    }
    write_reader(options.output, weights, options.encoder / "vocab.txt", meta)


class Lessons(NamedTuple):
    """PLOVER's rows, and those of every other task."""

    roots: list[Row]
    others: list[Row]


def read_lessons(plover: Path, newsmtsc: Path, more: Iterable[Path] = ()) -> Lessons:
    """Return the rows of the corpora and of further files of rows."""
    return Lessons(read_plover(plover), [*read_newsmtsc(newsmtsc), *(row for path in more for row in read_rows(path))])


def make_recipe(encoder: Path, lessons: Lessons, folds: int) -> Recipe:
    """Return the recipe for these rows: the labels are those that they have, and NONE for PLOVER."""
    labels = dict(count_labels([*lessons.roots, *lessons.others]))
    labels[ROOTS] = (*labels[ROOTS], NONE)
    torch.set_num_threads(1)
    return Recipe(encoder, labels, FIRST, SECOND, folds)


def cross_validate_files(plover: Path, newsmtsc: Path, encoder: Path) -> dict[str, Any]:
    """Return what cross-validation of both stages finds, as meta.json holds it."""
    lessons = read_lessons(plover, newsmtsc)
    recipe = make_recipe(encoder, lessons, FOLDS)
    words = WordPieces(encoder / "vocab.txt")
    first = learn_first(recipe, lessons.others, words).state_dict()
    return measure(list(cross_validate(recipe, first, *lessons, words)), recipe.labels[ROOTS])


def _start(kept: Path | None, recipe: Recipe, others: Sequence[Row], words: WordPieces) -> dict[str, torch.Tensor]:
    """Return the weights after the first stage: those of an earlier run where a file of them is there."""
    if kept and kept.is_file():
        weights: dict[str, torch.Tensor] = torch.load(kept)
        return weights
    weights = learn_first(recipe, others, words).state_dict()
    if kept:
        torch.save(weights, kept)
    return weights


def measure(answered: Sequence[Answered], labels: Sequence[str]) -> dict[str, Any]:
    """Return what cross-validation found, and the threshold that goes with it."""
    confusion = count_roots(answered, labels)
    threshold, precision, kept = choose_threshold(answered, labels, PRECISION)
    return {
        "threshold": threshold,
        "macro_f1": round(macro_f1(confusion), 4),
        "f1": {label: round(score_label(confusion, label)[2], 4) for label in labels if label != NONE},
        "precision_told": round(precision, 4),
        "share_told_right": round(kept, 4),
    }


def describe(recipe: Recipe, found: dict[str, Any]) -> dict[str, Any]:
    """Return what meta.json says of the model."""
    plans = {"first": recipe.first, "second": recipe.second}
    return {
        "name": NAME,
        "version": VERSION,
        "licence": "CC BY-SA 4.0",
        "labels": {task: list(names) for task, names in recipe.labels.items()},
        "thresholds": {ROOTS: found.get("threshold", 0.5)},
        "cross_validation": found,
        "plans": {name: {key: getattr(plan, key) for key in plan.__slots__} for name, plan in plans.items()},
        "versions": {
            "python": platform.python_version(),
            "torch": str(torch.__version__),
            "transformers": transformers.__version__,
        },
    }


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--plover", type=Path, required=True)
    parser.add_argument("--newsmtsc", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors, config.json, vocab.txt")
    parser.add_argument("--rows", type=Path, nargs="*", default=[], help="other tasks, as JSON Lines")
    parser.add_argument("--folds", type=int, default=FOLDS, help="0: no cross-validation, and a threshold of .5")
    parser.add_argument("--first", type=Path, help="keep the weights of the first stage here, or take them from here")
    parser.add_argument("-o", "--output", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
