"""Whose a document's words are: who signed, tabled or backed "a resolution calling for" something.

Nothing is guessed: a document that nobody is said to stand by, and one that somebody did not sign, give nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from volteface.language.annotations import ActorMention, Via
from volteface.language.clause import Clause
from volteface.language.polarity import is_denied

DOCUMENTS = frozenset(
    "resolution resolutions motion letter letters statement statements petition bill amendment declaration communique draft text measure"  # noqa: SIM905 -- a list of words reads best as words
    " appeal communiqué proposal plan initiative".split()
)
_RELATIVES = frozenset(("that", "which"))
_STANDS_BY = frozenset(
    "signed sign signing issued issue adopted adopt passed supported support supports backed back backs endorsed introduced"  # noqa: SIM905 -- as above
    " introduce tabled proposed submitted drafted sponsored co-sponsored cosponsored approved released published wrote sent"
    " circulated floated moved presented joined penned wrote".split()
)
_AUTHORED = frozenset(
    ("drafted", "tabled", "proposed", "sponsored", "submitted", "presented", "signed", "backed", "issued")
)
_ADOPTED = frozenset(("adopted", "adopts", "passed", "passes", "approved", "approves"))
ASSEMBLIES = frozenset(("council", "assembly", "unga", "unsc"))
_REACH = 7  # "supported a motion tabled by the first minister calling for": tokens from the noun back to the verb
_BREAKS = frozenset((",", ";", ":", "not", "against", "and", "but"))


def find_signers(
    clause: Clause, index: int, find_subject: Callable[[Clause], tuple[tuple[ActorMention, ...], float]]
) -> tuple[tuple[ActorMention, ...], float]:
    """Return who stands by the document that the cue belongs to, and how surely.

    ``index`` is where the cue starts with its auxiliaries. ``find_subject`` gives the subject of the verb that has the
    document as its object.
    """
    noun = _find_noun(clause, index)
    if noun is None:
        return (), 0.0
    drafter = _find_drafter(clause, noun)
    if drafter is not None:
        return (drafter,), 0.85
    maker = _find_maker(clause, noun)
    if maker is not None:
        return (maker,), 0.75
    return _find_backers(clause, noun, find_subject)


def passes_document(words: Sequence[str], start: int, end: int) -> bool:
    """Tell whether a second verb may be a text's: "refused to back a motion that praised one and condemned the other"."""
    return any(words[at] in DOCUMENTS and words[at + 1] in _RELATIVES for at in range(start, end - 1))


def hangs_on_document(clause: Clause, index: int) -> bool:
    """Tell whether a participle right after a document's own words is that document's: "a resolution last week calling
    for". ``index`` is where the cue starts.
    """
    if not clause.word(index).endswith("ing"):
        return False
    for at in range(index - 1, max(clause.start, index - _REACH), -1):
        if clause.word(at) in DOCUMENTS:
            return True
        if clause.word(at) in _BREAKS:
            return False
    return False


def _find_backers(
    clause: Clause, noun: int, find_subject: Callable[[Clause], tuple[tuple[ActorMention, ...], float]]
) -> tuple[tuple[ActorMention, ...], float]:
    """Return who signs or backs the document, by the verb before it. Who backs a tracked resolution backs that: its
    every word is only the assembly's that adopts it.
    """
    is_tracked = any(hit.start <= noun < hit.end for hit in clause.reading.issue_hits)
    for verb in range(noun - 1, max(clause.start, noun - _REACH), -1):
        if clause.word(verb) in _BREAKS:
            break
        if clause.word(verb) not in _STANDS_BY:
            continue
        if is_denied(clause.reading, clause.sentence, verb):
            break
        subjects, certainty = find_subject(replace(clause, cue=(verb, verb + 1)))
        words = clause.reading.words
        backers = tuple(one for one in subjects if not is_tracked or words[one.end - 1] in ASSEMBLIES)
        return backers, certainty * 0.85
    return (), 0.0


def _find_noun(clause: Clause, index: int) -> int | None:
    """Return where the document's noun stands right before the cue: "a resolution (that) called for"."""
    at = index - 1
    if at > clause.start and clause.word(at) in _RELATIVES:
        at -= 1
    return at if at > clause.start and clause.word(at) in DOCUMENTS else None


def _find_maker(clause: Clause, noun: int) -> ActorMention | None:
    """Return the assembly whose resolution it is, where the text says that it was adopted: "The resolution calls for"."""
    words = clause.reading.words
    opens = noun - 1 == clause.start and words[noun - 1] == "the"
    if not opens or words[noun] != "resolution" or _ADOPTED.isdisjoint(words):
        return None
    before = (one for one in reversed(clause.reading.mentions) if one.end <= noun)
    return next((one for one in before if words[one.end - 1] in ASSEMBLIES), None)


def _find_drafter(clause: Clause, noun: int) -> ActorMention | None:
    """Return whose the document is by the words before it: "a Russian-drafted resolution"."""
    for at in range(noun - 1, max(clause.start + 1, noun - _REACH), -1):
        if clause.word(at) in _AUTHORED and clause.word(at - 1) == "-":
            government = clause.kinship.find_government(clause.word(at - 2))
            return ActorMention(start=at - 2, end=at, actor_id=government, via=Via.METONYM) if government else None
    return None
