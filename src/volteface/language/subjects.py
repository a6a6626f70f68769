"""Who a cue's subject is, without a parser: walk left from the cue over what may stand in between.

Nothing is guessed: a passive, a verb that may be an infinitive and a subject that nobody named give nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from volteface.language.annotations import ActorMention, Via
from volteface.language.clause import DETERMINERS, FIRST_PERSON, JOINERS, Clause
from volteface.language.leads import find_remote

Subjects = tuple[tuple[ActorMention, ...], float]
"""The mentions, and how surely they are the subject (0..1)."""

NOBODY: Subjects = ((), 0.0)
_BE = frozenset(("is", "was", "are", "were", "be", "been", "being", "'s"))
_ACTIVE_PARTICIPLES = frozenset(
    "opposed committed determined prepared outraged horrified appalled shocked alarmed dismayed expected scheduled"  # noqa: SIM905 -- a list of words reads best as words
    " planned".split()
)
_NOUNS = frozenset(("abstention", "rejection", "refusal", "opposition", "-"))
_OFFICES = frozenset(("office", "government", "administration", "cabinet", "spokesman", "spokesperson", "spokeswoman"))
_OWNERS = frozenset(("his", "her", "their", "its"))
_LONGEST_JOIN = 3  # ", and the"


def find_subject(clause: Clause) -> Subjects:
    """Return the mentions that are the cue's subject, and how surely."""
    index = clause.find_verb_start()
    if index <= clause.start or _is_passive(clause, index):
        return NOBODY
    owner = _find_owner(clause) if index == clause.cue[0] else None
    if owner is not None:
        return (owner,), 0.95
    mention = clause.find_mention(index) or find_office(clause, index)
    return find_remote(clause, index) if mention is None else _take_adjacent(clause, mention)


def find_agent(clause: Clause) -> tuple[ActorMention, ...]:
    """Return who stands after "by": "was condemned by Qatar"."""
    end = clause.cue[1]
    for mention in clause.reading.mentions:
        between = clause.reading.words[end : mention.start]
        if end <= mention.start < clause.sentence.end and set(between) <= DETERMINERS | {"by"}:
            return (mention,)
    return ()


def find_office(clause: Clause, index: int) -> ActorMention | None:
    """Return the body that "the prime minister's office" is, where the office itself was not recognised.

    ``index`` is where its words end.
    """
    if clause.word(index - 1) not in _OFFICES or clause.word(index - 2) != "'s":
        return None
    leader = clause.find_mention(index - 2)
    body = clause.kinship.find_body(leader.actor_id) if leader else None
    return ActorMention(start=leader.start, end=index, actor_id=body, via=Via.OFFICE) if leader and body else None


def _is_passive(clause: Clause, index: int) -> bool:
    """Tell whether the cue is said of its subject by others: "was asked", "has been rejected"."""
    word = clause.word(clause.cue[0])
    skipped = clause.reading.words[index : clause.cue[0]]
    return word.endswith("ed") and word not in _ACTIVE_PARTICIPLES and not _BE.isdisjoint(skipped)


def _find_owner(clause: Clause) -> ActorMention | None:
    """Return who owns a noun cue: "Qatar's (firm) rejection of", "his call for", "the American abstention"."""
    start = clause.cue[0]
    for index in range(start, max(clause.start, start - 3), -1):
        if clause.word(index - 1) == "'s":
            return clause.find_mention(index - 1) or clause.find_mention(index)
        if clause.word(index - 1) in _OWNERS:
            return clause.find_mention(index)
    return _find_compound(clause)


def _find_compound(clause: Clause) -> ActorMention | None:
    """Return whose a thing is by the word right before it: "a Russian-drafted text", "the U.S. abstention"."""
    start, end = clause.cue
    is_noun = clause.word(start) in _NOUNS
    if not is_noun and clause.word(end - 1) not in {"for", "of"}:
        return None
    government = clause.kinship.find_government(clause.word(start - 1))
    if government is None:
        return next((mention for mention in clause.reading.mentions if is_noun and mention.end == start), None)
    return ActorMention(start=start - 1, end=start, actor_id=government, via=Via.METONYM)


def _take_adjacent(clause: Clause, mention: ActorMention) -> Subjects:
    """Return the mention before the verb with those joined to it; nobody for one actor and a bare form ("let X go")."""
    subjects = _with_coordinates(clause, mention)
    if len(subjects) > 1 or clause.is_finite():
        return subjects, 1.0
    last = clause.word(mention.end - 1)
    may_be_bare = clause.word(clause.cue[0]).endswith("ing") or last.endswith("s") or last in FIRST_PERSON | {"they"}
    return (subjects, 0.7) if may_be_bare else NOBODY


def _with_coordinates(clause: Clause, last: ActorMention) -> tuple[ActorMention, ...]:
    """Return the mention with those joined to it: "France, Spain and Belgium voted"."""
    joined = list(clause.list_group(last))
    if len(joined) > 1:
        return tuple(joined)
    for mention in sorted(clause.reading.mentions, key=lambda one: -one.end):
        between = clause.reading.words[mention.end : joined[-1].start]
        if mention.start < clause.start or mention.end > joined[-1].start or not _is_join(between):
            continue
        if len(joined) == 1 and "and" not in between:  # "In Qatar, Egypt rejected": a list ends with "and"
            break
        joined.append(mention)
    return tuple(reversed(joined))


def _is_join(between: Sequence[str]) -> bool:
    return 0 < len(between) <= _LONGEST_JOIN and set(between) <= JOINERS | DETERMINERS and "but" not in between
