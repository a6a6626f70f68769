"""Feed lists come and go as OPML."""

from __future__ import annotations

import pytest

from volteface.config.feeds import FeedConfig, SourceType
from volteface.errors import InputError
from volteface.feeds.opml import parse_opml, render_opml

OPML = b"""<?xml version="1.0"?><opml version="1.0"><body><outline text="Folder">
<outline type="rss" text="The Example Post" xmlUrl="https://post.example/rss" language="en-GB"/>
<outline type="rss" title="The Example Post" XMLURL="https://post.example/world"/>
<outline type="rss" text="Again" xmlUrl="https://post.example/rss"/>
<outline text="No feed" htmlUrl="https://x.example/"/><outline text="Bad" xmlUrl="javascript:x"/>
<outline xmlUrl="https://nameless.example/rss"/></outline></body></opml>"""


def test_every_feed_is_found_once_with_an_id_of_its_own():
    rows = parse_opml(OPML)

    assert [row["url"] for row in rows] == [
        "https://post.example/rss",
        "https://post.example/world",
        "https://nameless.example/rss",
    ]
    assert [row["id"] for row in rows] == ["the-example-post", "the-example-post-2", "https-nameless-example-rss"]
    assert rows[0]["language"] == "en"
    assert "language" not in rows[1]


@pytest.mark.parametrize("body", [b"", b"junk", b"<html/>", b"<opml><body>", b"\xff\xfe\x00"])
def test_what_is_no_opml_is_refused(body: bytes):
    with pytest.raises(InputError):
        parse_opml(body)


def test_entities_are_not_expanded(tmp_path):
    (tmp_path / "secret").write_text("canary")
    body = f"""<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>
    <opml><body><outline text="&x;" xmlUrl="https://a.example/"/></body></opml>"""

    try:
        rows = parse_opml(body.encode())
    except InputError:
        return
    assert "canary" not in repr(rows)


def test_what_is_written_is_read_again():
    feed = FeedConfig(
        id="post",
        outlet='Post & "Mail" <i>',
        url="https://post.example/rss?a=1&b=2",
        publisher_family="post",
        source_type=SourceType.NATIONAL,
        language="fr",
    )

    rows = parse_opml(render_opml([feed]).encode())

    assert [(row["outlet"], row["url"], row["language"]) for row in rows] == [(feed.outlet, feed.url, "fr")]
