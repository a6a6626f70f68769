import pytest
import spacy

from volteface.config.phrases import split_phrase
from volteface.language.phrases import Match, PhraseTable, keep_longest, norm_words

NLP = spacy.blank("en")


def find(text: str, *phrases: str) -> list[str]:
    doc = NLP(text)
    table = PhraseTable(NLP.make_doc, [(phrase, phrase) for phrase in phrases])
    return [doc[match.start : match.end].text for match in table.find(norm_words(doc))]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("He called for peace", "call{,s,ed} for", ["called for"]),
        ("He call for peace", "call{,s,ed} for", ["call for"]),
        ("he calling for peace", "call{,s,ed} for", []),
        ("in favour of it, in favor of it", "favo{u,}r of", ["favour of", "favor of"]),
        ("a call again for peace, a call for peace", "call {,again }for", ["call again for", "call for"]),
        ("Israel\u2019s right and Israel's right", "israel's right", ["Israel\u2019s right", "Israel's right"]),
        ("They won't stop", "will not stop", ["won't stop"]),
        ("a cease-fire, a ceasefire, a cease fire", "cease{,-, }fire", ["cease-fire", "ceasefire", "cease fire"]),
        ("He will free at least five old men today", "free{,s} ... {,old }men", ["free at least five old men"]),
        ("He will free men", "free ... men", ["free men"]),
        ("He will free one two three four five six seven eight nine men", "free ... men", []),
        ("on Oct. 7 and October 7", "october 7", ["Oct. 7", "October 7"]),
    ],
)
def test_table_finds_every_wording_of_a_phrase(text: str, phrase: str, expected: list[str]) -> None:
    assert find(text, phrase) == expected


def test_table_yields_overlapping_matches() -> None:
    assert find("the hostage deal", "hostage deal", "deal", "hostage") == ["hostage", "hostage deal", "deal"]


def test_table_stays_inside_the_given_words() -> None:
    words = ["call", "for", "peace"]
    table = PhraseTable(NLP.make_doc, [("call for peace", 1), ("call", 2)])

    assert list(table.find(words, 0, 2)) == [Match(0, 1, 2)]


def test_keep_longest_drops_what_lies_inside_a_longer_match() -> None:
    kept = keep_longest([Match(0, 1, "a"), Match(0, 2, "b"), Match(1, 3, "c"), Match(4, 5, "d"), Match(4, 5, "e")])

    assert [match.key for match in kept] == ["b", "d", "e"]


def test_split_phrase_refuses_a_lone_brace() -> None:
    with pytest.raises(ValueError, match="brace"):
        split_phrase("call{s for")
