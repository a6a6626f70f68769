"""Joint statements: who speaks besides the end of the row that was taken for the source."""

import pytest

from volteface.language.annotations import ActorMention, Attribution, Via
from volteface.language.joint import widen_source
from volteface.models import QuoteType

NAMES = {"canada": "canada-government", "france": "france-government", "italy": "other:italy-government",
         "example": "other:ms-example"}  # fmt: skip


def widen(text: str, source: str) -> tuple[str, ...]:
    """Return the speakers of a text's source, widened; every name of ``NAMES`` is a mention."""
    words = text.lower().split()
    found = [(at, NAMES[word]) for at, word in enumerate(words) if word in NAMES]
    mentions = [ActorMention(start=at, end=at + 1, actor_id=actor, via=Via.ALIAS) for at, actor in found]
    own = source.lower().split()
    start = next(at for at in range(len(words)) if words[at : at + len(own)] == own)
    end = start + len(own)
    attribution = Attribution(
        source=(start, end), cue=(end, end + 1), contents=(), quote_type=QuoteType.INDIRECT, via=Via.ALIAS,
        speakers=tuple(one.actor_id for one in mentions if start <= one.start < end), speaker_text=source,
    )  # fmt: skip
    return widen_source(attribution, words, mentions).speakers


@pytest.mark.parametrize(
    ("text", "source", "speakers"),
    [
        ("Canada , France and Italy said", "France and Italy", ["canada", "france", "italy"]),
        (
            "Example and the foreign ministers of Canada , France and Italy said",
            "France and Italy",
            ["example", "canada", "france", "italy"],
        ),
        ("In Canada , France and Italy said", "France and Italy", ["france", "italy"]),
        ("Canada , France said", "France", ["france"]),
    ],
)
def test_a_row_is_widened_over_its_commas(text: str, source: str, speakers: list[str]) -> None:
    assert widen(text, source) == tuple(NAMES[name] for name in speakers)
