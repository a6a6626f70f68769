"""Say which actors the source of an attribution is: the head of the phrase, never a name that only stands in it.

"Critics of X", "X's lawyer" and "a friend of X" are not X. Unclear means nobody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from volteface.language.annotations import ActorMention, Interval, Via
from volteface.language.discourse import Discourse
from volteface.language.grammar import is_possessive
from volteface.language.introduced import find_described, find_introduced, find_link
from volteface.language.layout import Layout
from volteface.language.lexicon import (
    DASHES,
    DETERMINERS,
    LINKS,
    SPOKES_NOUNS,
    SUBJECT_PRONOUNS,
    TITLES,
    words,
)
from volteface.language.unlisted_bodies import find_unlisted_body

_NAMED = (Via.ALIAS, Via.CANDIDATE, Via.SPOKESPERSON, Via.SHORT_FORM)
_BESIDE = words("outside inside near around behind across beyond opposite")
_CLAUSE_OPENERS = words("though although while when as after before since if because despite")
_DESCRIBERS = TITLES | words("ceo executive co-founder")
_SHORTEST_DESCRIPTION = 2  # no bare noun
_TAILS = words("group movement")
_UNNAMED_NOUNS = words("official officials source sources diplomat diplomats aide")


@dataclass(frozen=True, slots=True)
class Speakers:
    """Whom a source is: actor ids (none where unresolved) and how they were found."""

    actor_ids: tuple[str, ...] = ()
    via: Via | None = None


UNRESOLVED = Speakers()


def resolve_source(
    layout: Layout, source: Interval, mentions: Sequence[ActorMention], discourse: Discourse
) -> Speakers:
    """Return the actors of a source. ``mentions`` in text order."""
    start, end = source
    if start and layout.lowers[start - 1] in _BESIDE:  # "protesters outside | the White House said"
        return UNRESOLVED
    if end - start == 1 or layout.lowers[start] in ("he", "she", "it", "they"):
        pronoun = _resolve_pronoun(layout, start, discourse)
        if pronoun is not None:
            return pronoun
    core_end = _find_core_end(layout, start, end)
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    last = bisect_left(mentions, end, key=lambda mention: mention.start)
    inside = [mention for mention in mentions[first:last] if mention.end <= end]
    head = _resolve_core(layout, (start, core_end), inside, discourse)
    if not head.actor_ids or head.via in (Via.ANONYMOUS, Via.ROLE, Via.DESCRIPTION):
        named = _find_apposed_name(layout, core_end, end, inside)
        if named:
            return Speakers((named.actor_id,), named.via)
    if not head.actor_ids and (body := find_unlisted_body(layout, (start, core_end))):
        return Speakers((body,), Via.CANDIDATE)
    return head


def _resolve_pronoun(layout: Layout, at: int, discourse: Discourse) -> Speakers | None:
    """Return the answer for a pronoun (possibly nobody), or None where the token is no pronoun."""
    lower = layout.lowers[at]
    if lower in ("he", "she"):
        meant = discourse.recall_salient(at)
        return Speakers((meant,), Via.PRONOUN) if meant else UNRESOLVED
    if lower in ("it", "they"):
        is_empty = _is_expletive(layout, at) or layout.lowers[max(0, at - 1)] == "what"  # "What they're saying:"
        bodies = () if is_empty else discourse.recall_bodies(lower, at)
        return Speakers(bodies, Via.PRONOUN) if bodies else UNRESOLVED
    return UNRESOLVED if lower in ("i", "we", "you", "who") else None


def _is_expletive(layout: Layout, at: int) -> bool:
    """As in "it is a difficult moment": nobody is meant, unless somebody is doing something ("it was considering")."""
    after = layout.lowers[at + 1 : at + 3]
    return layout.lowers[at] == "it" and after[:1] in (["'s"], ["is"], ["was"]) and not after[-1].endswith("ing")


def _find_core_end(layout: Layout, start: int, end: int) -> int:
    """Where the phrase proper ends: before its apposition or relative clause."""
    for index in range(start + 1, end):
        if (
            layout.texts[index] in (",", "(")
            or layout.texts[index] in DASHES
            or layout.lowers[index] in ("who", "which", "whose")
        ):
            return index
    return end


def _resolve_core(layout: Layout, core: Interval, mentions: Sequence[ActorMention], discourse: Discourse) -> Speakers:
    found = _find_bare_name(layout, core, mentions)
    for start, end, is_last in [] if found else _split_conjuncts(layout, core, mentions):
        heads = _find_heads(layout, start, end, mentions)
        found.extend(heads)
        if not heads and not is_last and find_link(layout, (start, end), _cover(mentions)) < end:
            break  # "critics of A and B": B hangs on the critics
    if not found and (named := find_introduced(layout, core, discourse)):
        return Speakers((named,), Via.CANDIDATE)
    if not found:
        return _resolve_description(layout, core, discourse)
    if len(found) == 1 and found[0].actor_id == "anonymous:unknown":
        return _resolve_unnamed(layout, core, discourse) or Speakers((found[0].actor_id,), Via.ANONYMOUS)
    return Speakers(tuple(dict.fromkeys(mention.actor_id for mention in found)), found[0].via)


def _find_bare_name(layout: Layout, core: Interval, mentions: Sequence[ActorMention]) -> list[ActorMention]:
    """As in "Though it raised hopes of peace Ms Example has vowed": no comma parts the clause from the name."""
    opener = layout.sentences[layout.sentence_of[core[0]]][0]
    last = mentions[-1] if mentions else None
    if layout.lowers[opener] not in _CLAUSE_OPENERS or last is None or last.end != core[1] or last.start <= core[0] + 1:
        return []
    before = layout.texts[last.start - 1]
    is_apart = before.islower() and before not in LINKS and before not in DETERMINERS and before not in ("and", "or")
    return [last] if last.via in (Via.ALIAS, Via.SHORT_FORM) and is_apart else []


def _split_conjuncts(layout: Layout, core: Interval, mentions: Sequence[ActorMention]) -> list[tuple[int, int, bool]]:
    """Split at "and" between phrases, not inside the name of one actor ("Ministry of A and B")."""
    covered = {index for mention in mentions for index in range(mention.start, mention.end)}
    joints = [i for i in range(*core) if layout.lowers[i] in ("and", "or", "&") and i not in covered]
    edges = [core[0], *(joint + 1 for joint in joints)]
    ends = [edge - 1 for edge in edges[1:]] + [core[1]]
    return [(start, end, end == core[1]) for start, end in zip(edges, ends, strict=True) if end > start]


def _cover(mentions: Sequence[ActorMention]) -> frozenset[int]:
    return frozenset(index for mention in mentions for index in range(mention.start, mention.end))


def _find_heads(layout: Layout, start: int, end: int, mentions: Sequence[ActorMention]) -> list[ActorMention]:
    """Return the mentions that end where the head of the phrase ends (several for officials of several bodies)."""
    head_end = find_link(layout, (start, end), _cover(mentions))
    ends = (head_end, head_end - 1) if layout.lowers[head_end - 1] in _TAILS else (head_end,)  # "the Example group"
    heads = [mention for mention in mentions if mention.end in ends and mention.start >= start]
    return [mention for mention in heads if _is_whole(layout, start, mention)]


def _is_whole(layout: Layout, start: int, mention: ActorMention) -> bool:
    """Before a person stands only what describes that person; before a body only an article or adjective."""
    before = range(start, mention.start)
    if any(layout.texts[index] in (",", ":") for index in before):
        return False
    if mention.via in _NAMED and mention.via is not Via.SPOKESPERSON:
        return True
    if mention.start > start and is_possessive(layout, mention.start - 1):
        return mention.via in (Via.ROLE, Via.DESCRIPTION)
    return all(layout.lowers[index] in DETERMINERS or layout.texts[index][:1].isalpha() for index in before)


def _find_apposed_name(layout: Layout, start: int, end: int, mentions: Sequence[ActorMention]) -> ActorMention | None:
    """As in "The official in charge, Brig Gen Example Name, said": the name after the comma."""
    at = start + 1
    while at < end and layout.lowers[at] in TITLES:
        at += 1
    for mention in mentions:
        if mention.start <= at <= mention.end and mention.start > start and mention.via in _NAMED:
            return mention
    return None


def find_name_before(layout: Layout, source: Interval, mentions: Sequence[ActorMention]) -> ActorMention | None:
    """As in "Example Name, executive director of the fund said": the name before a description that no comma closes."""
    start, end = source
    if start < 2 or layout.texts[start - 1] != "," or not layout.texts[start].islower():  # noqa: PLR2004 -- a name and its comma
        return None
    if (
        end - start < _SHORTEST_DESCRIPTION
        or layout.lowers[start] in SUBJECT_PRONOUNS
        or layout.lowers[start] in DETERMINERS - {"the", "a", "an"}
    ):
        return None
    if _DESCRIBERS.isdisjoint(layout.lowers[start : start + 4]):
        return None
    named = (one for one in mentions if one.end == start - 1 and one.end - one.start > 1)
    return next((one for one in named if one.via in (Via.ALIAS, Via.CANDIDATE, Via.SPOKESPERSON)), None)


def _resolve_description(layout: Layout, core: Interval, discourse: Discourse) -> Speakers:
    """As in "the group", "the ministry", "the spokesman": whoever of that sort spoke just before."""
    start, end = core
    if named := find_described(layout, core, discourse):
        return Speakers((named,), Via.DESCRIPTION)
    if layout.lowers[start] not in ("the", "its", "their") or end - start > 3:  # noqa: PLR2004 -- article, adjective, noun
        return UNRESOLVED
    noun = layout.lowers[end - 1]
    voice = discourse.recall_spokesperson(start) if noun in SPOKES_NOUNS else discourse.recall_body(noun, start)
    return Speakers((voice.actor_id,), Via.DESCRIPTION) if voice and voice.actor_id else UNRESOLVED


def _resolve_unnamed(layout: Layout, core: Interval, discourse: Discourse) -> Speakers | None:
    """As in "the official" after "an Israeli official": the same one."""
    is_known = layout.lowers[core[0]] == "the" and any(
        layout.lowers[index] in _UNNAMED_NOUNS for index in range(core[0] + 1, min(core[0] + 3, core[1]))
    )
    voice = discourse.recall_unnamed(core[0]) if is_known else None
    return Speakers((voice.actor_id,), Via.ANONYMOUS) if voice and voice.actor_id else None
