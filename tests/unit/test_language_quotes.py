import pytest
import spacy

from volteface.language.layout import lay_out
from volteface.language.sentences import split_sentences

NLP = spacy.blank("en")


def quote(text: str) -> list[str]:
    layout = lay_out(split_sentences(NLP(text)))
    return [layout.text(each.start, each.end) for each in layout.quotations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “Yes.” She did not.", ["“Yes.”"]),
        ('"No," he said, "never."', ['"No,"', '"never."']),
        ("''No,'' he said.", ["''No,''"]),
        ("She called it ‘a red line’ for Israel’s allies.", ["‘a red line’"]),
        ("A 'red line' that the allies' envoys drew.", ["'red line'"]),
        ("Israel's allies' envoys don't agree.", []),
        ("“An ‘inner’ one.”", ["“An ‘inner’ one.”"]),
    ],
)
def test_marks_make_quotations_and_apostrophes_do_not(text: str, expected: list[str]) -> None:
    assert quote(text) == expected


def test_a_quotation_that_the_next_paragraph_opens_again_goes_on() -> None:
    layout = lay_out(split_sentences(NLP("“First part.\n\n“Second part,” she said.")))

    assert [each.continues for each in layout.quotations] == [True, False]


def test_a_mark_that_is_never_closed_costs_one_sentence() -> None:
    assert quote("“It begins here. It goes on.\n\nAnother paragraph. And more.") == ["“It begins here."]


def test_a_quotation_does_not_go_on_into_the_words_of_the_next_speaker() -> None:
    lost = lay_out(split_sentences(NLP("Ms Example said: “Not now.\n\n“Never,” said Mr Other.")))
    whole = lay_out(split_sentences(NLP("Ms Example said: “Not now.\n\n“Never.”")))

    assert [each.continues for each in lost.quotations] == [False, False]
    assert [each.continues for each in whole.quotations] == [True, False]
