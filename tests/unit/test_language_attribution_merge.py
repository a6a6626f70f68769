from reading import DAY, NLP
from spacy.tokens import Doc

from volteface.language.annotations import Attribution, Interval
from volteface.language.attribution_decode import Found
from volteface.language.text import mask_text


def find(doc: Doc, words: str) -> Interval:
    """Return the tokens of some words of a Doc."""
    span = doc.char_span(doc.text.index(words), doc.text.index(words) + len(words))
    assert span is not None
    return span.start, span.end


def read_with(text: str, *found: tuple[str, str, str, float]) -> tuple[Attribution, ...]:
    """Read a text in which a trained component found source, cue and content ("" for none) with a score."""
    doc = NLP.make_doc(mask_text(text))
    doc._.published_at = DAY
    doc._.attribution_spans = tuple(
        Found(find(doc, cue), find(doc, source) if source else None, (find(doc, content),) if content else (), score)
        for source, cue, content, score in found
    )
    attributions: tuple[Attribution, ...] = NLP(doc)._.attributions
    return attributions


def test_a_cue_on_no_list_is_taken_from_the_component() -> None:
    (one,) = read_with("Netanyahu murmured the bridge was safe.", ("Netanyahu", "murmured", "the bridge was safe", 0.9))

    assert one.speakers == ("benjamin-netanyahu",)
    assert one.cue == (1, 2)
    assert one.contents == ((2, 6),)


def test_an_unlisted_cue_of_which_the_component_is_unsure_is_let_go() -> None:
    assert (
        read_with("Netanyahu murmured the bridge was safe.", ("Netanyahu", "murmured", "the bridge was safe", 0.3))
        == ()
    )


def test_a_listed_cue_is_taken_at_a_lower_score() -> None:
    (one,) = read_with("Netanyahu said the bridge was safe.", ("Netanyahu", "said", "the bridge was safe", 0.35))

    assert one.speakers == ("benjamin-netanyahu",)


def test_what_the_component_leaves_out_comes_from_the_rules() -> None:
    (one,) = read_with("Netanyahu said the bridge was safe.", ("", "said", "", 0.9))

    assert one.speakers == ("benjamin-netanyahu",)
    assert one.contents == ((2, 6),)


def test_a_content_that_nobody_found_is_what_follows_the_cue() -> None:
    (one,) = read_with("Netanyahu murmured that the bridge was safe.", ("Netanyahu", "murmured", "", 0.9))

    assert one.contents == ((2, 7),)


def test_what_is_said_inside_what_somebody_says_stays_the_rules_own() -> None:
    outer, inner = read_with(
        "Biden said that Netanyahu had said the bridge was safe.",
        ("Biden", "said", "that Netanyahu had said the bridge was safe", 0.9),
    )

    assert (outer.speakers, outer.is_nested) == (("joe-biden",), False)
    assert (inner.speakers, inner.is_nested, inner.reporter) == (("benjamin-netanyahu",), True, "joe-biden")


def test_a_refusal_to_say_anything_is_kept() -> None:
    text = "Hamas declined to comment. Biden murmured the bridge was safe."

    refusal, _ = read_with(text, ("Biden", "murmured", "the bridge was safe", 0.9))

    assert refusal.is_declined
    assert refusal.speakers == ("hamas",)


def test_what_the_rules_alone_see_is_doubtful() -> None:
    text = "Hamas opposed the plan. Biden murmured the bridge was safe."

    opposed, murmured = read_with(text, ("Biden", "murmured", "the bridge was safe", 0.9))

    assert (opposed.speakers, opposed.is_doubtful) == (("hamas",), True)
    assert (murmured.speakers, murmured.is_doubtful) == (("joe-biden",), False)


def test_where_both_see_a_cue_the_spans_of_the_component_are_shown() -> None:
    text = "Netanyahu has said in a speech that the bridge was safe."

    (one,) = read_with(text, ("Netanyahu", "has said in a speech", "that the bridge was safe", 0.9))

    assert one.shown is not None
    assert (one.shown.cue, one.shown.contents) == ((1, 6), ((6, 11),))
    assert (one.cue, one.speakers, one.is_doubtful) == ((2, 3), ("benjamin-netanyahu",), False)


def test_who_was_spoken_to_is_no_source() -> None:
    text = "Netanyahu was urged by Biden to open the bridge. Hamas was asked by reporters about the bridge."

    found = read_with(text, ("Netanyahu", "was urged", "to open the bridge", 0.9), ("Hamas", "was asked by", "", 0.9))

    assert not {"benjamin-netanyahu", "hamas"} & {speaker for one in found for speaker in one.speakers}
