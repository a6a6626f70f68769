"""On what footing a position is known that the reader read: in whose words, said or done, how plainly.

The counterpart of ``holders`` for pairs: the rules know the word that takes the stance, the reader only the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from volteface.language.annotations import Attribution, Interval, Via
from volteface.language.kinship import Kinship, is_anonymous
from volteface.language.marks import Reading
from volteface.language.stance_model import StanceModel, list_words
from volteface.language.stance_pairs import Pair
from volteface.models import Basis, QuoteType

_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Footing:
    """Who is named where, on what basis, and how strongly (1 hedged or implied, 2 explicit)."""

    basis: Basis
    quote_type: QuoteType
    source: Interval | None
    speaker_text: str
    cue: Interval | None
    reporter: str | None
    is_private: bool
    via: Via | None
    strength: int


def find_footing(pair: Pair, reading: Reading, kinship: Kinship, model: StanceModel) -> Footing:
    """Return the footing of a pair's statement."""
    words = list_words(pair)
    strength = 2 if model.linear["strong"].score(words) >= _LIKELY else 1
    is_deed = model.linear["act"].score(words) >= _LIKELY
    said = pair.attribution
    if said is not None:
        is_private = said.is_private
        reporter = said.reporter
        source, speaker_text, via = said.source, said.speaker_text, said.via
        quote_type, cue = said.quote_type, said.cue
    else:
        framing = _find_framing(reading, pair)
        reporter = _find_reporter(framing, pair, kinship)
        is_private = framing is not None and framing.is_private
        mention = pair.mention
        source, speaker_text = ((mention.start, mention.end), "") if mention else (None, "")
        via, cue = mention.via if mention else None, None
        quote_type = framing.quote_type if framing else QuoteType.INDIRECT
    basis = _decide_basis(pair.actor_id, reporter, is_private=is_private, is_deed=is_deed and said is None)
    quoted = QuoteType.NONE if basis is Basis.ACT else quote_type
    return Footing(basis, quoted, source, speaker_text, cue, reporter, is_private, via, strength)


def _decide_basis(actor_id: str, reporter: str | None, *, is_private: bool, is_deed: bool) -> Basis:
    if is_anonymous(actor_id) or (reporter and is_anonymous(reporter)):
        return Basis.ANONYMOUS
    if reporter:
        return Basis.REPORTED_BY_OTHER
    if is_private:
        return Basis.ANONYMOUS
    return Basis.ACT if is_deed else Basis.ON_RECORD


def _find_reporter(framing: Attribution | None, pair: Pair, kinship: Kinship) -> str | None:
    """Return who tells what the actor holds; None where it is nobody, or a voice of its own side."""
    if framing is None or not framing.speakers:
        return None
    speaker = framing.speakers[0]
    return None if kinship.speaks_for(speaker, pair.actor_id) else speaker


def _find_framing(reading: Reading, pair: Pair) -> Attribution | None:
    """Return the narrowest attribution in whose content the actor is named."""
    if pair.mention is None:
        return None
    framing = [
        (end - start, number)
        for number, one in enumerate(reading.attributions)
        for start, end in one.contents
        if start <= pair.mention.start < end
    ]
    return reading.attributions[min(framing)[1]] if framing else None
