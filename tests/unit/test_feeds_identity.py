"""One page has one name; one entry has one id, however its feed rolls."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volteface.feeds.identity import assign_entry_ids, canonicalize_url
from volteface.models import Entry


def make_entry(guid: str | None, url: str | None, title: str = "t", feed_id: str = "f") -> Entry:
    return Entry(
        entry_id="",
        feed_id=feed_id,
        guid=guid,
        url=url,
        canonical_url=canonicalize_url(url) if url else None,
        title=title,
        summary="",
        published_raw=None,
        published_at=None,
    )


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://a.example", "https://a.example/"),
        ("http://a.example/x", "https://a.example/x"),
        ("HTTPS://WWW.A.Example:443/Path", "https://www.a.example/Path"),
        ("http://a.example:80/", "https://a.example/"),
        ("http://a.example:8080/", "https://a.example:8080/"),
        ("https://u:p@a.example./x#frag", "https://a.example/x"),
        ("https://a.example/x?utm_source=a&id=7&fbclid=b&page=2&at_medium=RSS", "https://a.example/x?id=7&page=2"),
        ("https://a.example/x?b=1&a=2", "https://a.example/x?b=1&a=2"),
        ("https://a.example/x/", "https://a.example/x/"),
        ("https://a.example/\u00e9?q=\u00e9", "https://a.example/%C3%A9?q=%C3%A9"),
        ("https://a.example/%C3%A9", "https://a.example/%C3%A9"),
        ("https://[2001:db8::1]:443/x", "https://[2001:db8::1]/x"),
        ("  https://a.example/x\n", "https://a.example/x"),
    ],
)
def test_addresses_of_one_page_get_one_name(url: str, canonical: str):
    assert canonicalize_url(url) == canonical
    assert canonicalize_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "//a.example/", "/x", "https://", "http://[::1",
     "https://a.example:port/", "https://a.example/a b", "https://a.example/" + "x" * 3000],
)  # fmt: skip
def test_what_is_no_page_has_no_name(url: str):
    assert canonicalize_url(url) is None


@given(st.text(max_size=50))
def test_no_text_raises(text: str):
    for url in (text, f"https://{text}", f"https://a.example/{text}", f"https://a.example:{text}/"):
        canonical = canonicalize_url(url)
        assert canonical is None or canonicalize_url(canonical) == canonical


def test_guid_names_an_entry_whatever_its_address_or_title():
    first, again = (
        make_entry("g", "https://a.example/1", "one"),
        make_entry("g", "https://a.example/1?utm_source=x", "two"),
    )

    assert assign_entry_ids([first])[0].entry_id == assign_entry_ids([again])[0].entry_id


def test_guid_of_another_feed_is_another_entry():
    ours, theirs = make_entry("g", None, feed_id="a"), make_entry("g", None, feed_id="b")

    assert assign_entry_ids([ours])[0].entry_id != assign_entry_ids([theirs])[0].entry_id


def test_shared_guid_names_by_address_and_does_not_move_as_the_feed_rolls():
    pages = [make_entry("0", f"https://a.example/{number}") for number in range(4)]

    monday, tuesday = assign_entry_ids(pages[:3]), assign_entry_ids(pages[1:][::-1])

    assert len({entry.entry_id for entry in monday}) == 3
    assert {entry.url: entry.entry_id for entry in monday}[pages[2].url] == {
        entry.url: entry.entry_id for entry in tuesday
    }[pages[2].url]


def test_the_same_entry_twice_is_one():
    entries = assign_entry_ids(
        [make_entry(None, "https://a.example/1", "new"), make_entry(None, "https://a.example/1#x")]
    )

    assert [entry.title for entry in entries] == ["new"]


def test_entries_without_guid_and_address_are_told_apart_by_title():
    entries = assign_entry_ids([make_entry(None, None, "one"), make_entry(None, None, "two")])

    assert len({entry.entry_id for entry in entries}) == 2
