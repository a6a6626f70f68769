"""`volteface changes` on files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from volteface.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(tmp_path, capsys):
    def call(*lines, arguments=()):
        path = tmp_path / "statements.jsonl"
        path.write_bytes(b"\n".join(x if isinstance(x, bytes) else json.dumps(x).encode() for x in lines) + b"\n")
        try:
            main(["--home", str(ROOT), "changes", str(path), *arguments])
            code = 0
        except SystemExit as exit_:
            code = exit_.code or 0
        captured = capsys.readouterr()
        return code, [json.loads(line) for line in captured.out.splitlines()], captured.err

    return call


def row(stance, day, **fields):
    return {"actor_id": "A. Person", "issue_id": "An issue", "stated_at": day, "stance": stance, **fields}


def test_four_fields_are_enough(run):
    code, (change,), _ = run(row("support", "2011-03-11"), row("oppose", "2011-03-14"))

    assert code == 0
    assert (change["kind"], change["state"], change["basis"]) == ("flip", "confirmed", "on_record")
    assert (change["actor_id"], change["issue_id"]) == ("A. Person", "An issue")
    assert (change["before_statement_id"], change["after_statement_id"]) == ("line-1", "line-2")
    assert change["changed_at"].startswith("2011-03-14")
    assert set(change) >= {"change_id", "confidence"}


def test_statements_of_one_article_are_one_origin(run):
    after = [row("oppose", "2011-03-14", article_id="x", quote_type="indirect") for _ in range(3)]

    _, (change,), _ = run(row("support", "2011-03-11", article_id="w"), *after)

    assert (change["state"], change["after_origin_count"]) == ("candidate", 1)


def test_undated_statements_take_no_part(run):
    assert run(row("support", None), row("oppose", "2011-03-14"))[:2] == (0, [])


def test_blank_lines_and_unknown_keys_are_passed_over(run):
    assert run(row("support", "2011-03-11", note="x"), b"", b"  ")[:2] == (0, [])


def test_output_file_is_written_whole(run, tmp_path):
    target = tmp_path / "changes.jsonl"

    code, printed, _ = run(row("support", "2011-03-11"), row("oppose", "2011-03-14"), arguments=["-o", str(target)])

    assert (code, printed) == (0, [])
    assert json.loads(target.read_text())["kind"] == "flip"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", ":2: not JSON"),
        (b"\xff\xfe", ":2: not JSON"),
        (b"[1]", ":2: a JSON object is expected, not list"),
        (b"[" * 100_000, ":2: not JSON"),
        ({"actor_id": "a", "issue_id": "i", "stance": "support"}, ":2: stated_at: an ISO date or instant is expected; it is missing"),
        (row("support", "yesterday"), ":2: stated_at: an ISO date or instant is expected; not 'yesterday'"),
        (row("support", 20110311), ":2: stated_at: "),
        (row("for", "2011-03-11"), ":2: stance: support | oppose | mixed | no_position is expected; not 'for'"),
        (row("support", "2011-03-11", basis=["act"]), ":2: basis: "),
        (row("support", "2011-03-11", strength=3), ":2: strength: a whole number from 1 to 2"),
        (row("support", "2011-03-11", strength=True), ":2: strength: "),
        (row("support", "2011-03-11", confidence=1.5), ":2: confidence: a number from 0 to 1"),
        (b'{"actor_id":"a","issue_id":"i","stated_at":"2011-03-11","stance":"support","confidence":NaN}', ":2: confidence: "),
        (row("support", "2011-03-11", conditional="no"), ":2: conditional: true or false"),
        (row("support", "2011-03-11", origin_id=7), ":2: origin_id: "),
        ({**row("support", "2011-03-11"), "actor_id": ""}, ":2: actor_id: "),
    ],
)  # fmt: skip
def test_bad_line_is_named_with_its_key_and_nothing_is_written(run, line, said):
    code, printed, errors = run(row("support", "2011-03-11"), line)

    assert code == 2
    assert printed == []
    assert said in errors
    assert len(errors.splitlines()) == 1


def test_missing_file_is_one_line_and_exit_code_2(capsys, tmp_path):
    with pytest.raises(SystemExit) as exit_:
        main(["--home", str(ROOT), "changes", str(tmp_path / "none.jsonl")])

    assert exit_.value.code == 2
    assert "none.jsonl: cannot be read" in capsys.readouterr().err
