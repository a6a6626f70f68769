"""What stands before the first element is bounded, and nothing that a feed says is lost by it."""

from __future__ import annotations

import time

import pytest

from volteface.feeds.parse import parse_feed
from volteface.feeds.prolog import bound_prolog, drop_nested_entities
from volteface.models import ParseStatus

FEED = b'<rss version="2.0"><channel><title>T</title><item><title>A &copy; title</title></item></channel></rss>'
DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>'


def test_entities_that_stand_on_entities_go_and_plain_ones_stay():
    plain = b'<!ENTITY copy "&#169;"><!ENTITY name "Plain words">'
    prolog = b"<!DOCTYPE rss [" + plain + b'<!ENTITY a "&name;&name;"><!ENTITY % p "x"><!ENTITY b "%p;">]>'

    assert drop_nested_entities(prolog + FEED) == b"<!DOCTYPE rss [" + plain + b"]>" + FEED


@pytest.mark.parametrize(
    "body", [b"", FEED, DECLARATION + FEED, b"<!DOCTYPE rss [<!ENTITY x", FEED + b'<!ENTITY a "&b;">']
)
def test_body_without_such_entities_stays_as_it_is(body: bytes):
    assert drop_nested_entities(body) is body


def test_feed_that_lost_entities_says_so_and_one_that_declares_a_character_does_not():
    declared = b'\n<!DOCTYPE rss [\n<!ENTITY copy "&#169;">\n]>'
    nested = b'\n<!DOCTYPE rss [\n<!ENTITY copy "&#169;">\n<!ENTITY a "&copy;">\n]>'

    sound = parse_feed(DECLARATION + declared + FEED, feed_id="f")
    mended = parse_feed(DECLARATION + nested + FEED.replace(b"&copy;", b"and a"), feed_id="f")

    assert (sound.status, sound.entries[0].title) == (ParseStatus.OK, "A \u00a9 title")
    assert (mended.status, mended.entries[0].title) == (ParseStatus.RECOVERED, "A and a title")
    assert mended.error == "entities that stand on entities are left out"


@pytest.mark.parametrize(
    "body",
    [
        DECLARATION + b"\n" * 1_000_000 + FEED,
        DECLARATION + b"<!DOCTYPE rss [" + b"<!ENTITY\n" * 100_000 + FEED,
        b"\n<!DOCTYPE" * 100_000 + FEED,
        b"<?xml " + b' encoding="x"' * 50_000 + FEED,
        DECLARATION + FEED.replace(b"A &copy; title", b'encoding="x" ' + b'"words" ' * 100_000),
    ],
    ids=["blank lines", "open entities", "open doctypes", "encodings", "quotes"],
)
def test_prolog_that_searches_would_get_lost_in_is_read_at_once(body: bytes):
    started = time.process_time()
    parsed = parse_feed(body, feed_id="f")

    assert time.process_time() - started < 2
    assert len(parsed.entries) == 1


def test_bounds_change_nothing_in_a_plain_prolog_and_nothing_after_any():
    plain = DECLARATION + b"\n\n <!-- a   b -->\r\n" + FEED
    long = DECLARATION + b" " * 5_000 + FEED * 20

    assert bound_prolog(plain) == plain
    assert bound_prolog(long) == DECLARATION + b"\n\n" + FEED * 20
