"""Who a cue's subject is, without a parser: walk left from the cue over what may stand in between.

Nothing is guessed: a passive, a verb that may be an infinitive and a subject that nobody named give nobody.
"""

from __future__ import annotations

from volteface.language.annotations import ActorMention, Via
from volteface.language.clause import DETERMINERS, FIRST_PERSON, Clause
from volteface.language.documents import find_signers, hangs_on_document
from volteface.language.leads import find_meant, find_remote
from volteface.language.parses import find_subjects
from volteface.language.rows import list_leftward, list_members, list_rightward

Subjects = tuple[tuple[ActorMention, ...], float]
"""The mentions, and how surely they are the subject (0..1)."""

NOBODY: Subjects = ((), 0.0)
_PARSED = 0.8
_LONGEST_FELLOW = 4  # "and intelligence services"
_BE = frozenset(("is", "was", "are", "were", "be", "been", "being", "'s"))
_ACTIVE_PARTICIPLES = frozenset(
    "opposed committed determined prepared outraged horrified appalled shocked alarmed dismayed expected scheduled"  # noqa: SIM905 -- a list of words reads best as words
    " planned".split()
)
_NOUNS = frozenset(("abstention", "rejection", "refusal", "opposition", "-"))
_OFFICES = frozenset(("office", "government", "administration", "cabinet", "spokesman", "spokesperson", "spokeswoman"))
_COLON = frozenset((":", "("))
_RELATIVES = frozenset(("who", "that", "which"))
_POSSESSIVES = frozenset(("'s", "'"))
_DECISIONS = frozenset(("decision", "move", "plan", "plans", "pledge", "vow", "intention", "promise", "desire"))
_OWNERS = {"his": "he", "her": "she", "their": "they", "its": "it"}


def find_subject(clause: Clause) -> Subjects:
    """Return the mentions that are the cue's subject, and how surely."""
    # as in "Voted against: Austria, Hungary and ...", "abstentions (Austria and ...)"
    if clause.word(clause.cue[1] - 1) in _COLON:
        return list_members(clause, clause.cue[1] - 1, clause.cue[1], also=_COLON), 0.9
    index = clause.find_verb_start()
    if index <= clause.start or _is_passive(clause, index):
        return NOBODY
    is_owned = index == clause.cue[0] or clause.word(clause.cue[0] - 1) in _POSSESSIVES  # "'s" may be read as "is"
    owners = _find_owners(clause) if is_owned else _find_deciders(clause, index)
    if owners:
        return owners, 0.95
    is_relative = clause.word(index) == "who"  # "the view of X, who rejected": X is the subject after "of" too
    end = index - (clause.word(index - 1) == ",")
    mention = clause.find_named(end) if is_relative else clause.find_mention(index)
    mention = mention or find_office(clause, index) or _find_head_of_row(clause, index)
    if mention is not None:
        return _take_adjacent(clause, mention)
    found = find_remote(clause, index)
    found = found if found[0] else find_signers(clause, index, find_subject)
    return found if found[0] else (_find_parsed(clause), _PARSED)


def _find_parsed(clause: Clause) -> tuple[ActorMention, ...]:
    """Return the mentions that a parser, where there is one, gives the cue's verb for its subjects."""
    parse = clause.reading.parse
    is_text_s = hangs_on_document(clause, clause.cue[0])
    subjects = find_subjects(parse, clause.cue) if parse and not is_text_s else ()
    inside = [one for one in clause.reading.mentions if clause.start <= one.start and one.end <= clause.sentence.end]
    return tuple(
        mention
        for tokens in subjects
        for mention in inside
        if not tokens.isdisjoint(range(mention.start, mention.end))
        and mention.end <= clause.cue[0]
        and not clause.hangs_on_preposition(mention)
    )


def find_agent(clause: Clause) -> tuple[ActorMention, ...]:
    """Return who stands after "by": "was condemned by Qatar and Egypt", "backed by many, including France"."""
    end = clause.cue[1]
    for mention in clause.reading.mentions:
        between = clause.reading.words[end : mention.start]
        if end <= mention.start < clause.sentence.end and set(between) <= DETERMINERS | {"by"}:
            return list_rightward(clause, mention)
    return list_members(clause, end, clause.sentence.end)


def find_office(clause: Clause, index: int) -> ActorMention | None:
    """Return the body that "the prime minister's office" is, where the office itself was not recognised.

    ``index`` is where its words end.
    """
    if clause.word(index - 1) not in _OFFICES or clause.word(index - 2) not in {"'s", *_OWNERS}:
        return None
    owner = _OWNERS.get(clause.word(index - 2))
    leader = next(iter(find_meant(clause, index - 2, owner)), None) if owner else clause.find_mention(index - 2)
    body = clause.kinship.find_body(leader.actor_id) if leader else None
    return ActorMention(start=leader.start, end=index, actor_id=body, via=Via.OFFICE) if leader and body else None


def _is_passive(clause: Clause, index: int) -> bool:
    """Tell whether the cue is said of its subject by others: "was asked", "has been rejected"; not "were among those
    that rejected".
    """
    word = clause.word(clause.cue[0])
    relatives = [at for at in range(index, clause.cue[0]) if clause.word(at) in _RELATIVES]
    skipped = clause.reading.words[relatives[-1] if relatives else index : clause.cue[0]]
    return word.endswith("ed") and word not in _ACTIVE_PARTICIPLES and not _BE.isdisjoint(skipped)


def _find_head_of_row(clause: Clause, index: int) -> ActorMention | None:
    """Return who opens the sentence, joined to somebody that nobody configured: "The army and aid groups called"."""
    for at in range(index - 1, max(clause.start, index - _LONGEST_FELLOW) - 1, -1):
        if clause.word(at) == "and":
            first = clause.find_mention(at)
            opening = (
                first.start - 1 if first and clause.word(first.start - 1) in DETERMINERS else first and first.start
            )
            return first if opening == clause.start else None
        if not clause.word(at).isalpha() or clause.find_named(at + 1):
            return None
    return None


def _find_deciders(clause: Clause, index: int) -> tuple[ActorMention, ...]:
    """Return whose decision or plan it is to do so: "Israel's decision to cut off", "its plan to supply"."""
    before = clause.word(index - 1)
    if clause.word(index) not in _DECISIONS:
        return ()
    if before in _OWNERS:
        return find_meant(clause, index - 1, _OWNERS[before])
    return _only(clause.find_named(index - 1 if before in _POSSESSIVES else index))


def _only(mention: ActorMention | None) -> tuple[ActorMention, ...]:
    return (mention,) if mention else ()


def _find_owners(clause: Clause) -> tuple[ActorMention, ...]:
    """Return who owns a noun cue: "Qatar's (firm) rejection of", "his call for", "the American abstention"."""
    start = clause.cue[0]
    for index in range(start, max(clause.start, start - 3), -1):
        if clause.word(index - 1) in _POSSESSIVES:
            return _only(clause.find_named(index - 1) or clause.find_named(index))
        if clause.word(index - 1) in _OWNERS:
            return find_meant(clause, index - 1, _OWNERS[clause.word(index - 1)])
    return _only(_find_compound(clause))


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
    subjects = list_leftward(clause, mention)
    if len(subjects) > 1 or clause.is_finite():
        return subjects, 1.0
    last = clause.word(mention.end - 1)
    may_be_bare = clause.word(clause.cue[0]).endswith("ing") or last.endswith("s") or last in FIRST_PERSON | {"they"}
    return (subjects, 0.7) if may_be_bare else NOBODY
