"""Compare what the tagger reads in the golden scenario with what a careful coder reads, and the changes with the seven.

usage: scenario.py [--verbose]

The shipped configuration and model are used. A statement is found where actor, issue, stance and basis agree (a vote is
an act); a claim where state, claimant and mode do. A reading that is tolerated counts neither way. Prints, for each
kind, found of expected and how many are extra; --verbose names them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from volteface.config import Config, load_config
from volteface.language.pipeline import build_nlp
from volteface.language.tag import tag_passages
from volteface.models import EventClaim, Passage, Statement, identify
from volteface.positions.changes import detect_changes

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How one set of readings compares: multiplicities do not count."""

    found: frozenset[Key]
    missing: frozenset[Key]
    extra: frozenset[Key]

    def describe(self, name: str) -> str:
        """Return the figures as one line."""
        expected = len(self.found) + len(self.missing)
        return f"{name:<12}found {len(self.found):3} of {expected:3}   extra {len(self.extra):3}"


def load_articles() -> list[dict]:
    """Return the scenario's articles that are in scope, oldest first."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (GOLDEN / "scenario").glob("*.json")]
    return sorted((article for article in found if article["in_scope"]), key=lambda article: article["published_at"])


def build_passage(article: dict) -> Passage:
    """Return an article as the language stage reads it; a copy has the origin of what it copies."""
    published = datetime.fromisoformat(article["published_at"])
    return Passage(
        article_id=article["id"],
        version_id=identify(article["id"]),
        origin_id=(article["copy_of"] or article["id"]).split("-")[0],
        outlet=article["outlet"],
        title=article["title"],
        text="\n".join(article["paragraphs"]),
        published_at=published,
        known_from=published,
    )


def key_statement(article_id: str, statement: Statement) -> Key:
    """Return what a statement is compared by."""
    basis = "act" if statement.basis == "vote" else statement.basis.value
    return (article_id, statement.actor_id, statement.issue_id, statement.stance.value, basis)


def key_claim(article_id: str, claim: EventClaim) -> Key:
    """Return what a claim is compared by."""
    return (article_id, claim.state.value, claim.claimed_by, claim.mode)


def compare(expected: Iterable[Key], tolerated: Iterable[Key], read: Iterable[Key]) -> Score:
    """Return how readings compare with what is expected and what is tolerated."""
    wanted, allowed, got = frozenset(expected), frozenset(tolerated), frozenset(read)
    return Score(wanted & got, wanted - got, got - wanted - allowed)


def list_rows(articles: Sequence[dict], name: str, fields: Sequence[str]) -> Iterator[Key]:
    """Yield the keys of the coded rows under one name, over all articles."""
    for article in articles:
        for row in article[name]:
            yield (article["id"], *(row[field] for field in fields))


def compare_changes(statements: Sequence[Statement], claims: Sequence[EventClaim], config: Config) -> Score:
    """Return how the confirmed changes compare with the design's seven, by kind and how often each comes."""
    changes = detect_changes(
        statements, claims, actors=config.actors, issues=config.issues, policy=config.settings.changes
    )
    expected = json.loads((GOLDEN / "scenario-changes.json").read_text(encoding="utf-8"))["changes"]
    found = Counter((change.kind.value, change.state.value) for change in changes)
    wanted = Counter((row["kind"], "confirmed") for row in expected)
    return compare(_number(wanted), (), _number(found))


def _number(counts: Counter[tuple[str, str]]) -> Iterator[Key]:
    return ((*key, str(number)) for key, count in counts.items() for number in range(1, count + 1))


def main() -> None:
    """Tag, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verbose", action="store_true", help="name what is missing and what is extra")
    arguments = parser.parse_args()
    config, articles = load_config(ROOT), load_articles()
    tagged = list(tag_passages(build_nlp(config), [build_passage(article) for article in articles], config))
    statements = [(passage.article_id, statement) for passage, rows, _ in tagged for statement in rows]
    claims = [(passage.article_id, claim) for passage, _, rows in tagged for claim in rows]
    by_statement, by_claim = ("actor", "issue", "stance", "basis"), ("state", "claimed_by", "mode")
    scores = {
        "statements": compare(
            list_rows(articles, "expected", by_statement),
            list_rows(articles, "tolerated", by_statement),
            (key_statement(*pair) for pair in statements),
        ),
        "claims": compare(
            list_rows(articles, "expected_claims", by_claim),
            list_rows(articles, "tolerated_claims", by_claim),
            (key_claim(*pair) for pair in claims),
        ),
        "changes": compare_changes([row for _, row in statements], [row for _, row in claims], config),
    }
    for name, score in scores.items():
        print(score.describe(name))
        for label, keys in (("missing", score.missing), ("extra", score.extra)) if arguments.verbose else ():
            for key in sorted(keys, key=str):
                print(f"  {label:<8}{' | '.join(str(part) for part in key)}")


if __name__ == "__main__":
    main()
