"""In whose words a cue stands: the attribution that frames it, with its speakers."""

from __future__ import annotations

from dataclasses import replace

from volteface.config.rules import Holder
from volteface.language.annotations import ActorMention, Attribution, Interval, Via
from volteface.language.clause import DETERMINERS, THIRD_PERSON, Clause
from volteface.language.documents import DOCUMENTS, hangs_on_document, passes_document
from volteface.language.marks import Reading
from volteface.language.subjects import find_office
from volteface.models import Stance

_OWNERS = frozenset(("his", "her"))
_EXCLUDING = frozenset(("except", "besides", "unlike"))
_ALONG = frozenset(("i", "we", "you"))


def find_frame(clause: Clause) -> Attribution | None:
    """Return the innermost attribution whose content holds the cue; its speakers are empty where nobody is named."""
    framed = [
        (end - start, _is_pronoun(clause.reading, attribution), attribution)
        for attribution in clause.reading.attributions
        for start, end in attribution.contents
        if start <= clause.cue[0] < end and not _is_about_issue(clause.reading, attribution)
    ]
    told = [one for one in framed if not _is_spoken_along(clause.reading, one[2])]  # "we know that", in X's own words
    innermost = min(told or framed, key=lambda one: one[:2])[2] if framed else None
    return _name_office(clause, innermost) if innermost and not innermost.speakers else innermost


def find_cue_attribution(clause: Clause) -> Attribution | None:
    """Return the attribution whose own cue is the clause's, with its source before it: "called for" is both."""
    start, end = clause.cue
    for attribution in clause.reading.attributions:
        cue = attribution.cue
        if cue and cue[0] < end and start < cue[1] and attribution.speakers and attribution.source:
            is_before = attribution.source[1] <= start
            is_text_s = _is_no_person(clause.reading, attribution.source) or (
                is_before
                and (
                    passes_document(clause.reading.words, attribution.source[1], start)
                    or hangs_on_document(clause, start)
                )
            )
            return attribution if is_before and not is_text_s else None
    return None


def is_stance_verb(clause: Clause, frame: Attribution) -> bool:
    """Tell whether the frame's verb takes a stance itself ("demanded"), so that not all after it is a report."""
    return bool(_list_stances(clause, frame))


def favours(clause: Clause, frame: Attribution) -> bool:
    """Tell whether the stance that the frame's verb takes is always support ("affirmed its commitment to")."""
    return set(_list_stances(clause, frame)) == {Stance.SUPPORT}


def _list_stances(clause: Clause, frame: Attribution) -> list[Stance | None]:
    """Return the stances that the frame's own verb takes, by the rules whose cues it is."""
    if frame.cue is None:
        return []
    start, end = frame.cue
    own = (one.key for one in clause.sentence.cues if one.start < end and start < one.end)
    return [rule.stance for rule in own if rule.holder is Holder.SUBJECT]


def _is_no_person(reading: Reading, source: Interval) -> bool:
    """Tell whether a text speaks, not whose it is ("a UN resolution calling for"), or all but one ("all except X")."""
    return not (DOCUMENTS | _EXCLUDING).isdisjoint(reading.words[slice(*source)])


def _is_spoken_along(reading: Reading, attribution: Attribution) -> bool:
    """Tell whether "I", "we" or "you" stand for whoever speaks around them: "as you know", "I think that"."""
    source = attribution.source
    return source is not None and not attribution.speakers and reading.words[source[0]] in _ALONG


def _is_pronoun(reading: Reading, attribution: Attribution) -> bool:
    """Tell whether the source is a mere pronoun: of two sources of the same words the named one counts."""
    source = attribution.source
    return source is not None and source[1] - source[0] == 1 and reading.words[source[0]] in THIRD_PERSON


def _is_about_issue(reading: Reading, attribution: Attribution) -> bool:
    """Tell whether the source is the matter itself, not a speaker: "the delegation promised to Washington"."""
    source = attribution.source
    return source is not None and any(hit.start < source[1] and source[0] < hit.end for hit in reading.issue_hits)


def _name_office(clause: Clause, attribution: Attribution) -> Attribution:
    """Return the attribution with "the prime minister's office" as its speaker, where nobody else was found."""
    if attribution.source is None:
        return attribution
    office = find_office(clause, attribution.source[1]) or _recall_office(clause.reading, attribution.source)
    if office is None:
        return attribution
    if clause.word(attribution.source[0]) in _OWNERS:  # "X had condemned it; his government later sought": it speaks
        return replace(attribution, speakers=(office.actor_id,), via=office.via, reporter=None, is_nested=False)
    return replace(attribution, speakers=(office.actor_id,), via=office.via)


def _recall_office(reading: Reading, source: Interval) -> ActorMention | None:
    """Return the office named in full before: "the foreign ministry" after "the Qatari foreign ministry"."""
    words = [word for word in reading.words[slice(*source)] if word not in DETERMINERS]
    earlier = [mention for mention in reading.mentions if mention.via is Via.OFFICE and mention.end <= source[0]]
    fitting = [one for one in earlier if list(reading.words[one.start : one.end])[-len(words) :] == words]
    is_clear = len(words) > 1 and len({mention.actor_id for mention in fitting}) == 1
    return fitting[-1] if is_clear else None
