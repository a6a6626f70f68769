"""The tagger's precision and recall on the small gold set never fall below the floors written beside it."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from volteface.config import load_config
from volteface.language.pipeline import build_nlp
from volteface.language.tag import tag_passages
from volteface.models import Passage, Stance

FOLDER = Path(__file__).parent
FLOORS = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))
GOLD = [json.loads(line) for line in (FOLDER / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
VOICES = {"The White House": "us-government"}
Key = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def predicted() -> set[Key]:
    config = load_config(FOLDER.parents[1])
    passages = []
    for row in GOLD:
        when = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
        passage = Passage(
            article_id=row["id"], version_id=row["id"], origin_id=row["id"], outlet=row["outlet"], title=row["title"],
            text=row["text"], published_at=when, known_from=when, outlet_actor_id=VOICES.get(row["outlet"]),
        )  # fmt: skip
        passages.append(passage)
    return {
        (passage.article_id, one.actor_id, one.issue_id, str(one.stance))
        for passage, statements, _ in tag_passages(build_nlp(config), passages, config)
        for one in statements
    }


@pytest.fixture(scope="module")
def gold() -> set[Key]:
    return {(row["id"], one["actor"], one["issue"], one["stance"]) for row in GOLD for one in row["statements"]}


def test_the_corpus_is_the_one_that_the_floors_are_for() -> None:
    digest = hashlib.sha256((FOLDER / "statements.jsonl").read_bytes()).hexdigest()

    assert digest == FLOORS["corpus_sha256"], "the gold set has changed: measure again and write the floors anew"


def test_gold_evidence_is_verbatim() -> None:
    for row in GOLD:
        for one in row["statements"]:
            assert one["evidence"] in row["text"] or one["evidence"] in row["title"], one["evidence"]


def test_precision_holds_its_floor(predicted: set[Key], gold: set[Key]) -> None:
    precision = len(predicted & gold) / len(predicted)

    assert precision >= FLOORS["precision"], sorted(predicted - gold)


def test_recall_holds_its_floor(predicted: set[Key], gold: set[Key]) -> None:
    recall = len(predicted & gold) / len(gold)

    assert recall >= FLOORS["recall"], sorted(gold - predicted)


def test_no_position_is_turned_round(predicted: set[Key], gold: set[Key]) -> None:
    opposite = {str(Stance.SUPPORT): str(Stance.OPPOSE), str(Stance.OPPOSE): str(Stance.SUPPORT)}
    turned = {key for key in predicted if (*key[:3], opposite.get(key[3], "")) in gold and key not in gold}

    assert turned == set()
