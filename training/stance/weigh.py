"""Fit the judge of a stance reader on labelled articles that its network has not seen, by cross-validation over articles.

usage: PYTHONPATH=../../benchmarks weigh.py ARTICLES.jsonl ... --model FOLDER [--home DIR] [--predictions OUT.jsonl]

Prints the reliability of the probabilities and the precision and recall of positions, each article judged by weights of
the other folds; then writes the weights of all and the thresholds. --predictions writes the cross-validated statements as
`volteface tag` would. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from label_pairs import Row, make_passage, read_articles
from logistic import fit_scaled
from quality.calibration import measure_calibration
from quality.positions import Key, find_opposites, score_keys
from spacy.language import Language
from write_stance import write_meta

from volteface.config import Config, load_config
from volteface.config.voices import list_voices
from volteface.language import tag
from volteface.language.intake import take_in
from volteface.language.pipeline import build_nlp
from volteface.language.stance_candidates import Asked, Candidate, list_candidates
from volteface.language.stance_judge import StanceJudge
from volteface.language.stance_model import FOLDER, LINEAR, META, Linear, StanceModel, load_stance_model

FOLDS, STRICTNESS, SEED = 8, 0.3, 5
STATEMENT = (0.25, 0.3, 0.35, 0.4, 0.45)
ALONE = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65)
MARGIN = 0.15  # between the two signs of one actor on one issue: as sure is not sure
MOST_OPPOSITE, LEAST_PRECISION = 0.01, 0.75


@dataclass(frozen=True, slots=True)
class Article:
    """One labelled article with what the network says of it."""

    row: Row
    asked: tuple[Asked, ...]
    candidates: tuple[Candidate, ...]
    truths: tuple[bool, ...]

    @property
    def gold(self) -> set[Key]:
        """Return its positions: article, actor, issue, stance."""
        return {(self.row["id"], one["actor"], one["issue"], one["stance"]) for one in self.row["statements"]}


def main() -> None:
    """Read, cross-validate, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, default=FOLDER)
    parser.add_argument("--home", type=Path, default=Path())
    parser.add_argument("--predictions", type=Path)
    options = parser.parse_args()
    config = load_config(options.home)
    nlp, model = build_nlp(config), load_stance_model(options.model)
    articles = [one for path in options.articles for one in read_asked(nlp, model, read_articles(path), config)]
    folds = assign_folds(articles)
    weights = [
        fit([one for one, fold in zip(articles, folds, strict=True) if fold != number]) for number in range(FOLDS)
    ]
    judged = [(one, _to_linear(weights[fold])) for one, fold in zip(articles, folds, strict=True)]
    error, _ = measure_calibration(
        [
            (linear.score(c.features), t)
            for one, linear in judged
            for c, t in zip(one.candidates, one.truths, strict=True)
        ]
    )
    print(f"{sum(len(one.candidates) for one in articles)} candidates, expected calibration error {error:.3f}")
    thresholds = choose_thresholds(model, judged)
    write_judge(options.model, fit(articles), thresholds)
    if options.predictions:
        meta = dict(model.meta, thresholds=model.meta["thresholds"] | thresholds)
        with options.predictions.open("w", encoding="utf-8") as lines:
            for row in tag_folds(nlp, model, meta, judged, config):
                lines.write(json.dumps(row, default=str) + "\n")


def read_asked(nlp: Language, model: StanceModel, rows: Iterable[Row], config: Config) -> Iterator[Article]:
    """Yield articles with their pairs read by the network."""
    judge, voices = StanceJudge(model, config.issues), list_voices(config)
    for row in rows:
        intake = take_in(nlp, make_passage(row, voices), config.settings.language)
        if intake.docs is None:
            continue
        title, text = nlp.pipe(intake.docs)
        asked = tuple(judge.ask((title, text)))
        candidates = tuple(list_candidates(asked))
        held = {(one["actor"], one["issue"], one["stance"]) for one in row["statements"]}
        truths = tuple((c.pair.actor_id, c.issue_id, str(c.stance)) in held for c in candidates)
        yield Article(row, asked, candidates, truths)


def assign_folds(articles: Sequence[Article]) -> list[int]:
    """Return a fold for each article, at random."""
    folds = [number % FOLDS for number in range(len(articles))]
    random.Random(SEED).shuffle(folds)
    return folds


def fit(articles: Sequence[Article]) -> dict[str, Any]:
    """Return the judge's weights, fitted on articles."""
    rows = [candidate.features for one in articles for candidate in one.candidates]
    return fit_scaled(rows, [truth for one in articles for truth in one.truths], STRICTNESS)


def choose_thresholds(model: StanceModel, judged: Sequence[tuple[Article, Linear]]) -> dict[str, float]:
    """Return the thresholds of the best F1 of positions, among those that are precise and have few opposite signs."""
    gold = {key for one, _ in judged for key in one.gold}
    found: list[tuple[float, dict[str, float]]] = []
    for statement, alone in product(STATEMENT, ALONE):
        thresholds = {"statement": statement, "alone": alone, "margin": MARGIN}
        keys = {key for one, linear in judged for key in decide(model, one, linear, thresholds)}
        score = score_keys(gold, keys)
        wrong, matched = find_opposites(gold, keys)
        print(f"{thresholds} {score} opposite {len(wrong)} of {matched}")
        is_fit = len(wrong) <= MOST_OPPOSITE * matched and score.precision >= LEAST_PRECISION
        found.append((score.f1 - (not is_fit), thresholds))
    return max(found, key=lambda one: one[0])[1]


def decide(model: StanceModel, article: Article, linear: Linear, thresholds: Mapping[str, float]) -> set[Key]:
    """Return the positions that a judge finds in an article."""
    judge = StanceJudge(model.with_judge(linear, dict(model.meta, thresholds=thresholds)), ())
    decisions = judge.decide(article.asked)
    return {(article.row["id"], at[2], at[3], str(one.candidate.stance)) for at, one in decisions.items()}


def tag_folds(
    nlp: Language, model: StanceModel, meta: dict[str, Any], judged: Sequence[tuple[Article, Linear]], config: Config
) -> Iterator[dict[str, Any]]:
    """Yield the statements of articles as the program tags them, each with the weights of the other folds."""
    voices = list_voices(config)
    for article, linear in judged:
        judge = StanceJudge(model.with_judge(linear, meta), config.issues)
        passage = make_passage(article.row, voices)
        for reading in tag.read_passages(nlp, [passage], config, judge=judge):
            yield from (
                {**dataclasses.asdict(one), "basis": _ACTS.get(one.basis, one.basis)} for one in reading.statements
            )


_ACTS = {"vote": "act"}  # the labels know no votes apart from acts


def write_judge(folder: Path, weights: dict[str, Any], thresholds: Mapping[str, float]) -> None:
    """Write the judge's weights and thresholds into a folder."""
    linear = json.loads((folder / LINEAR).read_text(encoding="utf-8"))
    text = json.dumps({**linear, "judge": weights}, sort_keys=True) + "\n"
    (folder / LINEAR).write_text(text, encoding="utf-8")
    meta = json.loads((folder / META).read_text(encoding="utf-8"))
    meta["thresholds"] |= thresholds
    write_meta(folder, meta)


def _to_linear(weights: dict[str, Any]) -> Linear:
    return Linear(weights["weights"], weights["bias"])


if __name__ == "__main__":
    main()
