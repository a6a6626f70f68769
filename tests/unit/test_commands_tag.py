"""`volteface tag` on files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from volteface.cli import main

ROOT = Path(__file__).parents[2]
ARTICLE = {"id": "a1", "outlet": "Example", "date": "2023-11-15", "title": "", "text": "Qatar called for a ceasefire."}


@pytest.fixture
def run(tmp_path, capsys):
    def call(*lines, arguments=()):
        path = tmp_path / "articles.jsonl"
        path.write_bytes(b"\n".join(x if isinstance(x, bytes) else json.dumps(x).encode() for x in lines) + b"\n")
        try:
            main(["--home", str(ROOT), "tag", str(path), *arguments])
            code = 0
        except SystemExit as exit_:
            code = exit_.code or 0
        captured = capsys.readouterr()
        return code, [json.loads(line) for line in captured.out.splitlines()], captured.err

    return call


def test_a_line_holds_the_fields_of_the_contract(run):
    code, (row,), _ = run(ARTICLE)

    assert code == 0
    assert (row["article_id"], row["actor_id"], row["issue_id"], row["stance"]) == (
        "a1", "qatar-government", "ceasefire", "support",
    )  # fmt: skip
    assert ARTICLE["text"][row["evidence_start"] : row["evidence_end"]] == row["evidence"]
    assert row["stated_at"] == "2023-11-15T00:00:00+00:00"
    assert set(row) >= {
        "speaker_text", "strength", "conditional", "condition", "basis", "quote_type", "confidence", "rule_id",
        "model_version", "modality", "rationale", "is_private", "is_declined", "is_reported_change",
    }  # fmt: skip


def test_a_vote_is_an_act_to_the_codebook(run):
    _, rows, _ = run({**ARTICLE, "text": "Israel voted against the UN resolution."})

    assert {row["basis"] for row in rows} == {"act"}


def test_unnamed_people_keep_their_number_and_rank(run):
    text = (
        "Four senior Israeli officials said Israel rejects a ceasefire in Gaza. Two Hamas officials rejected a permanent"
        " ceasefire. Senior Egyptian officials declined to comment on the ceasefire. Qatar called for a ceasefire."
    )
    _, rows, _ = run({**ARTICLE, "text": text}, arguments=("--model", "blank"))

    assert {row["actor_id"]: (row["source_count"], row["source_rank"]) for row in rows} == {
        "anonymous:israel-government": (4, "senior"),
        "anonymous:hamas": (2, None),
        "anonymous:egypt-government": (None, "senior"),
        "qatar-government": (None, None),
    }


def test_an_article_without_a_date_dates_nothing(run):
    _, (row,), _ = run({"id": "a1", "text": ARTICLE["text"]})

    assert (row["stated_at"], row["known_from"]) == (None, None)


def test_an_office_that_publishes_itself_is_its_actors_voice(run):
    text = "We condemn the terrorist attack by Hamas against Israel. There is no justification for it."
    _, rows, _ = run({**ARTICLE, "outlet": "The White House", "title": "Statement on the attack", "text": text})

    assert {row["actor_id"] for row in rows} == {"us-government"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", "not JSON"),
        ({"id": "a1"}, "text"),
        ({"text": "x"}, "id"),
        ({**ARTICLE, "date": "soon"}, "date"),
        ({**ARTICLE, "text": ["x"]}, "text"),
    ],
)
def test_a_wrong_line_is_named(run, line, reason):
    code, rows, error = run(line)

    assert (code, rows) == (2, [])
    assert "articles.jsonl:1" in error
    assert reason in error


def test_a_model_that_is_not_there_is_one_line(run):
    code, _, error = run(ARTICLE, arguments=["--model", "no_such_model"])

    assert code == 2
    assert error.count("\n") == 1
    assert "no_such_model" in error


def test_what_was_not_read_is_told(run):
    spanish = "El primer ministro dijo el lunes que no aceptará un alto el fuego en Gaza mientras siga la guerra."
    long = ARTICLE["text"] + "\n" + "The negotiations continued nevertheless. " * 3_000
    code, rows, told = run({**ARTICLE, "text": spanish}, {**ARTICLE, "id": "a2", "text": long}, {**ARTICLE, "id": "a3"})

    assert code == 0
    assert [row["article_id"] for row in rows] == ["a2", "a3"]
    assert told.splitlines() == [
        "a1: not analysed: it is in another language (es)",
        f"a2: read up to character {long.rfind(' ', 0, 100_000)} of {len(long)}",
    ]
