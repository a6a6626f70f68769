"""The subject that does not stand right before its verb: across "who", a comma, "and", "for", "to"."""

from __future__ import annotations

from volteface.language.annotations import ActorMention, Via
from volteface.language.clause import DETERMINERS, JOINERS, QUOTES, Clause
from volteface.language.documents import passes_document
from volteface.language.phrases import DASH
from volteface.language.rows import list_leftward, list_members

_BREAKS = frozenset(("because", "when", "where", "whose", "if", ";", ":", "said", "says"))
_DATELINE_ENDS = frozenset(("-", DASH, ":", "("))  # "Buenos Aires, Argentina - Protesters ..."
_PERSONAL = frozenset(("he", "she"))
_BODILY = frozenset(("it", "they"))
_RELATIVES = frozenset(("that", "which", "who"))
_GROUPS = frozenset(
    "countries nations states governments members leaders others many some several those capitals"  # noqa: SIM905 -- a list of words reads best as words
    " allies groups parties two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()
)
_WERE = frozenset(("were", "are", "was"))
_OPENERS = frozenset(("by", "while", "after", "before"))
_CONTROL = frozenset(
    "appeal appeals appealed urge urged urges urging ask asked asks asking call called calls calling press pressed pressing tell told tells"  # noqa: SIM905 -- a list of words reads best as words
    " want wants wanted push pushed pushing force forced forcing pressure pressured pressuring persuade persuaded"
    " convince convinced encourage encouraged demand demanded allow allowed likely expected unlikely invited refused"
    " failed decision reason due set need needs right reluctant if whether helped help plan plans going opposed".split()
)
_LONGEST_GROUP = 4  # "to several progressive senators"
_OUTWARD = frozenset(("to", "for", "by", "with", "from", "against", "at", "on"))
_APPOSITION_REACH = 18
_LEAD_REACH = 12
_LIST_REACH = 12  # "voted for the resolution on a truce, including"
_DESCRIPTION = 8  # ", a Labour deputy who backed"
_DESCRIBES = frozenset(("a", "an", "the", "one"))


def find_remote(clause: Clause, index: int) -> tuple[tuple[ActorMention, ...], float]:
    """Return the subjects of a verb that starts at ``index``, and how surely; nobody where the words are not clear."""
    word = clause.word(index - 1)
    if word == "," and (found := _find_across_apposition(clause, index - 1)):
        return found, 0.95
    if word == "for":  # "condemned Hamas for rejecting"
        blamed = clause.find_mention(index - 1)
        return (_with_fellow(clause, blamed), 0.85) if blamed else ((), 0.0)
    if members := _find_listed(clause, index):
        return members, 0.85
    for words, find, certainty in _WAYS:
        if word in words:
            return find(clause, index - 1), certainty
    return (), 0.0


def _find_listed(clause: Clause, index: int) -> tuple[ActorMention, ...]:
    """Return the members that the sentence names after a group's verb: "ten countries voted for it, including Chad"."""
    noun = index - 1 - (clause.word(index - 1) in _RELATIVES)
    if noun < clause.start or clause.word(noun) not in _GROUPS:
        return ()
    is_among = clause.word(clause.start) == "among"  # "Among those that voted against were ..."
    starts = range(clause.cue[1], min(clause.sentence.end, clause.cue[1] + _LIST_REACH))
    rows = (list_members(clause, at, at + 1, also=_WERE if is_among else frozenset()) for at in starts)
    return next((row for row in rows if row), ())


def find_meant(clause: Clause, pronoun: int, word: str | None = None) -> tuple[ActorMention, ...]:
    """Return whom "he" or "she" means where nobody has said yet: the one person named before it in the sentence, else
    the one who spoke in the sentence before. ``word`` is the subject's form of "his"; "its" is of the one body named.
    """
    kinship, word = clause.kinship, word or clause.word(pronoun)
    named = [one for one in clause.reading.mentions if clause.start <= one.start < pronoun]
    if word in _BODILY:
        named = named or _list_ahead(clause, pronoun)
        if word == "they" and (row := _find_row(clause, named)):
            return row
        bodies = [one for one in named if not kinship.is_person(one.actor_id) and not one.actor_id.startswith("other:")]
        return (bodies[0],) if len({one.actor_id for one in bodies}) == 1 else ()
    persons = [one for one in named if kinship.may_be(one.actor_id, word)]
    if not persons:
        persons = [one for one in _list_previous_speakers(clause) if kinship.may_be(one.actor_id, word)]
    return (persons[0],) if len({one.actor_id for one in persons}) == 1 else ()


def _find_row(clause: Clause, named: list[ActorMention]) -> tuple[ActorMention, ...]:
    """Return those whom "they" means: the last row of names before it that hangs on nothing."""
    rows = (list_leftward(clause, one) for one in reversed(named))
    return next((row for row in rows if len(row) > 1 and not clause.hangs_on_preposition(row[0])), ())


def _list_ahead(clause: Clause, pronoun: int) -> list[ActorMention]:
    """Return the one whom "its" at the head of a sentence points forward to: "By its refusal, Example has ..."."""
    ahead = [one for one in clause.reading.mentions if pronoun < one.start and one.end <= clause.sentence.end]
    return [one for one in ahead if clause.word(one.start - 1) == ","][:1]


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
    """Return whom "who" means: the mention right before it, over a comma, with those joined to it."""
    end = pronoun - 1 if clause.word(pronoun - 1) == "," else pronoun
    find = clause.find_named if clause.word(pronoun) == "who" else clause.find_mention  # "the view of X, who rejected"
    mention = find(end)
    if mention is not None:
        return list_leftward(clause, mention)
    comma = next(
        (at for at in range(pronoun - 1, max(clause.start, pronoun - _DESCRIPTION), -1) if clause.word(at) == ","), 0
    )
    described = clause.find_mention(comma) if comma and clause.word(comma + 1) in _DESCRIBES else None
    return (described,) if described else ()


def _find_across_apposition(clause: Clause, comma: int) -> tuple[ActorMention, ...]:
    """Return the mention before a parenthesis in commas: "Guterres, the UN's head, called for", or the members of a
    group that it names: "many of them, including Russia and Brazil, criticised".
    """
    commas = [at for at in range(comma - 1, max(clause.start, comma - _APPOSITION_REACH), -1) if clause.word(at) == ","]
    mention = clause.find_mention(commas[0]) if commas else None
    if mention is not None:
        return list_leftward(clause, mention)
    members = (list_members(clause, at + 1, at + 2) for at in commas if not _hangs(clause, at))
    return next((found for found in members if found), ())


def _hangs(clause: Clause, comma: int) -> bool:
    """Tell whether a group hangs on another word: "staff of the senators, including X, wrote"."""
    before = clause.reading.words[max(clause.start, comma - _LONGEST_GROUP) : comma]
    return not _OUTWARD.isdisjoint(before)


def _find_lead(clause: Clause, joiner: int) -> tuple[ActorMention, ...]:
    """Return the subject that the sentence leads with, for a second verb: "X condemned ... and called for ..."."""
    if passes_document(clause.reading.words, clause.start, joiner):
        return ()
    nearby = [one for one in clause.reading.mentions if clause.start <= one.start and one.end <= joiner]
    reach = clause.start + _LEAD_REACH
    lead = next((one for one in nearby if one.start < reach and _opens_clause(clause, one.start)), None)
    lead = next((one for one in nearby if lead and one.start == lead.end), lead)  # "the prime minister | Name's office"
    if (
        lead is None
        or clause.word(lead.end) in _DATELINE_ENDS
        or not _BREAKS.isdisjoint(clause.reading.words[lead.end : joiner])
    ):
        return _find_speaking_lead(clause, joiner) if lead is None else ()
    spoken_to = {
        one.cue[1] for one in clause.reading.attributions if one.cue and one.source and one.source[0] <= lead.start
    }
    others = (one for one in nearby if one.start > lead.end and one.start not in spoken_to)
    return () if any(_may_be_subject(clause, one) for one in others) else clause.list_group(lead)


def _find_speaking_lead(clause: Clause, joiner: int) -> tuple[ActorMention, ...]:
    """Return who was said to speak last before the second verb: "..., she said, before urging"."""
    said = [
        one
        for one in clause.reading.attributions
        if one.cue and one.source and clause.start <= one.source[0] < one.cue[0] < joiner and not one.is_nested
    ]
    last = said[-1] if said else None
    if last is None or last.source is None or last.cue is None or len(last.speakers) != 1:
        return ()
    between = (one for one in clause.reading.mentions if last.cue[1] < one.start and one.end <= joiner)
    if any(_may_be_subject(clause, one) for one in between):
        return ()
    return (
        ActorMention(start=last.source[0], end=last.source[1], actor_id=last.speakers[0], via=last.via or Via.PRONOUN),
    )


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
    (_PERSONAL, find_meant, 0.8),
    (frozenset(("who",)), _find_antecedent, 0.9),
    (frozenset(("that", "which")), _find_antecedent, 0.8),
    (JOINERS | _OPENERS, _find_lead, 0.8),
    (frozenset(("to",)), _find_purpose, 0.75),
)
"""Which word before the verb leads to which search, and how sure what it finds is."""
