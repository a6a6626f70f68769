"""People who are not configured: a full name that speaks, with a title or a description beside it."""

from __future__ import annotations

from collections.abc import Iterator

from volteface.language.annotations import ActorMention, Interval, Via
from volteface.language.cues import CueTable
from volteface.language.grammar import is_adverb, is_auxiliary, is_verb_like, skip_date_left
from volteface.language.layout import Layout
from volteface.language.lexicon import TITLES, words
from volteface.language.people import PARTICLES, find_full_name
from volteface.language.roster import candidate_id

NO_PERSON = words(
    "ministry university street council party times post news agency organization organisation group institute center"
    " centre committee court department office force forces army union nations association foundation network television"
    " tv radio press watch fund bank company corporation inc church school college hospital city state states county"
    " house senate congress parliament war day act bill law agreement accord accords plan strip gaza bank hills heights"
    " airport port crossing camp river sea road international national federal movement front brigades brigade coalition"
    " alliance community programme program project initiative embassy board league club commission bureau authority"
    " republic kingdom east west north south middle prize award cup journal review guardian tribune observer defense"
    " defence health foreign security human rights amnesty new general minister affairs supreme high federation"
    " society campaign conference summit service services command district region province monday tuesday wednesday"
    " thursday friday saturday sunday january february march april june july august september october november december"
    " christmas easter ramadan jewish muslim christian arab islamic american"
)
_MAX_VERB_GROUP = 5
_MAX_TITLES = 12  # words of titles before one name
_DESCRIBERS = words(
    "a an the who whose director head professor chief founder president spokesman spokesperson spokeswoman"
)


def find_candidates(layout: Layout, known: frozenset[int], cues: CueTable) -> list[ActorMention]:
    """Return full names that nothing configured covers and that speak: before or after a cue, by title or description.

    ``known``: tokens of configured names.
    """
    found = []
    speaking = frozenset(_list_speaking(layout, cues))
    index, length = 0, len(layout.texts)
    while index < length:
        end = _run_end(layout, index)
        if end == index:
            index += 1
            continue
        name = find_full_name(layout, end, index)
        if name and name[1] == end and _is_person(layout, name, known) and _speaks(layout, name, cues, speaking):
            actor_id = candidate_id(layout.text(*name))
            found.append(ActorMention(start=name[0], end=name[1], actor_id=actor_id, via=Via.CANDIDATE))
        index = end
    return found


def _run_end(layout: Layout, start: int) -> int:
    """Return the end of the run of capitalised words (with hyphens and name particles between) that begins here."""
    end = start
    while end < len(layout.texts):
        text = layout.texts[end]
        is_capital = text[:1].isupper() and (text.isalpha() or "." in text or "'" in text)
        if not is_capital and not (end > start and _joins_names(layout, end)):
            break
        if text == "." and len(layout.texts[end - 1]) > 1:
            break
        end += 1
    return end


def _joins_names(layout: Layout, index: int) -> bool:
    """A hyphen, a full stop after an initial or a particle ("al", "bin"), with more of the name after it."""
    following = layout.texts[index + 1 : index + 2]
    is_joint = layout.texts[index] in ("-", ".") or layout.texts[index] in PARTICLES
    return is_joint and bool(following) and (following[0][:1].isupper() or following[0] in ("-", *PARTICLES))


def _is_person(layout: Layout, name: Interval, known: frozenset[int]) -> bool:
    words = range(*name)
    if any(index in known or layout.lowers[index] in NO_PERSON for index in words):
        return False
    return not any(len(layout.texts[i]) > 3 and layout.texts[i].isupper() for i in words)  # noqa: PLR2004 -- acronyms


def _list_speaking(layout: Layout, cues: CueTable) -> Iterator[str]:
    """Yield the names by whose last word somebody speaks anywhere in the text: "Example said", ", said Example"."""
    for index, text in enumerate(layout.texts):
        is_name = text[:1].isupper() and text[1:2].islower() and layout.lowers[index] not in NO_PERSON
        if is_name and (_is_cue_ahead(layout, index + 1, cues) or _is_said_before(layout, index, cues)):
            yield text


def _speaks(layout: Layout, name: Interval, cues: CueTable, speaking: frozenset[str]) -> bool:
    """A cue stands at the name, and a title or a description shows that it is somebody.

    ``speaking``: the surnames by which people speak in this text.
    """
    start, end = name
    before = layout.lowers[start - 1] if start else ""
    has_title = before in TITLES
    after = layout.lowers[end : end + 2]
    is_described = len(after) > 1 and after[0] in (",", "(") and (after[1] in _DESCRIBERS or after[1].isalpha())
    if _is_said_before(layout, start, cues) or layout.texts[end - 1] in speaking:
        return True
    return (
        _is_cue_ahead(layout, end, cues)
        or _is_apposed(layout, name, cues)
        or (has_title and is_described)
        or (is_described and _is_cue_beyond(layout, end, cues))
    )


def _is_apposed(layout: Layout, name: Interval, cues: CueTable) -> bool:
    """As in "the ambassador to Egypt, Ann Example, said": commas close the name in, and a cue follows."""
    start, end = name
    is_enclosed = start > 1 and layout.texts[start - 1] == "," and layout.texts[end : end + 1] == [","]
    return is_enclosed and _is_cue_ahead(layout, end + 1, cues)


def _is_said_before(layout: Layout, start: int, cues: CueTable) -> bool:
    at = start
    while at > 0 and start - at < _MAX_TITLES and layout.lowers[at - 1] in TITLES:
        at -= 1
    if layout.lowers[max(0, at - 2) : at] == ["according", "to"]:
        return True
    hit = cues.match(layout.lowers, at - 1) if at else None
    return bool(
        hit
        and hit.end == at
        and hit.cue.position != "pre"
        and layout.texts[at - 2 : at - 1] in ([","], ["”"], ['"'], ["’"])
    )


def _is_cue_ahead(layout: Layout, end: int, cues: CueTable) -> bool:
    at = end
    while (
        at < len(layout.texts)
        and at - end < _MAX_VERB_GROUP
        and (is_auxiliary(layout, at) or is_adverb(layout, at) or _is_date(layout, at))
    ):
        at += 1
    hit = cues.match(layout.lowers, at) if at < len(layout.texts) else None
    return hit is not None and not hit.is_participle


def _is_date(layout: Layout, at: int) -> bool:
    return skip_date_left(layout, at + 1, at) == at or layout.lowers[at] == "on"


def _is_cue_beyond(layout: Layout, end: int, cues: CueTable) -> bool:
    """The comma after the name closes again, and a cue follows: "Name, a political analyst, said"."""
    ceiling = min(layout.sentences[layout.sentence_of[end - 1]][1], end + 40)
    for at in range(end + 1, ceiling):
        if layout.texts[at] == "," and _is_cue_ahead(layout, at + 1, cues):
            return True
        if is_verb_like(layout, at) and layout.texts[at - 1] == ",":
            return False
    return False
