"""What a cue says of an issue's words: the sign, after denials, reversers and contraries. Knows no actors.

Works on words alone, within one sentence, after the shape of NegEx and ConText: a cue has a reach, some words end it,
others turn it round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from volteface.config.rules import Argument, Holder, RuleKind, StanceRule
from volteface.language.annotations import Interval, IssueHit
from volteface.language.marks import Mark, Reading, Sentence
from volteface.language.modality import tell_modality
from volteface.language.phrases import Match
from volteface.language.turns import JOINS, count_turns
from volteface.models import Modality, Stance

_OPPOSITE = {Stance.SUPPORT: Stance.OPPOSE, Stance.OPPOSE: Stance.SUPPORT}
_HYPOTHETICAL_REACH = 6
_PLACE_LENGTH = 3  # "in Rafah" may stand between the issue and a clause in commas
_LONGEST_PURPOSE = 9
_ENABLING = frozenset(
    "allow deliver facilitate get let enable help bring ensure provide send increase permit supply".split()  # noqa: SIM905 -- a list of words reads best as words
)
_OPENERS = frozenset(("for", "to"))
_RELATIVES = frozenset(("which", "that"))
_LEADING = _RELATIVES | {"but"}  # "a pause, but one that"
_PLACES = frozenset(
    {"in", "of", "gaza", "the", "strip", "[", "]", "enclave", '"', "'", "from", "to", "into", "for", "palestinians"}
    | {"west", "bank", "egypt", "israel", "territory", "civilians"}
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A cue joined to an issue's words, with what it comes to. ``gap`` is the number of tokens between the two."""

    cue: Interval
    hit: IssueHit
    rule: StanceRule
    stance: Stance | None
    strength: int
    is_negated: bool
    modality: Modality
    gap: int


def judge_sentence(reading: Reading, sentence: Sentence) -> Iterator[Verdict]:
    """Yield what each cue of the sentence says of each issue that it reaches. A question says nothing."""
    if "?" in reading.words[max(sentence.start, sentence.end - 3) : sentence.end]:
        return
    known = {hit.issue_id for hit in reading.issue_hits}
    hits = [hit for hit in reading.issue_hits if sentence.start <= hit.start and hit.end <= sentence.end]
    for cue in sentence.cues:
        for hit in _list_arguments(reading, sentence, cue, hits, known):
            verdict = _judge(reading, sentence, cue, hit)
            if verdict is not None:
                yield verdict


def _list_arguments(
    reading: Reading,
    sentence: Sentence,
    cue: Match[StanceRule],
    hits: Sequence[IssueHit],
    known: Collection[str],
) -> Iterator[IssueHit]:
    """Yield the issue's words that a cue reaches. ``known``: the issues that the whole text brings up."""
    rule, words = cue.key, reading.words
    if rule.argument is Argument.ITSELF:
        if rule.kind is RuleKind.VOTE and rule.issues[0] not in known:
            return  # a vote on something else
        yield IssueHit(start=cue.start, end=cue.end, issue_id=rule.issues[0], sign=1, is_context=False)
        return
    is_wanted = rule.stance is Stance.SUPPORT and not is_denied(reading, sentence, cue.start)
    reached: IssueHit | None = None
    for hit in hits:
        gap = _skip_parenthesis(words, _gap(cue, hit))
        if gap is None or _is_barred(reading, sentence, rule, gap):
            continue
        is_joined = reached is not None and hit.start - reached.end <= rule.within
        if gap[1] - _find_last_object(words, cue, gap) > rule.within and not is_joined:
            continue
        is_purpose = is_wanted and hit.issue_id in reading.sought
        if _is_reachable(words, gap, hits, is_purpose=is_purpose):
            reached = hit
            if (not rule.issues or hit.issue_id in rule.issues) and hit.issue_id not in rule.not_issues:
                yield hit


def _find_last_object(words: Sequence[str], cue: Match[StanceRule], gap: Interval) -> int:
    """Return where the last object of a cue such as "called for" opens: "called for the release of X and for aid"."""
    opener = words[cue.end - 1]
    again = [at + 1 for at in range(gap[0] + 1, gap[1]) if words[at] == opener and words[at - 1] == "and"]
    return again[-1] if again and opener in _OPENERS else gap[0]


def _is_barred(reading: Reading, sentence: Sentence, rule: StanceRule, gap: Interval) -> bool:
    """Tell whether a word in the gap ends the cue's reach. An object before its own subject and verb needs the relative
    pronoun that would bar others: "a ceasefire, which Israel rejects".
    """
    barriers = sentence.find(Mark.BARRIER, *gap)
    if rule.argument is not Argument.BEFORE or rule.holder is not Holder.SUBJECT:
        return bool(barriers)
    words = set(reading.words[slice(*gap)])
    return words.isdisjoint(_RELATIVES) or any(reading.words[one.start] not in _LEADING for one in barriers)


def _gap(cue: Match[StanceRule], hit: IssueHit) -> Interval | None:
    """Return the tokens between cue and issue, or None where the issue stands on the wrong side."""
    if cue.key.argument is Argument.AFTER:
        return (cue.end, hit.start) if hit.start >= cue.end else None
    return (hit.end, cue.start) if hit.end <= cue.start else None


def _skip_parenthesis(words: Sequence[str], gap: Interval | None) -> Interval | None:
    """Return a gap without the clause in commas that opens it: "an operation, where a million live, could ..."."""
    if gap is None:
        return None
    commas = [index for index in range(*gap) if words[index] == ","]
    is_parenthesis = len(commas) > 1 and commas[0] - gap[0] <= _PLACE_LENGTH
    return (commas[-1] + 1, gap[1]) if is_parenthesis else gap


def _is_reachable(words: Sequence[str], gap: Interval, hits: Sequence[IssueHit], *, is_purpose: bool) -> bool:
    """Tell whether no other issue's words stand in between, unless the two are joined: "a ceasefire and more aid".

    ``is_purpose``: what one wants, one wants for its purpose too: "a pause to allow aid in".
    """
    others = [hit for hit in hits if gap[0] <= hit.start and hit.end <= gap[1]]
    betweens = [words[hit.end : gap[1]] for hit in others]
    return all(_is_joined(between) or (is_purpose and _is_for(between)) for between in betweens)


def _is_for(between: Sequence[str]) -> bool:
    """Tell whether the words lead from what is sought to its purpose: "in the fighting to deliver more"."""
    is_purpose = any(first == "to" and second in _ENABLING for first, second in pairwise(between))
    return is_purpose and len(between) <= _LONGEST_PURPOSE


def _is_joined(between: Sequence[str]) -> bool:
    """Tell whether "and" or a comma follows at once, but for the place: "a ceasefire in Gaza, for more aid"."""
    join = next((index for index, word in enumerate(between) if word in JOINS), None)
    return join is not None and set(between[:join]) <= _PLACES


def _judge(reading: Reading, sentence: Sentence, cue: Match[StanceRule], hit: IssueHit) -> Verdict | None:
    rule = cue.key
    if _is_hypothetical(reading, sentence, cue.start):
        return None
    denied = is_denied(reading, sentence, cue.start)
    if (denied and not rule.negation_counts) or _is_others_duty(reading, sentence, cue):
        return None
    gap = _gap(cue, hit) if rule.argument is not Argument.ITSELF else None
    turns = count_turns(reading, sentence, gap, hit) if gap and rule.reverses else 0
    is_turned = (turns + (hit.sign < 0) + denied) % 2 == 1
    stance = _OPPOSITE.get(rule.stance, rule.stance) if is_turned and rule.stance else rule.stance
    if denied and rule.omitted and _is_before(reading, sentence, Mark.OMISSION, cue.start):
        stance = rule.omitted
    return Verdict(
        cue=(cue.start, cue.end),
        hit=hit,
        rule=rule,
        stance=stance,
        strength=min(rule.strength, 1) if denied and rule.stance is Stance.OPPOSE else rule.strength,
        is_negated=denied,
        modality=Modality.NEGATED if denied else tell_modality(reading, sentence, rule, cue.start),
        gap=gap[1] - gap[0] if gap else 0,
    )


def is_denied(reading: Reading, sentence: Sentence, cue_start: int) -> bool:
    """Tell whether the cue is denied: an odd number of negators stand before it, with nothing but adverbs between."""
    count = 0
    index = cue_start
    while index > sentence.start:
        negator = _ending_at(sentence, Mark.NEGATOR, index)
        if negator is not None:
            count += 1
            index = negator.start
        elif _ending_at(sentence, Mark.AUXILIARY, index) or reading.words[index - 1].endswith("ly"):
            found = _ending_at(sentence, Mark.AUXILIARY, index)
            index = found.start if found else index - 1
        else:
            break
    return count % 2 == 1


def _is_others_duty(reading: Reading, sentence: Sentence, cue: Match[StanceRule]) -> bool:
    """Tell whether the cue is what its subject ought to do, in the view of whoever speaks: "Israel must accept"."""
    return cue.key.holder is Holder.SUBJECT and _is_before(reading, sentence, Mark.OBLIGATION, cue.start)


def _is_before(reading: Reading, sentence: Sentence, mark: Mark, index: int) -> bool:
    """Tell whether a mark stands before a token, with nothing but adverbs between."""
    while index > sentence.start and reading.words[index - 1].endswith("ly"):
        index -= 1
    return _ending_at(sentence, mark, index) is not None


def _ending_at(sentence: Sentence, mark: Mark, end: int) -> Match[Mark] | None:
    return next((match for match in sentence.marks.get(mark, ()) if match.end == end), None)


def _is_hypothetical(reading: Reading, sentence: Sentence, cue_start: int) -> bool:
    """Tell whether "if", "whether", "could" or the like stands shortly before the cue, in the same clause."""
    start = max(sentence.start, cue_start - _HYPOTHETICAL_REACH)
    marks = sentence.find(Mark.HYPOTHETICAL, start, cue_start)
    return any("," not in reading.words[mark.end : cue_start] for mark in marks)
