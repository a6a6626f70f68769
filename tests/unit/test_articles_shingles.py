"""What two texts are compared by: the reporter's own words, whatever their dress."""

from __future__ import annotations

import numpy as np
import pytest

from volteface.articles.shingles import Shingles, build_shingles

PLAIN = "The minister's office said on Monday that the talks had ended without any result for either side."


def share(one: Shingles, other: Shingles) -> int:
    return len(np.intersect1d(one.own, other.own))


@pytest.mark.parametrize(
    "dressed",
    [
        PLAIN.upper(),
        PLAIN.replace("'", "\u2019"),
        PLAIN.replace(" on Monday ", ", on Monday, "),
        "\n  ".join(PLAIN.split("that")).replace("said on Monday", "said on Monday that"),
        f"CAIRO, April 2 (Example News) \u2014 {PLAIN}",
        f"By A. Writer\n{PLAIN}",
        f"{PLAIN}\nWith inputs from agencies",
        f"{PLAIN}\nRead more at the Daily Example.",
        f"{PLAIN}\n\u00a9 2024 The Daily Example. All rights reserved.",
    ],
    ids=["case", "apostrophe", "commas", "lines", "dateline", "byline", "agencies", "read more", "copyright"],
)
def test_dress_does_not_count(dressed: str) -> None:
    assert build_shingles(dressed).own.tolist() == build_shingles(PLAIN).own.tolist()


def test_long_line_is_prose_even_where_it_names_agencies() -> None:
    line = "Aid agencies said that " + " ".join(f"word{number}" for number in range(30))

    assert build_shingles(line).word_count == 34


def test_numbers_count() -> None:
    assert (
        share(
            build_shingles("At least 12 people died in the fire"), build_shingles("At least 45 people died in the fire")
        )
        == 2
    )


@pytest.mark.parametrize(("opening", "closing"), [('"', '"'), ("\u201c", "\u201d"), ("''", "''"), ("\u00ab", "\u00bb")])
def test_words_in_quotation_marks_are_kept_apart(opening: str, closing: str) -> None:
    found = build_shingles(
        f"The president wrote: {opening}We will not leave before the work is done{closing} and left it there."
    )

    assert len(found.quoted) == 6  # nine words
    assert len(found.own) == 16 - 3 - 6


def test_quotation_over_two_paragraphs_and_one_that_never_closes() -> None:
    two = build_shingles(
        "\u201cWe have begun what we came to do.\n\u201cWe go on with it tomorrow and after.\u201d\nThen he left for home."
    )
    open_end = build_shingles('He said: "We have begun what we came to do.\nThen he left for home.')

    assert (len(two.own), len(two.quoted)) == (5, 13)  # of 21 words, 16 quoted
    assert (len(open_end.quoted), len(open_end.own)) == (5, 2 + 3 + 2)


def test_text_of_three_words_has_none() -> None:
    assert len(build_shingles("Talks have ended").all) == 0
    assert len(build_shingles("").all) == 0


def test_hashes_are_the_same_in_every_process() -> None:
    assert build_shingles("one two three four").own.tolist() == [PINNED]


PINNED = 10004851745440000836
