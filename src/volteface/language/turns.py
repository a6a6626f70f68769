"""How often the words around an issue turn a cue's stance round: "called for an end to it", "for it to be lifted".

Counts alone; what an odd number means, and denials before the cue, are judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from volteface.language.annotations import Interval, IssueHit
from volteface.language.marks import Mark, Reading, Sentence
from volteface.language.phrases import Match

JOINS = frozenset({"and", ",", "or", "as"})
_LONGEST_MODIFIER = 4  # "and ensure that more"
_EMPTY = frozenset({"the", "a", "an", "all", "any", "of", "to"})
_UPON = frozenset(("on", "of", "against"))
_LONGEST_UPON = 3  # "the siege on the strip to be lifted"


def count_turns(reading: Reading, sentence: Sentence, gap: Interval, hit: IssueHit) -> int:
    """Count what turns the issue's words round: reversers before them, and "to be lifted" right after them."""
    endings = sentence.marks.get(Mark.ENDING, ())
    ends = any(_is_at_end(reading.words, hit, one) for one in endings) and gap[1] == hit.start
    return _count_reversers(reading, sentence, gap, hit) + ends


def _is_at_end(words: Sequence[str], hit: IssueHit, ending: Match[Mark]) -> bool:
    """Tell whether an ending is the issue's own: at once, or after whom or what it is upon: "the siege on X to be"."""
    if hit.start < ending.start <= hit.end < ending.end:
        return True
    between = words[hit.end : ending.start]
    return 0 < len(between) <= _LONGEST_UPON and between[0] in _UPON and JOINS.isdisjoint(between)


def _count_reversers(reading: Reading, sentence: Sentence, gap: Interval, hit: IssueHit) -> int:
    resets = sentence.find(Mark.RESET, *gap)
    start = resets[-1].start if resets else gap[0]
    reversers = sentence.find(Mark.REVERSER, start, gap[1])
    return sum(not _is_spent(reading, (one.end, gap[1]), hit) for one in reversers)


def _is_spent(reading: Reading, between: Interval, hit: IssueHit) -> bool:
    """Tell whether a reverser has an object of its own, and "and" leads on to something sought: "an end to the violence
    and more aid". What is to end as well is no such thing: "an end to the killing and the siege".
    """
    if hit.issue_id not in reading.sought or hit.sign < 0:
        return False
    joins = [
        at for at in range(max(between[0], between[1] - _LONGEST_MODIFIER), between[1]) if reading.words[at] == "and"
    ]
    own = set(reading.words[between[0] : joins[-1]]) - _EMPTY if joins else set()
    inner = (one for one in reading.issue_hits if between[0] <= one.start < between[1])
    return bool(own) and not any(one.issue_id in reading.sought and one.sign > 0 for one in inner)
