"""How good the statements of labelled articles are, how much their confidence means, and how fast they are found.

usage: stances.py ARTICLES.jsonl [--home DIR] [--worst N]

ARTICLES hold {"id", "outlet", "date", "title", "text", "statements": [{"actor", "issue", "stance", "basis", "conditional",
"strength", "evidence"}]}. Prints precision, recall and F1 of positions (article, actor, issue, stance), those said with
confidence .8 or more, opposite signs, basis, condition and strength of what is right, the reliability of the confidences with
their expected calibration error, and statements a second of CPU. --worst prints the surest that are wrong, with their words.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quality.calibration import measure_calibration
from quality.positions import Key, find_opposites, score_keys
from quality.reading import build_passages

from volteface.config import load_config
from volteface.language.pipeline import build_nlp
from volteface.language.tag import tag_passages
from volteface.models import Statement

SURE = 0.8
_ACTS = {"vote": "act"}  # the labels know no votes apart from acts
Row = dict[str, Any]


def main() -> None:
    """Tag, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--home", type=Path, default=Path())
    parser.add_argument("--worst", type=int, default=0)
    options = parser.parse_args()
    config = load_config(options.home)
    rows = [json.loads(line) for line in options.articles.read_text(encoding="utf-8").splitlines() if line]
    nlp = build_nlp(config)
    list(tag_passages(nlp, build_passages(rows[:1], config), config))  # what is loaded once is not timed
    began = time.process_time()
    found = [one for _, statements, _ in tag_passages(nlp, build_passages(rows, config), config) for one in statements]
    spent = time.process_time() - began
    gold = {(row["id"], one["actor"], one["issue"], one["stance"]) for row in rows for one in row["statements"]}
    _print_positions(gold, found)
    _print_shades(rows, found)
    _print_calibration(gold, found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(found) / spent:.1f} statements a second of CPU, {len(rows) / spent:.1f} articles; peak {peak:.0f} MB")
    for one in sorted(_list_wrong(gold, found), key=lambda one: -one.confidence)[: options.worst]:
        print(
            f"{one.confidence:.2f} {one.article_id} {one.actor_id} {one.issue_id} {one.stance} {one.rule_id}: {one.evidence}"
        )


def _print_positions(gold: set[Key], found: Sequence[Statement]) -> None:
    keys = {_key(one) for one in found}
    sure = {_key(one) for one in found if one.confidence >= SURE}
    print(f"actor+issue   {score_keys({key[:3] for key in gold}, {key[:3] for key in keys})}")
    print(f"position      {score_keys(gold, keys)}")
    print(f"sure          {score_keys(gold, sure)}, {len(sure)} of {len(keys)} kept")
    wrong, matched = find_opposites(gold, keys)
    print(f"opposite sign {len(wrong)} of {matched}")


def _print_shades(rows: Sequence[Row], found: Sequence[Statement]) -> None:
    """Print how often basis, condition and strength are right, where the position is."""
    gold: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        for one in row["statements"]:
            gold.setdefault((row["id"], one["actor"], one["issue"], one["stance"]), []).append(one)
    pairs = [(one, gold[_key(one)]) for one in found if _key(one) in gold]
    for name, is_right in (
        ("basis", lambda one, all_: _ACTS.get(one.basis, one.basis) in {each["basis"] for each in all_}),
        ("conditional", lambda one, all_: one.conditional in {each["conditional"] for each in all_}),
        ("strength", lambda one, all_: one.strength in {each["strength"] for each in all_}),
    ):
        right = sum(is_right(one, all_) for one, all_ in pairs)
        print(f"{name:13} {right / max(1, len(pairs)):.3f} of {len(pairs)}")


def _print_calibration(gold: set[Key], found: Sequence[Statement]) -> None:
    error, table = measure_calibration([(one.confidence, _key(one) in gold) for one in found])
    print(f"expected calibration error {error:.3f} of {len(found)} statements")
    for number, (count, mean, right) in enumerate(table):
        if count:
            print(f"  {number / 10:.1f} to {number / 10 + 0.1:.1f}  n {count:4}  mean {mean:.3f}  right {right:.3f}")


def _list_wrong(gold: set[Key], found: Sequence[Statement]) -> list[Statement]:
    return [one for one in found if _key(one) not in gold]


def _key(one: Statement) -> Key:
    return one.article_id, one.actor_id, one.issue_id, str(one.stance)


if __name__ == "__main__":
    sys.exit(main())
