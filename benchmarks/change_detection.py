"""Measure change detection on a hand-coded series of claims, clean and with a noisy reader.

usage: change_detection.py SERIES.jsonl [--seeds N]

SERIES has one statement a line: actor_id, issue_id, stated_at (ISO date), stance (support | oppose). Each is given in
K wordings of separate origins, each read right with probability A. A gold change is a day whose sign differs from that
of the series' day before; a day that holds both signs is left out. A flip is right on its day, or up to 30 days after
it and before the next gold change. Beside ours a naive detector is shown: every difference of a day's majority from the
majority of the day before. Precision and recall are of all seeds together, the hand-coded series itself first.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from volteface.commands.statement_rows import read_statements
from volteface.config.settings import ChangePolicy
from volteface.models import ChangeKind, ChangeState, Stance, Statement
from volteface.positions.changes import detect_changes

SETTINGS = ((1.0, 1), (0.85, 3), (0.85, 5), (0.9, 3), (0.8, 1))
MAX_LATE = timedelta(days=30)
SIGNS = (Stance.SUPPORT, Stance.OPPOSE)
Series = tuple[str, str]
Found = dict[Series, list[date]]


def blur(statements: Sequence[Statement], accuracy: float, wordings: int, rng: random.Random) -> list[Statement]:
    """Return each statement in several wordings of separate origins, some of them read the wrong way round."""
    blurred = []
    for number, statement in enumerate(statements):
        for wording in range(wordings):
            right = rng.random() < accuracy
            stance = statement.stance if right else SIGNS[SIGNS[0] is statement.stance]
            name = f"{number}-{wording}"
            blurred.append(
                replace(
                    statement, statement_id=name, origin_id=name, stance=stance, confidence=accuracy,
                    evidence=f"statement {number}",
                )
            )  # fmt: skip
    return blurred


def find_gold(statements: Iterable[Statement]) -> Found:
    """Return the days on which the hand-coded sign differs from the day before."""
    return _compare_days(statements, lambda counts: max(counts, key=counts.__getitem__) if len(counts) == 1 else None)


def find_naively(statements: Iterable[Statement]) -> Found:
    """Return the days whose majority differs from the day before."""
    return _compare_days(statements, lambda counts: counts.most_common(1)[0][0])


def find_ours(statements: Sequence[Statement]) -> Found:
    """Return the days of our confirmed flips."""
    found: Found = defaultdict(list)
    for change in detect_changes(statements, (), actors=(), issues=(), policy=ChangePolicy()):
        if change.kind is ChangeKind.FLIP and change.state is ChangeState.CONFIRMED:
            found[change.actor_id, change.issue_id or ""].append(change.changed_at.date())
    return found


def _compare_days(statements: Iterable[Statement], read: Callable[[Counter[Stance]], Stance | None]) -> Found:
    days: defaultdict[Series, defaultdict[date, Counter[Stance]]] = defaultdict(lambda: defaultdict(Counter))
    for statement in statements:
        if statement.stated_at:
            days[statement.actor_id, statement.issue_id][statement.stated_at.date()][statement.stance] += 1
    found: Found = defaultdict(list)
    for key, by_day in days.items():
        last: Stance | None = None
        for day in sorted(by_day):
            stance = read(by_day[day])
            if stance and last and stance is not last:
                found[key].append(day)
            last = stance or last
    return found


def count_hits(gold: Found, found: Found) -> int:
    """Return how many gold changes are found in time; a found one counts once."""
    hits = 0
    for key, days in gold.items():
        rest = sorted(found.get(key, []))
        for number, day in enumerate(days):
            end = days[number + 1] if number + 1 < len(days) else date.max
            hit = next((other for other in rest if day <= other < end), None)
            if hit and hit - day <= MAX_LATE:
                hits += 1
                rest.remove(hit)
    return hits


def describe(gold: Found, runs: Sequence[Found]) -> str:
    """Return precision and recall over runs."""
    hits = sum(count_hits(gold, run) for run in runs)
    found = sum(len(days) for run in runs for days in run.values())
    wanted = sum(map(len, gold.values())) * len(runs)
    return (
        f"P {hits / found if found else 0:.2f} R {hits / wanted if wanted else 0:.2f} (found {found / len(runs):.1f})"
    )


def main() -> None:
    """Blur, detect and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("series", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    arguments = parser.parse_args()
    statements = list(read_statements(arguments.series))
    gold = find_gold(statements)
    print(json.dumps({"statements": len(statements), "changes": sum(map(len, gold.values()))}))
    for accuracy, wordings in SETTINGS:
        seeds = range(1, arguments.seeds + 1) if accuracy < 1 else [1]
        blurred = [blur(statements, accuracy, wordings, random.Random(seed)) for seed in seeds]
        began = time.perf_counter()
        ours = [find_ours(rows) for rows in blurred]
        seconds = (time.perf_counter() - began) / sum(map(len, blurred))
        naive = describe(gold, [find_naively(rows) for rows in blurred])
        print(
            f"accuracy {accuracy:.2f} x {wordings}   ours {describe(gold, ours)}   majority {naive}   "
            f"{seconds * 1e6:.0f} us a statement"
        )


if __name__ == "__main__":
    main()
