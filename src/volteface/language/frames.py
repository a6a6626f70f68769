"""Judge each reporting cue of a sentence: does it report here, who is its source, and on which side is what is said.

Rules over word lists. Where the grammar is not plain the cue is let go: a missed attribution costs less than a wrong
one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from volteface.config.cues import CueKind, CuePosition
from volteface.language.annotations import Interval
from volteface.language.cues import CueHit
from volteface.language.grammar import (
    find_phrase_left,
    find_phrase_right,
    is_possessive,
    skip_verb_group_left,
)
from volteface.language.layout import Layout
from volteface.language.lexicon import (
    DASHES,
    DETERMINERS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    words,
)
from volteface.language.nominals import find_nominal_parts, is_nominal_cue
from volteface.language.quotes import OPENING_MARKS, QUOTE_MARKS
from volteface.language.setting import skip_addressee, skip_setting
from volteface.language.sources import end_of_description, find_parsed_subject, find_source, holds_verb, is_nominal

_BE = words("is are was were be been being 's 're 'm am")
_CAME_OUT = words("published broadcast aired released posted carried recorded issued shown")
_MODALS = words("will would can could may might must shall should do does did")


class Side(StrEnum):
    """Where the content stands to the cue."""

    RIGHT = "right"
    LEFT = "left"
    AROUND = "around"  # according to X, and split quotations


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue that reports. ``source`` is None where it is inherited (``inherits``) or not given.

    ``start`` and ``end`` bound source, cue and what belongs to them; content begins beyond. ``content`` is given where a
    parse tells it.
    """

    hit: CueHit
    source: Interval | None
    side: Side
    start: int
    end: int
    inherits: bool = False
    content: Interval | None = None


def judge_cue(layout: Layout, hit: CueHit, sentence: Interval) -> Frame | None:
    """Return the frame of a cue in its sentence, or None where it does not report or its source is unclear."""
    if hit.cue.kind is CueKind.PREPOSITION:
        return _judge_preposition(layout, hit, sentence)
    if hit.cue.kind is CueKind.PASSIVE:
        return Frame(hit, None, Side.RIGHT, hit.start, hit.end)
    if is_nominal_cue(layout, hit):
        return _judge_noun(layout, hit)
    return _judge_verb(layout, hit, sentence)


def _judge_verb(layout: Layout, hit: CueHit, sentence: Interval) -> Frame | None:
    group = skip_verb_group_left(layout, hit.start, sentence[0])
    verbs = layout.lowers[group : hit.start]
    if "to" in verbs or _is_bound(layout, hit) or _is_passive(hit, layout, verbs):
        return None
    if hit.is_participle and not any(verb in _BE for verb in verbs):
        return _judge_participle(layout, hit, group, sentence)
    if hit.is_noun_form and not _is_surely_verb(layout, hit, group, verbs):
        return None
    return _judge_inverted(layout, hit, group, sentence) or _judge_finite(layout, hit, group, sentence)


def _judge_noun(layout: Layout, hit: CueHit) -> Frame | None:
    """As in "Ms Example's claim that ...": a noun with its owner and a clause or phrase that says what."""
    found = find_nominal_parts(layout, hit)
    if found is None:
        return None
    source, content = found
    return Frame(hit, source, Side.RIGHT, source[0], hit.end, content=content)


def _judge_preposition(layout: Layout, hit: CueHit, sentence: Interval) -> Frame | None:
    source = find_phrase_right(layout, hit.end, sentence[1])
    if source is None:
        return None
    return Frame(hit, source, Side.AROUND, hit.start, source[1])


def _is_bound(layout: Layout, hit: CueHit) -> bool:
    """Tell whether the word is part of another ("Iran-backed") or a participle with its agent ("backed by")."""
    around = (*layout.texts[max(0, hit.start - 1) : hit.start], *layout.texts[hit.end : hit.end + 1])
    is_agent = layout.lowers[hit.end : hit.end + 1] == ["by"] and layout.lowers[hit.start].endswith(("ed", "en"))
    return "-" in around or is_agent


def _is_passive(hit: CueHit, layout: Layout, verbs: list[str]) -> bool:
    """As in "was criticized": somebody else's word. "was told" and "has been saying" too, which have no source here."""
    form = layout.lowers[hit.start]
    is_past = form.endswith(("ed", "en", "wn")) or form in ("told", "said", "made", "found", "thought", "felt", "held")
    return is_past and any(verb in _BE for verb in verbs)


def _is_surely_verb(layout: Layout, hit: CueHit, group: int, verbs: list[str]) -> bool:
    """A form that is as often a noun counts after a pronoun, a modal or a name, or before "that" and a quotation.

    A tagger, where there is one, decides.
    """
    if layout.is_tagged:
        return bool(layout.doc[hit.start].pos_ == "VERB")
    if group == 0:
        return False
    before = layout.texts[group - 1]
    if hit.is_participle or layout.lowers[group - 1] in SUBJECT_PRONOUNS or any(verb in _MODALS for verb in verbs):
        return True
    if (
        group < hit.start
        or is_possessive(layout, group - 1)
        or layout.lowers[group - 1] in DETERMINERS
        or layout.lowers[group - 1] in PREPOSITIONS
    ):
        return False
    after = layout.texts[hit.end : hit.end + 1]
    opens_content = bool(after) and (
        after[0] in OPENING_MARKS
        or after[0].lower() in ("that", "to", "the", "a", "for", "it", "he", "she", "they", "his", "on")
    )
    is_singular_form = layout.lowers[hit.start].endswith("s") and not layout.lowers[hit.start].endswith("ss")
    is_name = before[:1].isupper() and group - 1 != layout.sentences[layout.sentence_of[group - 1]][0]
    return opens_content and (before[-1:].isalnum() if is_singular_form else before.endswith("s") and not is_name)


def _judge_participle(layout: Layout, hit: CueHit, group: int, sentence: Interval) -> Frame | None:
    """As in ", adding that ...": its source is that of the sentence."""
    if group <= sentence[0]:
        return None
    if layout.texts[group - 1] not in (",", *DASHES, *QUOTE_MARKS):
        return _judge_absolute(layout, hit, group, sentence)
    return Frame(hit, None, Side.RIGHT, group, hit.end, inherits=True)


def _judge_absolute(layout: Layout, hit: CueHit, group: int, sentence: Interval) -> Frame | None:
    """As in ", with Ms Example arguing that ...": the phrase after "with" is the source."""
    phrase = find_phrase_left(layout, group, sentence[0])
    if phrase is None or phrase[0] <= sentence[0] or not is_nominal(layout, phrase):
        return None
    at = phrase[0] - (layout.lowers[phrase[0]] != "with")
    if layout.lowers[at] != "with" or at + 1 >= group:
        return None
    source = (at + 1, group)
    return Frame(hit, source, Side.RIGHT, source[0], hit.end)


def _judge_inverted(layout: Layout, hit: CueHit, group: int, sentence: Interval) -> Frame | None:
    """As in "...," said Ms Example, a witness."""
    if hit.cue.position is CuePosition.PRE or group != hit.start or hit.start <= sentence[0]:
        return None
    if layout.texts[hit.start - 1] not in (",", *DASHES, *QUOTE_MARKS) or hit.end >= sentence[1]:
        return None
    if layout.lowers[hit.end] in DETERMINERS and layout.lowers[hit.end] in ("that", "this", "it"):
        return None
    source = find_phrase_right(layout, hit.end, sentence[1])
    if source is None or not is_nominal(layout, source):
        return None
    is_bare = layout.texts[hit.start - 1] not in QUOTE_MARKS and layout.quote_of[max(hit.start - 2, 0)] < 0
    if is_bare and (holds_verb(layout, source[1], sentence[1]) or find_source(layout, group, sentence)):
        return None
    source = (source[0], end_of_description(layout, source[1], sentence[1]))
    return Frame(hit, source, Side.LEFT, hit.start, source[1])


def _judge_finite(layout: Layout, hit: CueHit, group: int, sentence: Interval) -> Frame | None:
    if group <= sentence[0]:
        return None
    before = layout.lowers[group - 1]
    if before in ("and", "but", "or", "then"):
        return Frame(hit, None, Side.RIGHT, group, hit.end, inherits=True)
    source = find_source(layout, group, sentence) or find_parsed_subject(layout, hit)
    if source is None:
        is_list = layout.texts[group - 1] == ","
        return Frame(hit, None, Side.RIGHT, group, hit.end, inherits=True) if is_list else None
    side = _find_side(layout, hit, source, sentence)
    return Frame(hit, source, side, source[0], hit.end)


def _skip_publication(layout: Layout, start: int, ceiling: int) -> int:
    """Skip when and where the words came out, after a setting: "(told it in an interview) published late on Friday"."""
    if start >= ceiling or layout.lowers[start] not in _CAME_OUT:
        return start
    at = start
    while at < ceiling and layout.texts[at][:1].isalnum() and layout.lowers[at] != "that":
        at += 1
    return at


def _find_side(layout: Layout, hit: CueHit, source: Interval, sentence: Interval) -> Side:
    """A source after a closing quotation or a comma, with nothing said after the cue: the content is on the left."""
    if hit.cue.position is CuePosition.PRE or source[0] <= sentence[0]:
        return Side.RIGHT
    before = source[0] - 1
    after = skip_addressee(layout, hit.end, sentence[1]) if hit.cue.addressee else hit.end
    after = skip_setting(layout, after, sentence[1])
    after = _skip_publication(layout, after, sentence[1])
    ends = (
        after >= sentence[1] or layout.texts[after] in (".", "!", "?", ";", "—", ")") or layout.texts[after].isspace()
    )
    closes_quote = layout.quote_of[before] >= 0 and layout.texts[before] in QUOTE_MARKS
    if closes_quote or (
        (layout.texts[before] == "," or layout.texts[before] in DASHES) and layout.quote_of[before - 1] >= 0
    ):
        opens_quote = after < sentence[1] and layout.quote_of[after] >= 0
        resumes = after + 1 < sentence[1] and layout.texts[after] in (",", ":") and layout.quote_of[after + 1] >= 0
        return Side.AROUND if opens_quote or resumes else Side.LEFT
    if layout.texts[before] == "," or layout.texts[before] in DASHES:
        if ends:
            return Side.LEFT
        if layout.texts[after] == ",":
            return Side.AROUND
    return Side.RIGHT
