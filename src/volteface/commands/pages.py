"""`volteface extract`: the articles of saved pages."""

from __future__ import annotations

from pathlib import Path

import click

from volteface.articles.extract import extract_page
from volteface.commands.jsonl import read_input, track_files, write_rows

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True, type=FILE)
@click.option("-o", "target", type=FILE, help="Write to this file, not to standard output.")
def extract(pages: tuple[Path, ...], target: Path | None) -> None:
    """Print the article of each saved page (.html or .html.gz) as one line of JSON."""
    write_rows((describe_page(path) for path in track_files(pages, "extract")), target)


def describe_page(path: Path) -> dict[str, object]:
    """Return one page's row. Raises InputError for a file that cannot be read; a page without an article is a row."""
    page = extract_page(read_input(path), url="")
    row: dict[str, object] = {
        "file": str(path),
        "outcome": page.outcome.value,
        "title": page.title,
        "authors": list(page.authors),
        "published_at": page.published_at.isoformat() if page.published_at else None,
        "text": page.text,
        "language": page.language,
        "site_name": page.site_name,
        "credited_agency": page.credited_agency,
    }
    return row | ({"error": page.error} if page.error else {})
