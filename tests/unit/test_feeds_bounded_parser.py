"""The bounded parsers read what feedparser's own do, up to their bounds, and beyond them in time."""

from __future__ import annotations

import time

import feedparser
import pytest
from feedparser import api

from volteface.feeds import bounded_parser
from volteface.feeds.parse import parse_feed

ITEM = "<item><title>A title</title><link>https://a.example/1</link>{}</item>"


def make_rss(more: str) -> bytes:
    return f'<rss version="2.0"><channel><title>T</title>{ITEM.format(more)}</channel></rss>'.encode()


def test_they_stand_in_place_of_feedparsers_own():
    assert api.StrictFeedParser is bounded_parser.BoundedStrictParser
    assert api.LooseFeedParser is bounded_parser.BoundedLooseParser


@pytest.mark.parametrize("end", ["", "<unclosed>"], ids=["strict", "loose"])
@pytest.mark.parametrize(
    ("more", "author"),
    [
        ("<author>jo@a.example (Jo Example)</author>", "jo@a.example (Jo Example)"),
        (f"<author>{'1' * 100_000}</author>", "1" * 200),
        (f"<author>{'-' * 100_000}</author>", "-" * 200),
        ("".join(f"<category>c{number}</category>" for number in range(20_000)), None),
        ("<x " + " ".join(f'a{number}="1"' for number in range(40_000)) + "/>", None),
    ],
    ids=["plain", "digits", "dashes", "categories", "attributes"],
)
def test_entry_is_read_in_time(more: str, author: str | None, end: str):
    started = time.process_time()
    parsed = parse_feed(make_rss(more) + end.encode(), feed_id="f")

    assert time.process_time() - started < 4
    assert [(entry.url, entry.author) for entry in parsed.entries] == [("https://a.example/1", author)]


def test_tags_and_attributes_up_to_the_bounds_are_kept():
    tags = "".join(f"<category>c{number}</category>" for number in range(300))
    attributes = " ".join(f'a{number}="1"' for number in range(300))
    document = feedparser.parse(make_rss(f'{tags}<enclosure {attributes} url="https://a.example/a.mp3"/>'))  # noqa: TID251 -- our own bytes

    assert len(document.entries[0].tags) == bounded_parser.MAX_TAGS
    assert document.entries[0].enclosures[0]["a0"] == "1"
