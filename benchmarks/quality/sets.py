"""The gold sets that may be shipped, and what each is measured by. A new set is a row of SETS."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from quality.attributions import measure_attributions
from quality.markup import read_articles as read_gold_articles
from quality.reading import read_articles, read_rows, tag_rows
from quality.statements import measure_statements, read_table
from quality.treebank import read_named_sentences, read_trees
from quality.words import measure_entities, measure_trees
from volteface.config import Config

GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold"
Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSet:
    """One gold file. ``needs`` names the pipes without which a pipeline has no answer to it."""

    name: str
    file: str
    measure: Callable[[str, Language, Config], Figures]
    needs: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Where the set lies."""
        return GOLD / self.file

    def digest(self) -> str:
        """Return the SHA-256 of the file, in hexadecimal."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


def _measure_attributions(content: str, nlp: Language, config: Config) -> Figures:
    return measure_attributions(read_articles(nlp, read_gold_articles(content), config))


def _measure_statements(content: str, nlp: Language, config: Config) -> Figures:
    rows = read_rows(content)
    return measure_statements(read_table(rows), tag_rows(nlp, rows, config))


def _measure_trees(content: str, nlp: Language, _: Config) -> Figures:
    return measure_trees(nlp, list(read_trees(content)))


def _measure_entities(content: str, nlp: Language, _: Config) -> Figures:
    return measure_entities(nlp, list(read_named_sentences(content)))


SYNTAX = ("tagger", "parser")
SETS = (
    GoldSet(name="attributions-own-worded", file="attributions/own-worded.txt", measure=_measure_attributions),
    GoldSet(name="attributions-white-house", file="attributions/white-house.txt", measure=_measure_attributions),
    GoldSet(name="statements", file="statements/articles.jsonl", measure=_measure_statements),
    GoldSet(name="statements-first", file="statements/first.jsonl", measure=_measure_statements),
    GoldSet(name="syntax-ewt", file="syntax/en_ewt-sample.conllu", measure=_measure_trees, needs=SYNTAX),
    GoldSet(name="syntax-gum", file="syntax/en_gum-sample.conllu", measure=_measure_trees, needs=SYNTAX),
    GoldSet(name="entities-uner", file="entities/uner_ewt-sample.iob2", measure=_measure_entities, needs=("ner",)),
)


def list_measurable(nlp: Language) -> tuple[GoldSet, ...]:
    """Return the sets that the pipeline has answers to."""
    return tuple(each for each in SETS if set(each.needs) <= set(nlp.pipe_names))


def measure_sets(sets: Iterable[GoldSet], nlp: Language, config: Config) -> dict[str, float]:
    """Return the figures of the sets, each by "set.measure"."""
    return {
        f"{each.name}.{measure}": figure
        for each in sets
        for measure, figure in each.measure(each.path.read_text(encoding="utf-8"), nlp, config).items()
    }
