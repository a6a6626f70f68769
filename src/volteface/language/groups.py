"""Whom "the leaders" and "the two sides" mean: those who spoke or met with one another just before.

Readouts of calls are written like this from end to end. Only a pair that a sentence joins by "spoke with", "met with"
and the like is remembered, and only for the sentences after it; nothing is guessed where no pair was named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from volteface.language.annotations import ActorMention, Interval, Via
from volteface.language.phrases import Match, PhraseTable, Tokenize

_MEETING = (
    "{spoke,speak,speaks,convened a call,hosted a call,joined a call,held a joint call,held a secure video call,talked,met,meets,meet,conferred,spoken,held a call,had a call,held talks,held a meeting} {,today ,"
    "yesterday ,again ,this morning ,this afternoon ,this evening ,tonight ,by phone ,by telephone ,separately ,virtually ,"
    "on monday ,on tuesday ,on wednesday ,on thursday ,on friday ,on saturday ,on sunday }{,today ,in riyadh ,by phone }with"
)
_CALL = "{call,calls,meeting,meetings,conversation,talks} with"
_GROUP = (
    "{the leaders,the two leaders,the three leaders,both leaders,the two presidents,the two sides,both sides,the two,"
    "the two men,both men,the president and the prime minister,the president and prime minister,the principals,all leaders,these leaders}"
)
_GATHERING = "{spoke,met,convened,gathered,conferred} {regarding,about,to discuss,on,together,today,virtually,by,to}"
_THEY = "they"
_ROW_WORDS = frozenset((",", "and", "the", "of", "\n", " "))
_JOINS = frozenset((",", "and"))
_LONGEST_REALM = 6  # "of the United Kingdom, and"
_REACH = 12  # tokens on either side of "spoke with" within which the two stand
_MEETINGS = frozenset(("meeting", "gathering"))
_MEMORY = 15  # sentences that a pair is remembered for


class GroupFinder:
    """Finds the mentions of groups in one text after the other. ``tokenize`` must be the pipeline's own tokenizer."""

    def __init__(self, tokenize: Tokenize) -> None:
        entries = [
            (_MEETING, "meeting"),
            (_CALL, "meeting"),
            (_GATHERING, "gathering"),
            (_GROUP, "group"),
            (_THEY, "they"),
        ]
        self._table: PhraseTable[str] = PhraseTable(tokenize, entries)

    def find(
        self, words: Sequence[str], sentences: Sequence[Interval], mentions: Sequence[ActorMention]
    ) -> Iterator[ActorMention]:
        """Yield one mention for each member of a group, all of the group's own interval.

        "They" counts only where it opens the sentence right after one about the group.
        """
        pair: tuple[ActorMention, ...] = ()
        paired_at = last_told = -_MEMORY
        for number, (start, end) in enumerate(sentences):
            matches = list(self._table.find(words, start, end))
            for match in matches:
                is_open = match.key == "group" or (match.start == start and number - last_told <= 1)
                if match.key in _MEETINGS or not is_open or number - paired_at > _MEMORY:
                    continue
                last_told = number
                for member in pair:
                    yield ActorMention(start=match.start, end=match.end, actor_id=member.actor_id, via=Via.DESCRIPTION)
            for match in matches:
                joined = _find_joined(words, (start, end), match, mentions)
                if joined:
                    pair, paired_at, last_told = joined, number, number


def _find_joined(
    words: Sequence[str], sentence: Interval, match: Match[str], mentions: Sequence[ActorMention]
) -> tuple[ActorMention, ...]:
    if match.key == "gathering":
        return _find_row_before(words, sentence[0], match.start, mentions)
    return _find_pair(words, sentence, (match.start, match.end), mentions) if match.key == "meeting" else ()


def _find_row_before(
    words: Sequence[str], start: int, end: int, mentions: Sequence[ActorMention]
) -> tuple[ActorMention, ...]:
    """Return those in a row before "spoke regarding": "A, B of C, and D of E spoke"."""
    before = [one for one in mentions if start <= one.start and one.end <= end]
    for number, first in enumerate(before):
        row = tuple(_list_row(words, first, before[number + 1 :]))
        if len(row) > 1 and end - row[-1].end < _LONGEST_REALM:
            return row
    return ()


def _find_pair(
    words: Sequence[str], sentence: Interval, meeting: Interval, mentions: Sequence[ActorMention]
) -> tuple[ActorMention, ...]:
    """Return who spoke with whom: the nearest mention before, the first one after and those in a row with it."""
    before = [one for one in mentions if max(sentence[0], meeting[0] - _REACH) <= one.start and one.end <= meeting[0]]
    after = [one for one in mentions if meeting[1] <= one.start < min(sentence[1], meeting[1] + _REACH)]
    if not before or not after or before[-1].actor_id == after[0].actor_id:
        return ()
    later = [one for one in mentions if after[0].end <= one.start < sentence[1]]
    return (before[-1], *_list_row(words, after[0], later))


def _list_row(words: Sequence[str], first: ActorMention, later: Sequence[ActorMention]) -> Iterator[ActorMention]:
    """Yield the one met with and those in a row after: "with President A of B, Chancellor C, and Prime Minister D"."""
    yield first
    end = first.end
    for mention in later:
        between = words[end : mention.start]
        realm = between[0] == "of" and between[-1] in _JOINS and len(between) <= _LONGEST_REALM if between else False
        if not realm and not set(between) <= _ROW_WORDS:
            return
        end = mention.end
        if realm or "of" not in between:  # "of B" only tells where A governs
            yield mention
