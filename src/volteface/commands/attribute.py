"""`volteface attribute`: who said what in text files, as character offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from volteface.commands.context import Session, pass_session
from volteface.commands.jsonl import Row, read_input, track_files, write_rows
from volteface.config import Config
from volteface.errors import InputError

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from volteface.language.annotations import Attribution, Interval

_NOT_NEEDED = ("volteface_issues", "volteface_stances")


@click.command()
@click.argument("texts", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to the screen.")
@click.option("--nested", is_flag=True, help="Also what is said inside what somebody says, and what is doubtful.")
@pass_session
def attribute(session: Session, texts: Sequence[Path], output: Path | None, *, nested: bool) -> None:
    """Find the attributions in TEXTS: source, cue and content, with the actors that the source is.

    Writes one attribution a line; id is the file's name without its extension, offsets are characters, end exclusive.
    """
    write_rows(_attribute_files(texts, session.config(), nested=nested), output)


def _attribute_files(paths: Sequence[Path], config: Config, *, nested: bool) -> Iterator[Row]:
    from volteface.language.foreign import find_foreign  # noqa: PLC0415 -- spaCy is slow to import
    from volteface.language.intake import make_doc  # noqa: PLC0415
    from volteface.language.pipeline import build_nlp  # noqa: PLC0415
    from volteface.language.text import find_readable_end  # noqa: PLC0415

    nlp = build_nlp(config)
    nlp.select_pipes(disable=[name for name in nlp.pipe_names if name in _NOT_NEEDED])
    for path in track_files(paths, "attribute"):
        text = _read_text(path)
        read = text[: find_readable_end(text, config.settings.language.max_characters)]
        foreign = find_foreign(read)
        if foreign.is_most:
            click.echo(f"{path}: not analysed: it is in another language ({foreign.language})", err=True)
            continue
        doc = nlp(make_doc(nlp, read, foreign.intervals)[0])
        for attribution in doc._.attributions:
            if nested or not (attribution.is_nested or attribution.is_doubtful):
                yield _make_row(path.stem, doc, attribution)


def _read_text(path: Path) -> str:
    try:
        return read_input(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(path, f"not UTF-8: {error.reason} at byte {error.start}") from None


def _make_row(stem: str, doc: Doc, attribution: Attribution) -> Row:
    spans = attribution.shown or attribution
    return {
        "id": stem,
        "source": [_to_characters(doc, spans.source)] if spans.source else [],
        "cue": [_to_characters(doc, spans.cue)] if spans.cue else [],
        "content": [_to_characters(doc, interval) for interval in spans.contents],
        "speaker_ids": list(attribution.speakers),
        "speaker_text": attribution.speaker_text,
        "reporter_id": attribution.reporter,
        "quote_type": attribution.quote_type.value,
        "is_declined": attribution.is_declined,
        "is_private": attribution.is_private,
        "is_nested": attribution.is_nested,
        "is_doubtful": attribution.is_doubtful,
    }


def _to_characters(doc: Doc, interval: Interval) -> list[int]:
    span = doc[interval[0] : interval[1]]
    return [span.start_char, span.end_char]
