"""Score statements against hand-labelled ones, by the distinct positions of each article: repeats count once.

All figures are shares, 1 is best. A position is (article, actor, issue, stance); one that the gold set tolerates, since
careful readers differ, counts neither way.

    actor_issue_f1      F1 of (article, actor, issue)
    position_precision  of the predicted positions: those that are right
    position_recall     of the gold positions: those that are found
    position_f1         of the two
    same_sign           of the matched (article, actor, issue): those that are not support where gold has only oppose,
                        nor the reverse
    basis               of the matched positions: those whose basis is one of gold's; a vote is an act
    evidence_verbatim   of the predicted statements: those whose evidence stands in the article word for word
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_OPPOSITES = {"support": "oppose", "oppose": "support"}
Key = tuple[str, str, str]  # article, actor, issue
Position = tuple[Key, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One statement as it is scored."""

    article_id: str
    actor: str
    issue: str
    stance: str
    basis: str
    evidence: str

    @property
    def key(self) -> Key:
        """Whose position on what it is."""
        return (self.article_id, self.actor, self.issue)

    @property
    def position(self) -> Position:
        """Which position it states."""
        return (self.key, self.stance)


@dataclass(frozen=True, slots=True)
class Table:
    """The gold statements, the tolerated ones, and every article's title and text."""

    gold: Sequence[Held]
    tolerated: frozenset[Position]
    texts: Mapping[str, tuple[str, str]]


def read_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Return what the rows of a gold file say: {"id", "title", "text", "statements", "tolerated"}."""
    gold, tolerated, texts = list[Held](), set[Position](), dict[str, tuple[str, str]]()
    for row in rows:
        texts[row["id"]] = (row["title"], row["text"])
        gold += [_read_held(row["id"], one) for one in row["statements"]]
        tolerated |= {((row["id"], one["actor"], one["issue"]), one["stance"]) for one in row.get("tolerated", ())}
    return Table(gold, frozenset(tolerated), texts)


def measure_statements(table: Table, predicted: Sequence[Held]) -> dict[str, float]:
    """Return the figures over all articles together."""
    gold = {one.position for one in table.gold}
    found = {one.position for one in predicted} - (table.tolerated - gold)
    keys, found_keys = {key for key, _ in gold}, {key for key, _ in found}
    hits = len(gold & found)
    return {
        "actor_issue_f1": _f1(len(keys & found_keys), len(found_keys), len(keys)),
        "position_precision": hits / max(len(found), 1),
        "position_recall": hits / max(len(gold), 1),
        "position_f1": _f1(hits, len(found), len(gold)),
        "same_sign": _measure_signs(gold, found),
        "basis": _measure_basis(table.gold, predicted),
        "evidence_verbatim": _measure_evidence(table, predicted),
    }


def _measure_signs(gold: set[Position], found: set[Position]) -> float:
    stances: defaultdict[Key, set[str]] = defaultdict(set)
    for key, stance in gold:
        stances[key].add(stance)
    matched = {key for key, _ in found if key in stances}
    turned = {
        key for key, stance in found if key in stances and stance in _OPPOSITES and stances[key] == {_OPPOSITES[stance]}
    }
    return 1 - len(turned) / max(len(matched), 1)


def _measure_basis(gold: Sequence[Held], predicted: Sequence[Held]) -> float:
    bases: defaultdict[Position, set[str]] = defaultdict(set)
    for one in gold:
        bases[one.position].add(one.basis)
    matched = [one for one in predicted if one.position in bases]
    return sum(one.basis in bases[one.position] for one in matched) / max(len(matched), 1)


def _measure_evidence(table: Table, predicted: Sequence[Held]) -> float:
    hits = sum(
        bool(one.evidence) and any(one.evidence in part for part in table.texts[one.article_id]) for one in predicted
    )
    return hits / max(len(predicted), 1)


def _read_held(article_id: str, row: Mapping[str, Any]) -> Held:
    fields = {name: row[name] for name in ("actor", "issue", "stance", "basis", "evidence")}
    return Held(article_id=article_id, **fields)


def _f1(hits: int, found: int, wanted: int) -> float:
    return 2 * hits / max(found + wanted, 1)
