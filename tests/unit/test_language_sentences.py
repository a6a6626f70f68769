import pytest
import spacy

from volteface.language.sentences import MAX_SENTENCE, split_sentences

NLP = spacy.blank("en")


def split(text: str) -> list[str]:
    return [sent.text.strip() for sent in split_sentences(NLP(text)).sents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met. They left.", ["They met.", "They left."]),
        ("He met Mr. Example in the U.S. capital.", ["He met Mr. Example in the U.S. capital."]),
        ("Talks were held in the U.S. The envoy left.", ["Talks were held in the U.S.", "The envoy left."]),
        ("Brig. Gen. Example spoke. No. 3 is next.", ["Brig. Gen. Example spoke.", "No. 3 is next."]),
        ("The answer was no. Nobody spoke.", ["The answer was no.", "Nobody spoke."]),
        ("“Will it hold?” he asked.", ["“Will it hold?” he asked."]),
        ("“Never!” Ann Example said. She left.", ["“Never!” Ann Example said.", "She left."]),
        ("“It is over.” The envoy left.", ["“It is over.”", "The envoy left."]),
        ('"One thing. Another," he said.', ['"One thing.', 'Another," he said.']),
        ("A heading\nThe text begins.", ["A heading", "The text begins."]),
        ("a line that goes\non below.", ["a line that goes\non below."]),
        ("First paragraph\n\nsecond one", ["First paragraph", "second one"]),
        ("J. Example came.", ["J. Example came."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_an_empty_doc_is_returned_as_it_is() -> None:
    assert len(split_sentences(NLP(""))) == 0


def test_a_run_without_an_end_is_cut() -> None:
    lengths = [len(sent) for sent in split_sentences(NLP("word " * 1000)).sents]

    assert max(lengths) <= MAX_SENTENCE


def test_sentences_that_are_there_already_are_kept() -> None:
    doc = NLP("One two. Three four.")
    for token in doc:
        token.is_sent_start = token.i == 1

    assert [sent.text for sent in split_sentences(doc).sents] == ["One", "two. Three four."]
