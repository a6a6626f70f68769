from volteface.language.wrapping import is_wrapped, unwrap_text

WRAPPED = """The two leaders spoke on the telephone this morning about the
situation and agreed that they would stay in close touch over the
days to come, as they have done since the beginning of the matter
and as both of their governments have repeatedly asked them to do.

They will speak again soon."""


def test_column_breaks_become_spaces_and_paragraphs_stay() -> None:
    unwrapped = unwrap_text(WRAPPED)

    assert len(unwrapped) == len(WRAPPED)
    assert "about the situation and" in unwrapped
    assert unwrapped.count("\n") == 2


def test_paragraphs_of_one_line_are_left_as_they_are() -> None:
    text = "\n".join(["A line of its own. " * 12] * 6)

    assert not is_wrapped(text)
    assert unwrap_text(text) == text


def test_short_lines_are_a_list_not_a_wrap() -> None:
    assert not is_wrapped("one\ntwo\nthree\nfour\nfive\nsix")
    assert not is_wrapped("")
