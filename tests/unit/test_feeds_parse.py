"""Any bytes give a value: a feed, or why there is none."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from volteface.feeds.parse import parse_feed
from volteface.models import ParseStatus

FETCHED_AT = datetime(2024, 3, 28, 12, tzinfo=UTC)


def make_rss(items: str, declaration: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    return f'{declaration}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


def make_item(number: int, date: str = "", title: str = "A title") -> str:
    day = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>{title}</title><link>https://a.example/{number}</link><guid>{number}</guid>{day}</item>"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the body is empty"),
        (b" \n\t", "the body is empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "the body is an HTML page, not a feed"),
        (b"\xef\xbb\xbf<!-- x --><HTML><head></head></HTML>", "the body is an HTML page, not a feed"),
        ('<html lang="en"></html>'.encode("utf-16"), "the body is an HTML page, not a feed"),
        (b"plain words", "there is no markup"),
        (b'{"version": 1}', "no JSON Feed"),
        (b'{"items": [', "not JSON"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "holds no feed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "holds no feed"),
    ],
)
def test_what_is_no_feed_fails_and_says_what_it_is(body: bytes, reason: str):
    parsed = parse_feed(body, feed_id="f")

    assert parsed.status is ParseStatus.FAILED
    assert reason in (parsed.error or "")
    assert parsed.entries == ()


def test_empty_feed_is_a_feed():
    parsed = parse_feed(make_rss(""), feed_id="f")

    assert (parsed.status, parsed.entries, parsed.error) == (ParseStatus.OK, (), None)


@pytest.mark.parametrize("encoding", ["punycode", "undefined", "idna", "unicode_escape", "nonsense", "utf-16"])
def test_encoding_that_makes_the_parser_raise_is_a_value(encoding: str):
    body = make_rss(make_item(1), f'<?xml version="1.0" encoding="{encoding}"?>')

    assert parse_feed(body, feed_id="f").status in ParseStatus


def test_reason_of_a_failure_is_one_clean_line():
    parsed = parse_feed(make_rss(make_item(1), '<?xml version="1.0" encoding="punycode"?>') + b"\0", feed_id="f")

    assert parsed.error is not None
    assert parsed.error.isprintable()


def test_body_that_names_a_file_is_not_opened(tmp_path: Path):
    canary = tmp_path / "feed.xml"
    canary.write_bytes(make_rss(make_item(1)))

    assert parse_feed(str(canary).encode(), feed_id="f").status is ParseStatus.FAILED
    assert parse_feed(f"file://{canary}".encode(), feed_id="f").entries == ()


def test_entity_that_names_a_file_is_not_expanded(tmp_path: Path):
    (tmp_path / "secret").write_text("canary")
    declaration = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'

    parsed = parse_feed(make_rss(make_item(1, title="&x;"), declaration), feed_id="f")

    assert "canary" not in repr(parsed)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Wed, 27 Mar 2024 14:05:00 +0200", datetime(2024, 3, 27, 12, 5, tzinfo=UTC)),
        ("Wed, 27 Mar 2024 14:05:00 EST", datetime(2024, 3, 27, 19, 5, tzinfo=UTC)),
        ("Fri, 29 Mar 2024 11:59:00 GMT", datetime(2024, 3, 29, 11, 59, tzinfo=UTC)),  # inside the day of tolerance
        ("Fri, 29 Mar 2024 12:01:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Wed, 27 Mar 2024 14:05:00 IST", None),
        ("31 Feb 2024", None),
        ("1700000000", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_date_is_the_feeds_own_or_none(raw: str, expected: datetime | None):
    entry = parse_feed(make_rss(make_item(1, raw)), feed_id="f", fetched_at=FETCHED_AT).entries[0]

    assert entry.published_at == expected
    assert entry.published_raw == (raw or None)


def test_declared_charset_of_the_server_counts():
    body = b'<rss version="2.0"><channel><title>x</title><item><title>\xcf\xf0\xe8</title></item></channel></rss>'

    parsed = parse_feed(body, feed_id="f", content_type="text/xml; charset=windows-1251")

    assert parsed.entries[0].title == "\u041f\u0440\u0438"


def test_type_without_charset_does_not_flag_a_sound_feed():
    parsed = parse_feed(make_rss(make_item(1, title="Caf\u00e9")), feed_id="f", content_type="text/xml")

    assert parsed.status is ParseStatus.OK
    assert parsed.entries[0].title == "Caf\u00e9"


def test_newest_entries_are_kept_in_the_feeds_order_and_the_others_counted():
    days = [3, 1, 5, 2, 4]
    items = "".join(make_item(day, f"0{day} Mar 2024 00:00:00 GMT") for day in days)

    parsed = parse_feed(make_rss(items), feed_id="f", max_entries=3)

    assert [entry.guid for entry in parsed.entries] == ["3", "5", "4"]
    assert parsed.truncated_entry_count == 2


def test_long_texts_are_cut():
    item = f"<item><title>{'t' * 5000}</title><author>{'a' * 900}</author><description>{'d' * 200_000}</description></item>"

    entry = parse_feed(make_rss(item), feed_id="f").entries[0]

    assert (len(entry.title), len(entry.summary), len(entry.author or "")) == (1_000, 100_000, 200)


def test_long_url_is_no_url():
    item = f"<item><title>t</title><link>https://a.example/{'x' * 3000}</link></item>"

    assert parse_feed(make_rss(item), feed_id="f").entries[0].url is None


def test_one_half_character_costs_one_character_and_is_told():
    parsed = parse_feed(make_rss(make_item(1, title="a &#xD83D; b &#55357; c")), feed_id="f")

    assert parsed.entries[0].title == "a \ufffd b \ufffd c"
    assert parsed.status is ParseStatus.RECOVERED


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(body: bytes):
    for wrapped in (
        body,
        b"<rss version='2.0'><channel><item><title>" + body,
        b"<?xml version='1.0'?>" + body,
        b"{" + body,
    ):
        parsed = parse_feed(wrapped, feed_id="f", fetched_at=FETCHED_AT)
        assert parsed.status in ParseStatus
        assert repr(parsed).encode("utf-8")
