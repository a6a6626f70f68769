"""Measure change detection on a hand-coded series of claims, clean and with a noisy reader, against other detectors.

usage: change_detection.py SERIES.jsonl [--seeds N] [--first-seed N] [--json OUT.json]

SERIES has one statement a line: actor_id, issue_id, stated_at (ISO date), stance (support | oppose). Each is given in
K wordings of separate origins, each read right with probability A. A gold change is a day whose sign differs from that
of the series' day before; a day that holds both signs is left out. A flip is right on its day, or up to 30 days after
it and before the next gold change. Precision and recall are of all seeds together, and per seed on average.

Then: what the probabilities of our flips mean, candidates among them; what copies do, where each reading comes with a
copy of one of those beside it; and invented series that change more or less often than hand-coded ones do, or whose
reader is surer than it is right. The penalty of the segments is the best on invented series, for each kind of noise.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from change_rivals import (
    PENALTIES,
    Found,
    find_by_first,
    find_by_majority,
    find_by_markov,
    find_by_segments,
    find_gold,
)
from change_scores import Case, Score, count_hits, divide, score
from change_series import blur, copy, draw_series
from quality.calibration import measure_calibration

from volteface.commands.statement_rows import read_statements
from volteface.config.settings import ChangePolicy
from volteface.models import ChangeKind, ChangeState, PositionChange, Statement
from volteface.positions.changes import detect_changes

SETTINGS = ((1.0, 1), (0.85, 3), (0.85, 5), (0.9, 3), (0.8, 1))
# Invented series: share of pairs that change, what the reader says of itself (it is right at 0.85), most days a series.
INVENTED = (
    (0.01, 0.85, 9),
    (0.03, 0.85, 9),
    (0.06, 0.85, 9),
    (0.1, 0.85, 9),
    (0.15, 0.85, 9),
    (0.06, 0.8, 9),
    (0.06, 0.9, 9),
    (0.01, 0.85, 60),
    (0.06, 0.85, 60),
)
Detector = Callable[[Sequence[Statement]], Found]
Judged = list[tuple[float, bool]]


@dataclass(frozen=True)
class Comparison:
    """The scores of all detectors at one kind of noise. ``judged`` has the probability of each of our flips, candidates
    among them, and whether a change took place there.
    """

    accuracy: float
    wordings: int
    seeds: int
    microseconds_a_statement: float
    scores: dict[str, Score]
    judged: Judged


def detect_flips(statements: Sequence[Statement]) -> list[PositionChange]:
    """Return our flips, in whatever state."""
    changes = detect_changes(statements, (), actors=(), issues=(), policy=ChangePolicy())
    return [change for change in changes if change.kind is ChangeKind.FLIP]


def choose_confirmed(flips: Sequence[PositionChange]) -> Found:
    """Return the days of confirmed flips."""
    found: Found = defaultdict(list)
    for change in flips:
        if change.state is ChangeState.CONFIRMED:
            found[change.actor_id, change.issue_id or ""].append(change.changed_at.date())
    return found


def judge_flips(gold: Found, flips: Sequence[PositionChange]) -> Judged:
    """Return for each flip its probability, and whether a change took place there; each by itself."""
    judged = []
    for flip in flips:
        key = (flip.actor_id, flip.issue_id or "")
        judged.append((flip.confidence, count_hits({key: gold.get(key, [])}, {key: [flip.changed_at.date()]}) > 0))
    return judged


def choose_penalty(accuracy: float, wordings: int, seeds: Sequence[int]) -> float:
    """Return the penalty of the best F1 on invented series, of which as many pairs change as in hand-coded ones."""
    drawn = []
    for seed in seeds:
        rng = random.Random(seed)
        series = draw_series(0.06, rng)
        drawn.append((find_gold(series), blur(series, accuracy, wordings, rng)))

    def measure_f1(penalty: float) -> float:
        result = score([(gold, find_by_segments(rows, penalty)) for gold, rows in drawn])
        return divide(2 * result.precision * result.recall, result.precision + result.recall)

    return max(PENALTIES, key=measure_f1)


def compare_detectors(
    statements: Sequence[Statement], accuracy: float, wordings: int, seeds: Sequence[int]
) -> Comparison:
    """Measure ours and the others on the same blurred series, and judge our flips one by one."""
    gold = find_gold(statements)
    blurred = [blur(statements, accuracy, wordings, random.Random(seed)) for seed in seeds]
    began = time.perf_counter()
    flips = [detect_flips(rows) for rows in blurred]
    seconds = (time.perf_counter() - began) / sum(map(len, blurred))
    penalty = choose_penalty(accuracy, wordings, range(1001, 1005))
    rivals: dict[str, Detector] = {
        "naive": find_by_first,
        "majority": find_by_majority,
        "hidden Markov": find_by_markov,
        f"ruptures, penalty {penalty}": partial(find_by_segments, penalty=penalty),
    }
    scores = {"ours": score([(gold, choose_confirmed(one)) for one in flips])}
    scores |= {name: score([(gold, detector(rows)) for rows in blurred]) for name, detector in rivals.items()}
    judged = [pair for one in flips for pair in judge_flips(gold, one)]
    return Comparison(accuracy, wordings, len(seeds), round(seconds * 1e6, 1), scores, judged)


def measure_copies(statements: Sequence[Statement], seeds: Sequence[int]) -> dict[str, Score]:
    """Return our scores without copies, with copies that are recognised, and with copies taken for origins."""
    gold = find_gold(statements)
    cases: defaultdict[str, list[Case]] = defaultdict(list)
    for seed in seeds:
        rows = blur(statements, 0.85, 3, random.Random(seed))
        for name, copied in (
            ("3 origins, no copies", rows),
            ("3 copies of them, recognised", copy(rows, random.Random(seed), recognised=True)),
            ("3 copies of them, not recognised", copy(rows, random.Random(seed), recognised=False)),
        ):
            cases[name].append((gold, choose_confirmed(detect_flips(copied))))
    return {name: score(rows) for name, rows in cases.items()}


def measure_invented(change_rate: float, confidence: float, most_days: int) -> tuple[Score, float]:
    """Return our scores on invented series, and the mean probability of the flips that are confirmed."""
    cases, said = list[Case](), list[float]()
    for seed in range(2001, 2005):
        rng = random.Random(seed)
        series = draw_series(change_rate, rng, most_days=most_days)
        flips = detect_flips(blur(series, 0.85, 3, rng, confidence=confidence))
        cases.append((find_gold(series), choose_confirmed(flips)))
        said += [flip.confidence for flip in flips if flip.state is ChangeState.CONFIRMED]
    return score(cases), divide(sum(said), len(said))


def _show(result: Score) -> str:
    return (
        f"P {result.precision:.3f} R {result.recall:.3f} (mean P {result.mean_precision:.3f} "
        f"R {result.mean_recall:.3f}) found {result.found:.1f}"
    )


def show_comparisons(statements: Sequence[Statement], seeds: Sequence[int]) -> dict[str, object]:
    """Measure and print all detectors at each kind of noise, and what our probabilities mean; return the figures."""
    comparisons = []
    for accuracy, wordings in SETTINGS:
        one = compare_detectors(statements, accuracy, wordings, seeds if accuracy < 1 else [1])
        comparisons.append(one)
        print(f"accuracy {accuracy:.2f} x {wordings}, {one.microseconds_a_statement} us a statement")
        for name, result in one.scores.items():
            print(f"   {name:24} {_show(result)}")
    judged = [pair for one in comparisons if one.accuracy < 1 for pair in one.judged]
    error, rows = measure_calibration(judged)
    print(f"probabilities of {len(judged)} flips, candidates among them: calibration error {error:.3f}")
    for count, said, right in rows:
        print(f"   said {said:.2f}  right {right:.2f}  of {count}")
    return {"detectors": [asdict(one) for one in comparisons], "calibration_error": error, "reliability": rows}


def show_copies(statements: Sequence[Statement], seeds: Sequence[int]) -> dict[str, object]:
    """Measure and print what copies do; return the figures."""
    print("copies, accuracy 0.85")
    copies = measure_copies(statements, seeds)
    for name, result in copies.items():
        print(f"   {name:34} {_show(result)}")
    return {name: asdict(result) for name, result in copies.items()}


def show_invented() -> list[dict[str, object]]:
    """Measure and print ours on invented series; return the figures."""
    print("invented series, accuracy 0.85 x 3")
    rows = []
    for rate, confidence, days in INVENTED:
        result, said = measure_invented(rate, confidence, days)
        rows.append({"rate": rate, "confidence": confidence, "days": days, **asdict(result), "said": said})
        print(
            f"   {rate:.0%} change, up to {days} days, reader says {confidence:.2f}: {_show(result)}, said {said:.3f}"
        )
    return rows


def main() -> None:
    """Blur, detect, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("series", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    statements = list(read_statements(arguments.series))
    seeds = range(arguments.first_seed, arguments.first_seed + arguments.seeds)
    changes = sum(map(len, find_gold(statements).values()))
    print(f"{len(statements)} statements, {changes} changes; seeds {seeds[0]} to {seeds[-1]}")
    report = show_comparisons(statements, seeds)
    report |= {"copies": show_copies(statements, seeds), "invented": show_invented()}
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
