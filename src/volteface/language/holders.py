"""Whose position a verdict tells: its subject's, its agent's, or the speaker's. No holder, no statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from volteface.config.rules import Holder, RuleKind, StanceRule
from volteface.language.annotations import ActorMention, Attribution, Interval, Via
from volteface.language.clause import FIRST_PERSON, QUOTES, THIRD_PERSON, Clause
from volteface.language.framing import favours, find_cue_attribution, find_frame, is_stance_verb
from volteface.language.kinship import UNKNOWN, Kinship
from volteface.language.marks import Reading, Sentence
from volteface.language.polarity import Verdict
from volteface.language.subjects import Subjects, find_agent, find_subject
from volteface.models import QuoteType

_UNKNOWN_REPORTER = 0.9  # what the subject holds is told by somebody whom the text does not let one name
_REPORTED = 0.85  # one says it of another
_OBJECTS = frozenset(
    "call calls appeal appeals demand demands support backing commitment opposition objection rejection".split()  # noqa: SIM905 -- a list of words reads best as words
)
_TAKES_OBJECT = frozenset(
    "reiterated reiterates reiterating echoed echoes echoing repeated repeats repeating voiced voices expressed expresses"  # noqa: SIM905 -- as above
    " expressing reaffirmed reaffirms reaffirming backed backs supported supports welcomed endorsed joined underlined"
    " stressed underscored affirmed confirmed emphasised emphasized declared restated announced".split()
)
_NEAR_OBJECT = 4  # "reiterated Singapore's longstanding and principled support for"
_OWN_SIDE = frozenset(
    "government administration army military movement group party organisation organization ministry agency kingdom"  # noqa: SIM905 -- a list of words reads best as words
    " country nation cabinet".split()
)
_OWN_DETERMINERS = frozenset(("the", "his", "her", "our", "their", "its"))
_PASSIVE_ENDS = frozenset(("by", "from"))
_OWN_CLAUSE = 2  # tokens after "urged that" within which "must" is still the speaker's


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One holder of a verdict. ``certainty`` is how surely the words name it (0..1).

    ``speaker_text`` is what the attribution gives; empty where ``source`` alone tells the words.
    """

    actor_id: str
    source: Interval | None  # where the holder is named; None for an implicit speaker
    speaker_text: str
    via: Via
    quote_type: QuoteType
    certainty: float
    reporter: str | None = None
    is_private: bool = False
    is_own_word: bool = False  # "we have cancelled it": a deed told by its doer in his own words


def find_holders(reading: Reading, sentence: Sentence, verdict: Verdict, kinship: Kinship) -> tuple[Holding, ...]:
    """Return who holds what the verdict says; empty where nobody can be named, or nobody whom the rule allows."""
    found = _find_all(reading, sentence, verdict, kinship)
    return tuple(one for one in found if _is_allowed(verdict.rule, one.actor_id, kinship))


def _is_allowed(rule: StanceRule, actor_id: str, kinship: Kinship) -> bool:
    if actor_id == UNKNOWN or any(kinship.is_same_voice(actor_id, body) for body in rule.never_by):
        return False
    return not rule.only_by or any(kinship.is_same_voice(actor_id, body) for body in rule.only_by)


def _find_all(reading: Reading, sentence: Sentence, verdict: Verdict, kinship: Kinship) -> tuple[Holding, ...]:
    clause = Clause(reading, sentence, verdict.cue, kinship)
    frame = find_frame(clause)
    if verdict.rule.holder is Holder.SPEAKER:
        return _hold_as_speaker(clause, frame, verdict)
    if verdict.rule.holder is Holder.AGENT:
        held = _hold_as_subject(clause, frame, (find_agent(clause), 1.0))
        return _tell_by_thanker(clause, held)
    if frame is None and _is_supposed(clause, verdict.rule):
        return ()
    own = find_cue_attribution(clause)
    if own is not None:
        return _hold_by_speakers(own, kinship, certainty=1.0)
    return _hold_as_subject(clause, frame, find_subject(clause)) or _hold_as_self(clause, frame)


def _tell_by_thanker(clause: Clause, held: tuple[Holding, ...]) -> tuple[Holding, ...]:
    """Return the holdings by the word of whoever says so in an active verb: "Biden thanked X for the deal"."""
    if clause.word(clause.cue[1] - 1) in _PASSIVE_ENDS:
        return held
    own = find_cue_attribution(clause)
    subjects, _ = find_subject(clause)
    tellers = own.speakers if own else tuple(one.actor_id for one in subjects)
    if len(tellers) != 1:
        return held
    return tuple(
        one if one.reporter or one.actor_id == tellers[0] else replace(one, reporter=tellers[0]) for one in held
    )


def _is_supposed(clause: Clause, rule: StanceRule) -> bool:
    """Tell whether the author only supposes it: "the army would welcome a pause", in nobody's words."""
    return rule.kind is RuleKind.SPEECH and "would" in clause.reading.words[clause.find_verb_start() : clause.cue[0]]


def _hold_as_speaker(clause: Clause, frame: Attribution | None, verdict: Verdict) -> tuple[Holding, ...]:
    """Return the speakers of the sentence, unless it only tells what they demand or reject.

    What they favour may imply more: "affirmed their commitment to work for peace, with a Palestinian state".
    """
    if frame is None:
        return ()
    is_far = frame.cue is not None and clause.cue[0] - frame.cue[1] > _OWN_CLAUSE
    is_apart = is_far and is_stance_verb(clause, frame)
    is_told = frame.cue is not None and clause.word_or_end(frame.cue[1]) == "that"  # "agreed that it is critical"
    is_implied = (is_told or verdict.rule.strength == 1 or bool(verdict.rule.issues)) and favours(clause, frame)
    return () if is_apart and not is_implied else _hold_by_speakers(frame, clause.kinship, certainty=1.0)


def _hold_as_subject(clause: Clause, frame: Attribution | None, subjects: Subjects) -> tuple[Holding, ...]:
    """Return the subjects, or who speaks of them: the speaker for its own side, the subject for another."""
    mentions, certainty = subjects
    if frame is not None and is_stance_verb(clause, frame) and clause.is_finite():
        frame = None
    if frame is None:
        return tuple(_hold_by_mention(mention, certainty) for mention in mentions)
    if not frame.speakers:
        return tuple(_hold_by_mention(mention, certainty * _UNKNOWN_REPORTER) for mention in mentions)
    own = _list_own_speakers(frame, mentions, clause.kinship)
    if own:
        held = _hold_by_speakers(frame, clause.kinship, certainty=certainty)
        return tuple(replace(one, is_own_word=True) for one in held if one.actor_id in own)
    return tuple(_hold_by_report(mention, frame, certainty) for mention in mentions)


def _hold_as_self(clause: Clause, frame: Attribution | None) -> tuple[Holding, ...]:
    """Return the speakers who tell of themselves: "we support", "he said that he had approved"."""
    if frame is None:
        return ()
    if _is_object(clause, frame):
        return _hold_by_speakers(frame, clause.kinship, certainty=0.95)
    if _has_first_person(clause) or _opens_as_gerund(clause):
        held = _hold_by_speakers(frame, clause.kinship, certainty=0.95)
        return tuple(replace(one, is_own_word=True) for one in held)
    return _hold_by_speakers(frame, clause.kinship, certainty=0.9) if _means_speaker(clause, frame) else ()


def _hold_by_speakers(attribution: Attribution, kinship: Kinship, *, certainty: float) -> tuple[Holding, ...]:
    """Return the attribution's speakers as holders; one reported by a voice of its own side gives way to that voice."""
    holdings: dict[str, Holding] = {}
    reporter = attribution.reporter
    for speaker in attribution.speakers:
        is_own = reporter is not None and kinship.speaks_for(reporter, speaker)
        actor_id = reporter if is_own and reporter else speaker
        holdings[actor_id] = Holding(
            actor_id=actor_id,
            source=attribution.source,
            speaker_text=attribution.speaker_text,
            via=attribution.via or Via.IMPLICIT,
            quote_type=attribution.quote_type,
            certainty=certainty,
            reporter=None if is_own else reporter,
            is_private=attribution.is_private,
        )
    return (*holdings.values(), *_hold_by_partners(attribution, certainty))


def _hold_by_partners(attribution: Attribution, certainty: float) -> Iterator[Holding]:
    """Yield the holdings of those who said it too, by the speaker's word."""
    for partner in attribution.partners:
        yield Holding(
            actor_id=partner,
            source=attribution.source,
            speaker_text=attribution.speaker_text,
            via=Via.DESCRIPTION,
            quote_type=attribution.quote_type,
            certainty=certainty * _REPORTED,
            reporter=attribution.speakers[0],
            is_private=attribution.is_private,
        )


def _hold_by_mention(mention: ActorMention, certainty: float) -> Holding:
    return Holding(
        actor_id=mention.actor_id,
        source=(mention.start, mention.end),
        speaker_text="",
        via=mention.via,
        quote_type=QuoteType.INDIRECT,
        certainty=certainty,
    )


def _hold_by_report(mention: ActorMention, frame: Attribution, certainty: float) -> Holding:
    held = _hold_by_mention(mention, certainty * _REPORTED)
    return replace(held, quote_type=frame.quote_type, reporter=frame.speakers[0], is_private=frame.is_private)


def _list_own_speakers(frame: Attribution, mentions: Sequence[ActorMention], kinship: Kinship) -> set[str]:
    """Return the speakers whose word on one of the mentions is their own side's."""
    return {
        speaker
        for speaker in frame.speakers
        if any(kinship.speaks_for(speaker, mention.actor_id) for mention in mentions)
    }


def _is_object(clause: Clause, frame: Attribution) -> bool:
    """Tell whether the cue is a noun that the frame's verb takes: "reiterated international calls for"."""
    if frame.cue is None or clause.word(clause.cue[0]) not in _OBJECTS:
        return False
    return 0 <= clause.cue[0] - frame.cue[1] <= _NEAR_OBJECT and clause.word(frame.cue[0]) in _TAKES_OBJECT


def _has_first_person(clause: Clause) -> bool:
    index = clause.find_verb_start()
    return index > clause.start and clause.word(index - 1) in FIRST_PERSON


def _means_speaker(clause: Clause, frame: Attribution) -> bool:
    """Tell whether the subject is the speaker or its side: "he said that he had approved", "that the army would"."""
    index = clause.find_verb_start() - 1
    if index <= clause.start:
        return False
    if clause.word(index) in _OWN_SIDE and clause.word(index - 1) in _OWN_DETERMINERS:
        return True
    if clause.word(index) not in THIRD_PERSON or frame.quote_type is QuoteType.DIRECT:
        return False
    return any(start <= index <= end and _is_first_named(clause, start, index) for start, end in frame.contents)


def _is_first_named(clause: Clause, start: int, pronoun: int) -> bool:
    """Tell whether nobody is named between the start of reported words and a pronoun in them."""
    return not any(start <= one.start < pronoun - 1 for one in clause.reading.mentions)


def _opens_as_gerund(clause: Clause) -> bool:
    """Tell whether the sentence opens with the cue: "Calling off the trip, he said, was a message"."""
    before = clause.reading.words[clause.start : clause.cue[0]]
    return clause.word(clause.cue[0]).endswith("ing") and set(before) <= QUOTES
