"""Measure the reader of events between actors: PLOVER roots, polarity to a target, time for each statement.

usage: events.py --plover FILE --newsmtsc-dev FILE [--newsmtsc TRAIN --encoder DIR] [--model DIR]

Polarity and time are those of the model as it ships (whole numbers of eight bits, one core's time). That model has
learnt all of PLOVER, so its roots can only be measured by folds: what training recorded is printed, and with --newsmtsc and
--encoder both stages are learnt anew for it, which needs torch and half an hour of one core.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from volteface.language.marked_reader import FOLDER, MarkedReader, load_reader

sys.path.append(str(Path(__file__).resolve().parents[1] / "training" / "events"))
from folds import macro_f1, score_label
from rows import POLARITY, ROOTS, Row, read_newsmtsc, read_plover


def main() -> None:
    """Print the figures."""
    options = _read_options()
    reader = load_reader(options.model)
    roots = read_plover(options.plover)
    figures = reader.meta["cross_validation"]
    if options.newsmtsc and options.encoder:
        from train import cross_validate_files  # noqa: PLC0415 -- needs torch, which measuring the rest does not

        figures = cross_validate_files(options.plover, options.newsmtsc, options.encoder)
    print(f"{reader.version}: PLOVER roots, five folds, {len(roots)} rows")
    for label, figure in sorted(figures["f1"].items()):
        print(f"  {label:<12}{figure:.3f}  {sum(row.label == label for row in roots)}")
    print(f"  macro-F1    {figures['macro_f1']:.3f}")
    print(
        f"  told from {figures['threshold']:.2f} on: right {figures['precision_told']:.3f},"
        f" of all roots told rightly {figures['share_told_right']:.3f}"
    )
    _print_polarity(reader, list(read_newsmtsc(options.newsmtsc_dev)))
    _print_time(reader, roots)


def _print_polarity(reader: MarkedReader, rows: list[Row]) -> None:
    labels = reader.labels(POLARITY)
    found = reader.answer([row.marked for row in rows], POLARITY).argmax(axis=1)
    confusion = Counter((row.label, labels[index]) for row, index in zip(rows, found, strict=True))
    print(f"polarity to a target, NewsMTSC dev, {len(rows)} targets")
    for label in labels:
        print(f"  {label:<12}{score_label(confusion, label)[2]:.3f}")
    print(f"  macro-F1    {macro_f1(confusion):.3f}")


def _print_time(reader: MarkedReader, rows: list[Row]) -> None:
    texts = [row.marked for row in rows[:256]]
    reader.answer(texts[:16], ROOTS)
    started = time.process_time()
    reader.answer(texts, ROOTS)
    print(f"time: {(time.process_time() - started) / len(texts) * 1000:.1f} ms of one core for each statement")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--plover", type=Path, required=True)
    parser.add_argument("--newsmtsc-dev", type=Path, required=True)
    parser.add_argument("--newsmtsc", type=Path, help="NewsMTSC's training part")
    parser.add_argument("--encoder", type=Path, help="the folder of all-MiniLM-L6-v2")
    parser.add_argument("--model", type=Path, default=FOLDER)
    return parser.parse_args()


if __name__ == "__main__":
    main()
