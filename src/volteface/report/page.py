"""One self-contained HTML page: no script, nothing loaded, everything that a feed wrote escaped."""

from __future__ import annotations

from datetime import UTC, datetime

from jinja2 import Environment, PackageLoader, StrictUndefined

from volteface.report.data import ReportData
from volteface.visible import show_line, show_link

# A word and a mark beside the colour: a position must be readable in black and white.
STANCE_MARKS = {"support": "▲", "oppose": "▼", "mixed": "◆", "no_position": "○"}


def render_report(data: ReportData) -> str:
    """Return the page as HTML. The same data gives the same page, byte for byte."""
    return _make_environment().get_template("report.html.j2").render(data=data, marks=STANCE_MARKS)


def _make_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("volteface", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"line": show_line, "link": show_link, "day": _day, "minute": _minute, "words": _words}
    return environment


def _day(moment: datetime | None) -> str:
    return "undated" if moment is None else moment.astimezone(UTC).date().isoformat()


def _minute(moment: datetime | None) -> str:
    return "never" if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _words(name: str) -> str:
    return name.replace("_", " ")
