import pytest
from quality.markup import GoldArticle, GoldAttribution, GoldError, read_articles

HEAD = "## a-1 | The Ledger | 2024-03-25 | https://ledger.example/a\n# Talks are off\n\n"


def read_one(body: str) -> GoldArticle:
    (article,) = read_articles(HEAD + body)
    return article


def show(article: GoldArticle, attribution: GoldAttribution) -> tuple[list[str], ...]:
    """Return the words of source, cue and content."""
    parts = (attribution.source, attribution.cue, attribution.content)
    return tuple([article.text[start:end] for start, end in part] for part in parts)


def test_spans_are_of_the_text_without_marks():
    article = read_one('[S1 The minister] [Q1 said] [C1 "no"].\n@ 1=yoav-gallant\n')

    assert article.text == 'The minister said "no".'
    assert show(article, article.in_text[0]) == (["The minister"], ["said"], ['"no"'])
    assert article.in_text[0].speakers == {"yoav-gallant"}


def test_the_head_gives_outlet_day_address_and_title():
    article = read_one("Nothing was said.\n")

    assert (article.outlet, article.day.isoformat(), article.address) == (
        "The Ledger",
        "2024-03-25",
        "https://ledger.example/a",
    )
    assert article.title == "Talks are off"


def test_pieces_of_one_quotation_run_over_paragraphs():
    article = read_one('[C1 "One.]\n\n[C1 "Two,"] [S1 she] [Q1 said].\n@ 1=?\n')

    assert show(article, article.in_text[0]) == (["she"], ["said"], ['"One.', '"Two,"'])
    assert article.text == '"One.\n\n"Two," she said.'
    assert article.in_text[0].speakers == frozenset()


def test_marks_nest():
    article = read_one("[S1 A] [Q1 said] [C1 that [S2 B] [Q2 had said] [C2 so]].\n@ 1=a 2=b n2\n")

    outer, inner = article.in_text
    assert show(article, outer) == (["A"], ["said"], ["that B had said so"])
    assert show(article, inner) == (["B"], ["had said"], ["so"])
    assert (outer.is_nested, inner.is_nested) == (False, True)


def test_speakers_are_given_by_number_or_by_range():
    article = read_one("[Q1 a] [Q2 b] [Q3 c]\n@ 1-2=x,y 3=z\n")

    assert [sorted(each.speakers) for each in article.in_text] == [["x", "y"], ["x", "y"], ["z"]]


def test_title_and_text_are_labelled_apart():
    (article,) = read_articles(
        "## t | O | 2024-01-01\n# [S1 A] [Q1 says] [C1 no]\n@ 1=a\n\n[S2 B] [Q2 says] [C2 yes]\n@ 2=b\n"
    )

    assert [article.title[start:end] for start, end in article.in_title[0].source] == ["A"]
    assert [article.text[start:end] for start, end in article.in_text[0].source] == ["B"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("[S1 A said no.\n@ 1=a\n", "not closed"),
        ("A [sic] said no.\n", "no mark"),
        ("A] said no.\n", "no mark"),
        ("[S1 A] [Q1 said] [C1 no]\n", "without speakers"),
        ("A said no.\n@ 1=a\n", "without marks"),
        ("[Q1 said]\n@ 1=a 1=b\n", "twice"),
        ("[Q1 said]\n@ 1=a n2\n", "without speakers"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(body: str, message: str):
    with pytest.raises(GoldError, match=message):
        read_one(body)
