"""The subject that does not stand right before its verb: across "who", a comma, "and", "for", "to"."""

from __future__ import annotations

from volteface.language.annotations import ActorMention, Via
from volteface.language.clause import DETERMINERS, JOINERS, QUOTES, Clause
from volteface.language.phrases import DASH

_BREAKS = frozenset(("because", "when", "where", "whose", "if", ";", ":", "said", "says"))
_DATELINE_ENDS = frozenset(("-", DASH, ":", "("))  # "Buenos Aires, Argentina - Protesters ..."
_PERSONAL = frozenset(("he", "she"))
_OPENERS = frozenset(("by", "while", "after", "before"))
_CONTROL = frozenset(
    "appeal appeals appealed urge urged urges urging ask asked asks asking call called calls calling press pressed pressing tell told tells"  # noqa: SIM905 -- a list of words reads best as words
    " want wants wanted push pushed pushing force forced forcing pressure pressured pressuring persuade persuaded"
    " convince convinced encourage encouraged demand demanded allow allowed likely expected unlikely invited refused"
    " failed decision reason due set need needs right reluctant if whether helped help plan plans going opposed".split()
)
_APPOSITION_REACH = 18
_LEAD_REACH = 12


def find_remote(clause: Clause, index: int) -> tuple[tuple[ActorMention, ...], float]:
    """Return the subjects of a verb that starts at ``index``, and how surely; nobody where the words are not clear."""
    word = clause.word(index - 1)
    if word == "," and (mention := _find_across_apposition(clause, index - 1)):
        return (mention,), 0.95
    if word == "for":  # "condemned Hamas for rejecting"
        blamed = clause.find_mention(index - 1)
        return (_with_fellow(clause, blamed), 0.85) if blamed else ((), 0.0)
    for words, find, certainty in _WAYS:
        if word in words:
            return find(clause, index - 1), certainty
    return (), 0.0


def _find_meant(clause: Clause, pronoun: int) -> tuple[ActorMention, ...]:
    """Return whom "he" or "she" means where nobody has said yet: the one person named before it in the sentence, else
    the one who spoke in the sentence before.
    """
    kinship, word = clause.kinship, clause.word(pronoun)
    named = [one for one in clause.reading.mentions if clause.start <= one.start < pronoun]
    persons = [one for one in named if kinship.may_be(one.actor_id, word)]
    if not persons:
        persons = [one for one in _list_previous_speakers(clause) if kinship.may_be(one.actor_id, word)]
    return (persons[0],) if len({one.actor_id for one in persons}) == 1 else ()


def _list_previous_speakers(clause: Clause) -> list[ActorMention]:
    """Return the speakers of the attributions in the sentence before, as mentions of their sources."""
    starts = [sentence.start for sentence in clause.reading.sentences if sentence.end == clause.start]
    return [
        ActorMention(start=one.source[0], end=one.source[1], actor_id=speaker, via=Via.PRONOUN)
        for one in clause.reading.attributions
        if one.cue and one.source and starts and starts[0] <= one.cue[0] < clause.start
        for speaker in one.speakers
    ]


def _with_fellow(clause: Clause, last: ActorMention) -> tuple[ActorMention, ...]:
    """Return the mention, with the one joined to it by "and"."""
    if clause.word(last.start - 1) == "and" and (fellow := clause.find_mention(last.start - 1)):
        return (fellow, last)
    return (last,)


def _find_antecedent(clause: Clause, pronoun: int) -> tuple[ActorMention, ...]:
    """Return whom "who" means: the mention right before it, over a comma."""
    mention = clause.find_mention(pronoun - 1 if clause.word(pronoun - 1) == "," else pronoun)
    return (mention,) if mention else ()


def _find_across_apposition(clause: Clause, comma: int) -> ActorMention | None:
    """Return the mention before a parenthesis in commas: "Guterres, the UN's head, called for"."""
    for index in range(comma - 1, max(clause.start, comma - _APPOSITION_REACH), -1):
        if clause.word(index) == ",":
            return clause.find_mention(index)
    return None


def _find_lead(clause: Clause, joiner: int) -> tuple[ActorMention, ...]:
    """Return the subject that the sentence leads with, for a second verb: "X condemned ... and called for ..."."""
    nearby = [one for one in clause.reading.mentions if clause.start <= one.start and one.end <= joiner]
    reach = clause.start + _LEAD_REACH
    lead = next((one for one in nearby if one.start < reach and _opens_clause(clause, one.start)), None)
    if (
        lead is None
        or clause.word(lead.end) in _DATELINE_ENDS
        or not _BREAKS.isdisjoint(clause.reading.words[lead.end : joiner])
    ):
        return ()
    others = (one for one in nearby if one.start > lead.end)
    return () if any(_may_be_subject(clause, one) for one in others) else clause.list_group(lead)


def _may_be_subject(clause: Clause, mention: ActorMention) -> bool:
    """Tell whether a verb may belong to the mention: no preposition before it, no "'s" and no comma after it."""
    return clause.word(mention.end) not in {"'s", ","} and not clause.hangs_on_preposition(mention)


def _opens_clause(clause: Clause, start: int) -> bool:
    """Tell whether nothing but a lead-in that ends with a comma stands before the mention in its sentence."""
    while start > clause.start and clause.word(start - 1) in DETERMINERS | QUOTES:
        start -= 1
    return start == clause.start or clause.word(start - 1) == ","


def _find_purpose(clause: Clause, infinitive: int) -> tuple[ActorMention, ...]:
    """Return who does something "to call for" it; nobody where another was asked to, or where it is yet to come."""
    lead = _find_lead(clause, infinitive)
    between = clause.reading.words[lead[0].end : infinitive] if lead else ()
    return lead if _CONTROL.isdisjoint(between) else ()


_WAYS = (
    (_PERSONAL, _find_meant, 0.8),
    (frozenset(("who",)), _find_antecedent, 0.9),
    (JOINERS | _OPENERS, _find_lead, 0.8),
    (frozenset(("to",)), _find_purpose, 0.75),
)
"""Which word before the verb leads to which search, and how sure what it finds is."""
