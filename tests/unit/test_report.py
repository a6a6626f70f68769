import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from volteface.report.build import build_matrix, build_report_data, build_timelines
from volteface.report.data import IssueHead, ReportData, RunInfo
from volteface.report.page import render_report

NOW = datetime(2024, 4, 1, 12, tzinfo=UTC)
DAM = IssueHead(issue_id="dam", name="The dam", proposition="The dam should be built")
ROAD = IssueHead(issue_id="road", name="The road", proposition="The road should be closed")
ACTORS = {"ann": "Ann Example", "town": "the Town"}
RUN = RunInfo(
    run_id="r1",
    flow="run",
    started_at=NOW,
    ended_at=NOW,
    state="completed",
    model_version="rules-1",
    counts={"statements": 3},
)
Row = dict[str, Any]


def position(actor_id: str = "ann", issue_id: str = "dam", **fields: Any) -> Row:
    return {
        "actor_id": actor_id,
        "issue_id": issue_id,
        "basis": "on_record",
        "stance": "support",
        "strength": 2,
        "conditional": False,
        "valid_from": NOW,
        "last_stated_at": NOW,
        "statement_count": 4,
        "origin_count": 3,
    } | fields


def statement(statement_id: str, day: int | None = 1, **fields: Any) -> Row:
    return {
        "statement_id": statement_id,
        "actor_id": "ann",
        "speaker_text": "the mayor",
        "issue_id": "dam",
        "stance": "support",
        "basis": "on_record",
        "quote": f"Words of {statement_id}.",
        "outlet": "Example Post",
        "url": "https://post.example/a",
        "title": "Mayor speaks",
        "stated_at": None if day is None else datetime(2024, 3, day, tzinfo=UTC),
    } | fields


def change(change_id: str = "c1", **fields: Any) -> Row:
    return {
        "change_id": change_id,
        "kind": "public_private_gap",
        "state": "confirmed",
        "actor_id": "ann",
        "issue_id": "dam",
        "basis": "on_record",
        "before_statement_id": "s1",
        "after_statement_id": "s2",
        "changed_at": NOW,
        "confidence": 0.9,
        "counter_actor_id": None,
        "before_origin_count": 2,
        "after_origin_count": 1,
        "summary": "in private yes, in public no",
        "against": ["one origin only"],
    } | fields


FEED: Row = {
    "feed_id": "post",
    "outlet": "Example Post",
    "polled_at": NOW,
    "succeeded_at": NOW,
    "failures_in_a_row": 0,
    "entries_per_day": 12.5,
    "last_error": None,
}


def build(**rows: Any) -> ReportData:
    given = {
        "positions": [position()],
        "changes": [change()],
        "evidences": [statement("s1"), statement("s2", 2, stance="oppose")],
        "statements": [statement("s1"), statement("s2", 2, stance="oppose")],
        "feeds": [FEED],
    } | rows
    return build_report_data(
        **given,
        topic="Dams",
        generated_at=NOW,
        run=RUN,
        issues=[DAM, ROAD],
        actor_names=ACTORS,
        statement_counts={"dam": 2, "road": 0},
        change_count=1,
    )


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> _Page:
    parser = _Page()
    parser.feed(page)
    return parser


def test_the_matrix_holds_only_what_is_on_record() -> None:
    (row,) = build_matrix([position(), position("town", basis="anonymous")], [DAM, ROAD], ACTORS)
    assert row.actor_id == "ann"
    assert row.cells[0] is not None
    assert row.cells[0].origin_count == 3
    assert row.cells[1] is None


def test_the_matrix_has_configured_actors_in_their_order_and_strangers_last() -> None:
    rows = build_matrix([position(who) for who in ("other:a-stranger", "town", "ann")], [DAM], ACTORS)
    assert [row.actor_id for row in rows] == ["ann", "town", "other:a-stranger"]


def test_a_position_on_an_unknown_issue_makes_no_row() -> None:
    assert build_matrix([position(issue_id="gone")], [DAM], ACTORS) == ()


def test_a_timeline_is_newest_first_with_the_undated_last_and_cut() -> None:
    rows = [statement("a", 1), statement("b", None), statement("c", 3), statement("d", 2)]
    (whole,) = build_timelines(rows, [DAM, ROAD], ACTORS, {"dam": 4}, 9)
    assert [one.statement_id for one in whole.statements] == ["c", "d", "a", "b"]
    assert whole.omitted_count == 0
    (cut,) = build_timelines(rows, [DAM, ROAD], ACTORS, {"dam": 10}, 2)
    assert [one.statement_id for one in cut.statements] == ["c", "d"]
    assert cut.omitted_count == 8


def test_changes_are_newest_first_with_both_evidences() -> None:
    older = change("c0", changed_at=datetime(2024, 1, 1, tzinfo=UTC), before_statement_id=None)
    changes = build(changes=[older, change()]).changes
    assert [one.change_id for one in changes] == ["c1", "c0"]
    assert changes[0].before is not None
    assert changes[0].before.quote == "Words of s1."
    assert changes[1].before is None


def test_failing_feeds_come_first() -> None:
    feeds = build(feeds=[FEED, FEED | {"feed_id": "zeta", "failures_in_a_row": 3}]).feeds
    assert [feed.feed_id for feed in feeds] == ["zeta", "post"]


def test_a_feed_that_was_never_polled_is_neither_healthy_nor_failing() -> None:
    row = FEED | {"polled_at": None, "succeeded_at": None, "failures_in_a_row": None, "entries_per_day": None}
    text = " ".join(read(render_report(build(feeds=[FEED, row]))).text.split())
    assert "1 / 2 feeds healthy" in text
    assert "not polled yet" in text
    assert "failing" not in text


def test_the_page_says_who_what_and_how_many() -> None:
    text = " ".join(read(render_report(build())).text.split())
    assert "Public private gap: Ann Example on The dam" in text
    assert "Words of s1." in text
    assert "Words of s2." in text
    assert "Example Post, 2024-03-02 · Mayor speaks" in text
    assert "▲ support n=3" in text
    assert "Against: one origin only" in text
    assert "✓ ok" in text


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = render_report(build())
    parsed = read(page)
    assert {link for link in parsed.links if not link.startswith("#")} == {"https://post.example/a"}
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(parsed.tags)
    assert "url(" not in page
    assert "@import" not in page
    assert """content="default-src 'none'; style-src 'unsafe-inline'">""" in page


def test_what_feeds_wrote_is_text_and_never_markup() -> None:
    hostile = "</title></style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}\u202e\x1b"
    row = statement("s2", quote=hostile, title=hostile, outlet=hostile, speaker_text=hostile, url=hostile)
    data = build(
        evidences=[statement("s1", url="javascript:alert(1)"), row],
        statements=[row],
        changes=[change(actor_id="other:" + hostile, summary=hostile, against=[hostile])],
        feeds=[FEED | {"outlet": hostile, "last_error": hostile, "failures_in_a_row": 1}],
        positions=[position("other:" + hostile)],
    )
    parsed = read(render_report(replace(data, topic=hostile)))
    assert not {"script", "img"} & set(parsed.tags)
    assert [link for link in parsed.links if not link.startswith("#")] == []
    assert "49" not in parsed.text
    assert "\u202e" not in parsed.text
    assert "\x1b" not in parsed.text
    assert parsed.text.count("<script>alert(1)</script>") >= 6


def test_an_empty_warehouse_makes_a_page_that_says_so() -> None:
    data = build_report_data(
        [], [], [], [], [], topic="Dams", generated_at=NOW, run=None, issues=[DAM], actor_names=ACTORS,
        statement_counts={}, change_count=0,
    )  # fmt: skip
    text = read(render_report(data)).text
    for words in ("No change of position", "Nobody has said anything", "Nothing was said", "No feed has been polled"):
        assert words in text


def test_colour_is_never_the_only_sign() -> None:
    page = render_report(build(positions=[position(stance=stance) for stance in ("oppose",)]))
    assert re.search(r'class="cell oppose".*?▼</span> oppose', page)


def test_the_same_data_gives_the_same_page() -> None:
    assert render_report(build()) == render_report(build())


EDIT: Row = {
    "kind": "altered",
    "word_class": "negation",
    "is_quoted": True,
    "actor_name": "Ann Example",
    "after_actor_name": None,
    "before_text": "We will <b>not</b> open it.",
    "after_text": "We will open it.",
    "word_diff": "We will [-not-] open it",
    "outlet": "Example Post",
    "url": "javascript:alert(1)",
    "title": "Mayor speaks",
    "known_from": NOW,
}


def test_quotes_changed_after_publication_are_listed_with_both_wordings_escaped() -> None:
    data = build_report_data(
        [], [], [], [], [], topic="T", generated_at=NOW, run=RUN, issues=[DAM], actor_names=ACTORS,
        statement_counts={}, change_count=0, edits=[EDIT],
    )  # fmt: skip

    page = render_report(data)

    assert "Quotes changed after publication" in page
    assert "We will &lt;b&gt;not&lt;/b&gt; open it." in page
    assert "We will [-not-] open it" in page
    assert "javascript:" not in page
    assert "Quotes changed" not in render_report(replace(data, edits=()))
