import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from volteface.cli import main, program

TEXT = "“We will go in,” Netanyahu said. A U.S. official said that Hamas had told Egypt that it would agree.\n"


def test_attributions_are_lines_of_character_offsets(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8")

    result = CliRunner().invoke(program, ["attribute", str(path)])
    first, second = [json.loads(line) for line in result.stdout.splitlines()]

    assert (first["id"], first["speaker_ids"], first["quote_type"]) == ("story", ["benjamin-netanyahu"], "direct")
    assert [TEXT[start:end] for start, end in first["content"]] == ["“We will go in,”"]
    assert [TEXT[start:end] for start, end in first["source"]] == ["Netanyahu"]
    assert [TEXT[start:end] for start, end in first["cue"]] == ["said"]
    assert second["speaker_ids"] == ["anonymous:us-government"]


def test_nested_attributions_come_on_request(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8")
    output = tmp_path / "out.jsonl"

    CliRunner().invoke(program, ["attribute", "--nested", "-o", str(output), str(path)])
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]

    assert any(row["is_nested"] and row["reporter_id"] == "anonymous:us-government" for row in rows)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_one_line_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    path = tmp_path / "bad.txt"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SystemExit) as stopped:
        main(["attribute", str(path)])

    assert stopped.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_text_in_another_language_is_told_and_has_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "noticia.txt"
    path.write_text(
        "«No habrá alto el fuego», dijo el primer ministro el lunes ante la prensa extranjera.\n", encoding="utf-8"
    )

    result = CliRunner().invoke(program, ["attribute", str(path)])

    assert (result.exit_code, result.stdout) == (0, "")
    assert "not analysed: it is in another language (es)" in result.stderr
