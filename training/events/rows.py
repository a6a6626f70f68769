"""The rows that the reader of marked texts learns from, whatever the task: read from two corpora and from JSON Lines."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from volteface.language.marked_text import MarkedText

ROOTS, POLARITY = "plover", "polarity"
"""The names of the two tasks whose corpora are read here."""

POLARITIES = {2.0: "negative", 4.0: "neutral", 6.0: "positive"}
_TAG = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True)
class Row:
    """One lesson: a text for a task, its label, and the group that never stands on both sides of a split.

    ``weight`` is what the row counts in the loss; ``is_silver``: labelled by rules, to be learnt from first alone.
    """

    task: str
    marked: MarkedText
    label: str
    group: str
    weight: float = 1.0
    is_silver: bool = False


def read_plover(path: Path) -> list[Row]:
    """Return the rows of a Zero-Shot-PLOVER table: ``gold_root`` for the pair that ``<s>`` and ``<t>`` mark."""
    with path.open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Row(ROOTS, read_tags(line["marked_sentence"]), line["gold_root"], " ".join(line["sentence"].split()))
        for line in table
    ]


def read_tags(tagged: str) -> MarkedText:
    """Return a text whose source and target stand between ``<s>``, ``</s>``, ``<t>`` and ``</t>``."""
    at: dict[str, int] = {}
    plain, last = "", 0
    for found in _TAG.finditer(tagged):
        plain += tagged[last : found.start()]
        at[found[0]] = len(plain)
        last = found.end()
    spans = {name: (at[f"<{name}>"], at[f"</{name}>"]) for name in "st" if f"<{name}>" in at}
    return MarkedText(plain + tagged[last:], spans.get("s"), spans.get("t"))


def read_newsmtsc(path: Path) -> Iterator[Row]:
    """Yield a row for each target of each sentence of a NewsMTSC file."""
    for line in read_lines(path):
        for target in line["targets"]:
            marked = MarkedText(line["sentence_normalized"], None, (int(target["from"]), int(target["to"])))
            yield Row(POLARITY, marked, POLARITIES[float(target["polarity"])], line["primary_gid"])


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a JSON Lines file of one's own, gzipped or not.

    Fields: task, text, label, group; source and target as [start, end] or null; second, weight, silver where wanted.
    """
    for line in read_lines(path):
        source, target = (tuple(line[name]) if line.get(name) else None for name in ("source", "target"))
        marked = MarkedText(line["text"], source, target, line.get("second") or "")
        yield Row(
            line["task"],
            marked,
            line["label"],
            str(line["group"]),
            float(line.get("weight", 1)),
            bool(line.get("silver")),
        )


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as ``read_rows`` reads them."""
    with path.open("w", encoding="utf-8") as stream:
        for row in rows:
            marked = row.marked
            line: dict[str, Any] = {
                "task": row.task,
                "text": marked.text,
                "source": marked.source,
                "target": marked.target,
            }
            line |= {"second": marked.second, "label": row.label, "group": row.group}
            line |= {"weight": row.weight, "silver": row.is_silver}
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)
