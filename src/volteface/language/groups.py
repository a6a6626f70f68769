"""Whom "the leaders" and "the two sides" mean: those who spoke or met with one another just before.

Readouts of calls are written like this from end to end. Only a pair that a sentence joins by "spoke with", "met with"
and the like is remembered, and only for the sentences after it; nothing is guessed where no pair was named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from volteface.language.annotations import ActorMention, Interval, Via
from volteface.language.phrases import PhraseTable, Tokenize

_MEETING = (
    "{spoke,speak,speaks,talked,met,meets,meet,conferred,spoken,held a call,had a call,held talks,held a meeting} {,today ,"
    "yesterday ,again ,this morning ,this afternoon ,this evening ,tonight ,by phone ,by telephone ,separately ,virtually ,"
    "on monday ,on tuesday ,on wednesday ,on thursday ,on friday ,on saturday ,on sunday }{,today ,in riyadh ,by phone }with"
)
_CALL = "{call,calls,meeting,meetings,conversation,talks} with"
_GROUP = (
    "{the leaders,the two leaders,the three leaders,both leaders,the two presidents,the two sides,both sides,the two,"
    "the two men,both men,the president and the prime minister,the president and prime minister,the principals}"
)
_THEY = "they"
_REACH = 12  # tokens on either side of "spoke with" within which the two stand
_MEMORY = 15  # sentences that a pair is remembered for


class GroupFinder:
    """Finds the mentions of groups in one text after the other. ``tokenize`` must be the pipeline's own tokenizer."""

    def __init__(self, tokenize: Tokenize) -> None:
        entries = [(_MEETING, "meeting"), (_CALL, "meeting"), (_GROUP, "group"), (_THEY, "they")]
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
                if match.key == "meeting" or not is_open or number - paired_at > _MEMORY:
                    continue
                last_told = number
                for member in pair:
                    yield ActorMention(start=match.start, end=match.end, actor_id=member.actor_id, via=Via.DESCRIPTION)
            for match in matches:
                joined = _find_pair((start, end), (match.start, match.end), mentions) if match.key == "meeting" else ()
                if joined:
                    pair, paired_at, last_told = joined, number, number


def _find_pair(sentence: Interval, meeting: Interval, mentions: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """Return who spoke with whom: the nearest mention before and the first one after."""
    before = [one for one in mentions if max(sentence[0], meeting[0] - _REACH) <= one.start and one.end <= meeting[0]]
    after = [one for one in mentions if meeting[1] <= one.start < min(sentence[1], meeting[1] + _REACH)]
    if not before or not after or before[-1].actor_id == after[0].actor_id:
        return ()
    return (before[-1], after[0])
