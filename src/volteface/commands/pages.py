"""`volteface extract`: the articles of saved pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from volteface.commands.jsonl import read_input, track_files, write_rows
from volteface.models import ExtractedPage
from volteface.stages.parsing import as_page, open_page_pool

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True, type=FILE)
@click.option("-o", "target", type=FILE, help="Write to this file, not to standard output.")
def extract(pages: tuple[Path, ...], target: Path | None) -> None:
    """Print the article of each saved page (.html or .html.gz) as one line of JSON."""
    write_rows(describe_pages(pages), target)


def describe_pages(paths: Sequence[Path]) -> Iterator[dict[str, object]]:
    """Yield each page's row. Raises InputError for a file that cannot be read; a page without an article is a row."""
    with open_page_pool() as pool:
        answers = pool.call_each(paths, lambda path: pool.submit(read_input(path), url=""))
        for path, answer in track_files(answers, "extract", total=len(paths)):
            yield describe_page(path, as_page(answer))


def describe_page(path: Path, page: ExtractedPage) -> dict[str, object]:
    """Return one page's row."""
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
