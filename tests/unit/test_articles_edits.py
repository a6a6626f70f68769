"""What became of attributed words: the hard cases, and what holds of every text."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volteface.articles.edits import AttributedSpan, Comparison, SpanEdit, compare_texts, compare_titles
from volteface.models import EditKind

LINES = [
    "The harbour council met on Monday in Port Example.",
    "“We will not open the southern gate before the audit is done,” Minister Ann Example said on Monday. She left at noon.",
    "Critics were waiting outside the hall, which had been closed since the storm of last winter.",
    "The mayor said the council had 12 votes for the plan, and none against it.",
    "“The gate is a matter for the council, and for nobody else,” said the mayor.",
    "The meeting ended after three hours of talks between the sides.",
]
TEXT = "\n".join(LINES)
QUOTE = "We will not open the southern gate before the audit is done"
COUNT = LINES[3]


def mark(text: str, words: str, *, is_direct: bool = False, actor: str = "mayor", speaker: str = "") -> AttributedSpan:
    """Return a statement's span."""
    start = text.index(words)
    return AttributedSpan(
        start=start,
        end=start + len(words),
        is_direct=is_direct,
        statement_id=f"{actor} {words[:10]}",
        actor_id=actor,
        issue_id="gate",
        speaker_text=speaker,
    )


def compare(
    after: str, before_spans: Iterable[AttributedSpan] = (), after_spans: Iterable[AttributedSpan] = ()
) -> Comparison:
    return compare_texts(TEXT, after, list(before_spans), list(after_spans))


def find_one(comparison: Comparison) -> SpanEdit:
    (found,) = comparison.find_findings()
    return found


def test_a_paragraph_put_before_changes_nothing() -> None:
    found = compare(f"A storm had come in the night, and the harbour was shut.\n{TEXT}")

    assert {edit.kind for edit in found.edits} == {EditKind.UNCHANGED}
    assert not found.find_findings()


@pytest.mark.parametrize(
    ("old", "new", "word_class", "diff"),
    [
        ("will not open", "will open", "negation", "We will [-not-] open the southern gate"),
        ("southern", "northern", "word", "will not open the [-southern-] {+northern+} gate before the audit"),
        ("audit is done", "audit is done and paid for", "word", "the audit is done {+and paid for+}"),
        ("We will", "They will", "word", "[-We-] {+They+} will not open the"),
        ("will not", "would not", "modal", "We [-will-] {+would+} not open the southern"),
    ],
)
def test_another_word_in_a_quotation_is_a_finding(old: str, new: str, word_class: str, diff: str) -> None:
    edit = find_one(compare(TEXT.replace(old, new)))

    assert (edit.kind, edit.rewording.word_class, edit.rewording.is_quoted) == (EditKind.ALTERED, word_class, True)
    assert edit.rewording.word_diff == diff


def test_a_not_put_in_is_found_in_both_directions() -> None:
    edited = TEXT.replace("gate is a matter", "gate is not a matter")

    there = find_one(compare(edited))
    back = compare_texts(edited, TEXT, [], []).find_findings()[0]

    assert there.rewording.word_class == back.rewording.word_class == "negation"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“", '"'),
        (", and for", " – and for"),
        ("audit", "Audit"),
        ("southern gate before", "southern  gate, before"),
        ("We will not open", "We won't open"),
    ],
)
def test_marks_case_and_spelling_are_no_finding(old: str, new: str) -> None:
    found = compare(TEXT.replace(old, new))

    assert not found.find_findings()
    assert found.count(EditKind.TYPOGRAPHIC) + found.count(EditKind.UNCHANGED) == 2


def test_a_quote_split_around_its_speaker_keeps_its_words() -> None:
    split = "“We will not open the southern gate,” Minister Ann Example said on Monday, “before the audit is done.”"
    after = TEXT.replace(LINES[1], f"{split} She left at noon.")

    there, back = compare(after), compare_texts(after, TEXT, [], [])

    assert not there.find_findings()
    assert there.count(EditKind.TYPOGRAPHIC) == 1
    assert not back.find_findings()


def test_a_moved_paragraph_is_moved() -> None:
    after = "\n".join([LINES[0], LINES[2], LINES[3], LINES[4], LINES[1], LINES[5]])

    found = compare(after, [mark(TEXT, LINES[1].split(" She")[0], is_direct=True)])

    assert not found.find_findings()
    assert found.count(EditKind.MOVED) == 2  # the statement and its quotation


def test_sentences_made_one_are_no_finding() -> None:
    after = TEXT.replace("said on Monday. She left", "said on Monday, and left")

    assert not compare(after, [mark(TEXT, LINES[1].split(" She")[0], is_direct=True)]).find_findings()


def test_another_speaker_for_the_same_words_is_a_finding_of_its_own() -> None:
    after = TEXT.replace("Minister Ann Example", "Minister Bob Sample")
    before_span = mark(TEXT, LINES[1].split(" She")[0], is_direct=True, actor="ann", speaker="Minister Ann Example")
    sentence = after.split("\n")[1].split(" She")[0]
    after_span = mark(after, sentence, is_direct=True, actor="bob", speaker="Minister Bob Sample")

    edit = find_one(compare(after, [before_span], [after_span]))

    assert edit.kind is EditKind.ATTRIBUTION_CHANGED
    assert edit.after_span == after_span
    assert edit.rewording.word_diff.endswith("Minister [-Ann Example-] {+Bob Sample+} said on Monday")


def test_another_speaker_of_an_untracked_quotation_is_found_too() -> None:
    edit = find_one(compare(TEXT.replace("Minister Ann Example", "Minister Bob Sample")))

    assert (edit.kind, edit.span.statement_id) == (EditKind.ATTRIBUTION_CHANGED, None)


@pytest.mark.parametrize("name", ["Ann Example", "Ms. Ann Example, the minister,", "Deputy Minister Example", "she"])
def test_a_speaker_named_in_another_way_is_no_finding(name: str) -> None:
    assert not compare(TEXT.replace("Minister Ann Example", name)).find_findings()


def test_a_speaker_whom_the_model_takes_for_the_same_is_no_finding() -> None:
    after = TEXT.replace("Minister Ann Example", "Bob Sample")
    spans = [
        mark(text, text.split("\n")[1].split(" She")[0], is_direct=True, actor="ministry") for text in (TEXT, after)
    ]

    assert not [edit for edit in compare(after, spans[:1], spans[1:]).find_findings() if edit.span.statement_id]


def test_a_number_in_the_outlets_own_words_is_a_finding_not_in_quotation_marks() -> None:
    edit = find_one(compare(TEXT.replace("12 votes", "14 votes"), [mark(TEXT, COUNT, speaker="The mayor")]))

    assert (edit.rewording.word_class, edit.rewording.is_quoted) == ("number", False)
    assert edit.after_start is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [("The mayor said the", "The mayor said that the"), ("The mayor said", "On Tuesday the mayor told reporters")],
)
def test_how_an_outlet_introduces_its_report_is_no_finding(old: str, new: str) -> None:
    assert not compare(TEXT.replace(old, new), [mark(TEXT, COUNT, speaker="The mayor")]).find_findings()


def test_what_stands_around_a_direct_quote_is_no_finding() -> None:
    after = TEXT.replace("said on Monday. She", "said in a two-page letter to the council. She")

    assert not compare(after, [mark(TEXT, LINES[1].split(" She")[0], is_direct=True)]).find_findings()


def test_a_quote_that_is_gone_is_removed_and_told_once() -> None:
    span = mark(TEXT, LINES[1].split(" She")[0], is_direct=True)

    edit = find_one(compare(TEXT.replace(LINES[1] + "\n", ""), [span]))

    assert (edit.kind, edit.after_start, edit.span) == (EditKind.REMOVED, None, span)


def test_a_quote_that_came_in_is_added_and_no_finding() -> None:
    found = compare(f"{TEXT}\n“The plan is dead for this year,” a councillor said.")

    assert (found.count(EditKind.ADDED), found.find_findings()) == (1, ())


def test_nothing_is_removed_from_a_page_that_is_another_text() -> None:
    found = compare("The ferry to the islands sails again from Friday on.\nTickets are sold at the pier.")

    assert found.is_rewrite
    assert found.count(EditKind.REMOVED) == 2
    assert not found.find_findings()


def test_a_headline_counts_only_where_a_word_of_it_was_edited() -> None:
    title = "Mayor says council will not open southern gate"
    span = mark(title, title)

    def compare_to(after: str) -> list[str]:
        return [str(edit.kind) for edit in compare_titles(title, after, [span], []).find_findings()]

    assert compare_to("Mayor says council will open southern gate") == ["altered"]
    assert compare_to("Row over harbour gate deepens after the audit") == []


_SENTENCES = st.lists(st.sampled_from([*LINES, "He said no.", "“Four words are enough,” she said.", "“"]), max_size=9)


@given(before=_SENTENCES, after=_SENTENCES)
def test_places_are_slices_and_the_same_text_has_no_edit(before: list[str], after: list[str]) -> None:
    old, new = "\n".join(before), "\n".join(after)
    spans = [mark(old, line) for line in dict.fromkeys(before)]

    for edit in compare_texts(old, new, spans, []).edits:
        if edit.after_start is not None and edit.after_end is not None:
            assert 0 <= edit.after_start < edit.after_end <= len(new)
        if edit.kind in {EditKind.UNCHANGED, EditKind.MOVED}:
            assert old[edit.span.start : edit.span.end].split() == new[edit.after_start : edit.after_end].split()
    assert {edit.kind for edit in compare_texts(old, old, spans, spans).edits} <= {EditKind.UNCHANGED}


@given(place=st.integers(0, 10), word=st.sampled_from(["not", "never", "seven", "Paris", "harbour", "could"]))
def test_a_word_put_into_a_quotation_is_always_found(place: int, word: str) -> None:
    words = QUOTE.split()
    edited = " ".join([*words[:place], word, *words[place:]])

    edit = find_one(compare(TEXT.replace(QUOTE, edited)))

    assert (edit.kind, word in edit.rewording.word_diff) == (EditKind.ALTERED, True)
