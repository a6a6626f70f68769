"""`volteface parse-feed` and `volteface feeds`: feed bodies and feed lists as files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import click
import yaml
from pydantic import ValidationError

from volteface.commands.context import Session, pass_session
from volteface.commands.jsonl import read_input, track_files, write_rows, write_text
from volteface.config.feeds import FeedConfig, Feeds, SourceType
from volteface.errors import ConfigError, InputError
from volteface.feeds.opml import parse_opml, render_opml
from volteface.models import ParsedFeed
from volteface.stages.parsing import as_feed, open_feed_pool

FILE = click.Path(dir_okay=False, path_type=Path)
_ITEM = re.compile(r"^( *)- ", re.MULTILINE)


@click.command("parse-feed")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("-o", "target", type=FILE, help="Write to this file, not to standard output.")
def parse_feed_files(files: tuple[Path, ...], target: Path | None) -> None:
    """Print what each feed file holds (RSS, Atom, RDF, JSON Feed) as one line of JSON."""
    write_rows(describe_feeds(files), target)


def describe_feeds(files: Sequence[Path]) -> Iterator[dict[str, object]]:
    """Yield each feed file's row. Raises InputError for a file that cannot be read; a body that is no feed is a row."""
    with open_feed_pool() as pool:
        answers = pool.call_each(files, lambda path: pool.submit(read_input(path), feed_id=path.name))
        for path, answer in track_files(answers, "parse", total=len(files)):
            yield describe_feed(path, as_feed(answer))


def describe_feed(path: Path, parsed: ParsedFeed) -> dict[str, object]:
    """Return one feed file's row."""
    row: dict[str, object] = {
        "file": str(path),
        "status": parsed.status.value,
        "entries": [
            {
                "id": entry.entry_id,
                "url": entry.url,
                "title": entry.title,
                "summary": entry.summary,
                "published_at": entry.published_at.isoformat() if entry.published_at else None,
            }
            for entry in parsed.entries
        ],
    }
    return row | ({"error": parsed.error} if parsed.error else {})


@click.group()
def feeds() -> None:
    """Take feed lists over from a feed reader, or hand ours over (OPML)."""


@feeds.command("export")
@click.option("-o", "target", type=FILE, help="Write to this file, not to standard output.")
@pass_session
def export_feeds(session: Session, target: Path | None) -> None:
    """Print the configured feeds as OPML."""
    write_text([render_opml(session.config().feeds)], target)


@feeds.command("import")
@click.argument("file", type=FILE)
@click.option("--write", is_flag=True, help="Append them to config/feeds.yml. Without it they are only printed.")
@click.option("--dry-run", is_flag=True, help="With --write: check everything, change nothing.")
@click.option("--language", default="en", show_default=True, help="For feeds whose OPML names none.")
@click.option(
    "--source-type", type=click.Choice([kind.value for kind in SourceType]), default="national", show_default=True
)
@pass_session
def import_feeds(session: Session, file: Path, *, write: bool, dry_run: bool, language: str, source_type: str) -> None:
    """Print the feeds of an OPML file that are not configured yet, as entries of config/feeds.yml.

    OPML does not say which outlets belong together: each gets a publisher_family of its own. Put those of one
    publisher under one family by hand, or one story that it prints twice counts as two sources. A feed in a language
    that settings.yml does not list is taken over with "enabled: false".
    """
    known = session.config().feeds
    languages = session.config().settings.language.languages
    found = build_feeds(file, known, language=language, source_type=source_type, languages=languages)
    rows = [feed.model_dump(mode="json", exclude_defaults=True) for feed in found]
    entries = yaml.safe_dump(rows, sort_keys=False, allow_unicode=True) if rows else ""
    path = session.home / "config" / "feeds.yml"
    if write and rows:
        text = append_entries(path, entries)
        if not dry_run:
            write_text([text], path)
    else:
        click.echo(entries, nl=False)
    verb = "written" if write and not dry_run else "would be written" if write else "printed"
    click.echo(f"{len(rows)} new feeds {verb}; {len(known)} were configured already", err=True)


def build_feeds(
    file: Path, known: tuple[FeedConfig, ...], *, language: str, source_type: str, languages: Collection[str]
) -> tuple[FeedConfig, ...]:
    """Return the feeds of an OPML file whose URLs are not known yet, with ids that no other feed has.

    Feeds in other languages than ``languages`` are disabled.

    Raises InputError where the file is no OPML or a feed in it is not valid.
    """
    try:
        rows = parse_opml(read_input(file))
    except InputError as error:
        raise InputError(file, error.reason) from error
    urls, ids = {feed.url for feed in known}, {feed.id for feed in known}
    found = []
    for row in rows:
        if row["url"] in urls:
            continue
        feed_id = next(name for name in _count_up(row["id"]) if name not in ids)
        ids.add(feed_id)
        values = {"language": language, "source_type": source_type} | row | {"id": feed_id, "publisher_family": feed_id}
        is_read = values["language"] in languages
        try:
            found.append(FeedConfig.model_validate(values | ({} if is_read else {"enabled": False})))
        except ValidationError as error:
            raise InputError(file, f"feed {row['outlet']!r}: {error.errors()[0]['msg']}") from error
    return tuple(found)


def append_entries(path: Path, entries: str) -> str:
    """Return the text of feeds.yml with entries added at its end, in its own indentation. Raises ConfigError."""
    try:
        text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    except OSError as error:
        raise ConfigError(path, "", f"cannot be read: {error.strerror}") from error
    indents = _ITEM.findall(text)
    indent = indents[0] if indents else "  "
    text = re.sub(r"^feeds:\s*\[\]\s*$", "feeds:", text, flags=re.MULTILINE)
    text += "".join(
        f"\n{indent}{line}" if line.startswith("- ") else indent + line for line in entries.splitlines(keepends=True)
    )
    try:
        Feeds.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise ConfigError(
            path, "", f"cannot be added to by program, merge the printed entries by hand: {error}"
        ) from error
    return text


def _count_up(name: str) -> list[str]:
    return [name, *(f"{name[:58]}-{number}" for number in range(2, 10_000))]
