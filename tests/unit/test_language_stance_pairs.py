"""Pairs of actors and sentences, on Docs whose mentions and attributions are made by hand."""

from spacy.tokens import Doc
from test_language_stance import ISSUES, KINSHIP, NLP, READER

from volteface.language.annotations import ActorMention, Attribution, Via
from volteface.language.kinship import UNKNOWN
from volteface.language.stance import find_stances
from volteface.language.stance_pairs import Pair, list_pairs
from volteface.models import QuoteType


def list_found(text: str, actors: dict[str, str], *, said: tuple[str, str, str] | None = None) -> list[Pair]:
    """Return the pairs of a text; ``actors`` maps words to ids, ``said`` is source, content and speaker."""
    doc = NLP(text)
    doc._.actor_mentions = tuple(
        sorted(
            (
                ActorMention(start=span[0], end=span[1], actor_id=actor_id, via=Via.ALIAS)
                for words, actor_id in actors.items()
                for span in find_spans(doc, words)
            ),
            key=lambda one: one.start,
        )
    )
    if said:
        source, content, speaker = (words for words in said)
        doc._.attributions = (
            Attribution(
                source=find_spans(doc, source)[0], cue=None, contents=(find_spans(doc, content)[0],), via=Via.ALIAS,
                quote_type=QuoteType.INDIRECT, speakers=(speaker,), speaker_text=source,
            ),
        )  # fmt: skip
    doc._.issue_hits = ISSUES.find(doc)
    reading = READER.read(doc)
    return list_pairs(doc, reading, tuple(find_stances(reading, KINSHIP)), "A headline")


def find_spans(doc: Doc, words: str) -> list[tuple[int, int]]:
    size = len(NLP.make_doc(words))
    return [(at, at + size) for at in range(len(doc)) if doc[at : at + size].text == words]


def test_the_actor_s_own_names_are_taken_out_of_its_sentence() -> None:
    (pair,) = list_found("Qatar rejected it, and Qatar was firm.", {"Qatar": "qatar-government"})

    assert pair.text == "{A} rejected it, and {A} was firm."
    assert pair.is_named
    assert not pair.is_said


def test_two_actors_of_one_sentence_are_two_questions() -> None:
    pairs = list_found(
        "Qatar urged Israel to agree to a ceasefire.", {"Qatar": "qatar-government", "Israel": "israel-government"}
    )

    assert {(one.actor_id, one.text) for one in pairs} == {
        ("qatar-government", "{A} urged Israel to agree to a ceasefire."),
        ("israel-government", "Qatar urged {A} to agree to a ceasefire."),
    }
    assert {hit.issue_id for one in pairs for hit in one.hits} == {"ceasefire"}


def test_who_speaks_without_being_named_is_asked_too() -> None:
    pairs = list_found(
        "Qatar spoke. A ceasefire must come now.",
        {"Qatar": "qatar-government"},
        said=("Qatar", "A ceasefire must come now", "qatar-government"),
    )

    spoken = next(one for one in pairs if one.sentence == 1)
    assert spoken.is_said
    assert not spoken.is_named
    assert spoken.previous == "Qatar spoke."
    assert spoken.text == "A ceasefire must come now."


def test_the_first_sentence_of_a_text_follows_its_title() -> None:
    (pair,) = list_found("Qatar was firm.", {"Qatar": "qatar-government"})

    assert pair.previous == "A headline"


def test_the_issues_of_the_sentences_beside_are_near() -> None:
    pairs = list_found("A ceasefire was near. Qatar was firm.", {"Qatar": "qatar-government"})

    assert [(one.near, one.hits) for one in pairs] == [(frozenset({"ceasefire"}), ())]


def test_what_the_rules_say_comes_with_the_pair() -> None:
    pairs = list_found("Qatar supports a ceasefire.", {"Qatar": "qatar-government"})

    assert {issue: str(hit.stance) for issue, hit in pairs[0].ruled.items()} == {"ceasefire": "support"}


def test_nobody_asks_about_somebody_unknown() -> None:
    assert list_found("Officials were firm.", {"Officials": UNKNOWN}) == []


def test_how_far_the_actor_is_from_the_issue_and_who_stands_between() -> None:
    pairs = list_found(
        "Qatar was firm after Israel rejected a ceasefire.",
        {"Qatar": "qatar-government", "Israel": "israel-government"},
    )

    assert {one.actor_id: one.gaps["ceasefire"] for one in pairs} == {
        "qatar-government": (6, 1),
        "israel-government": (2, 0),
    }
