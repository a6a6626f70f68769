"""Whose position a verdict tells: its subject's, its agent's, or the speaker's. No holder, no statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from volteface.config.rules import Holder
from volteface.language.annotations import ActorMention, Attribution, Interval, Via
from volteface.language.clause import FIRST_PERSON, QUOTES, THIRD_PERSON, Clause
from volteface.language.framing import find_cue_attribution, find_frame, is_stance_verb
from volteface.language.kinship import Kinship, is_anonymous
from volteface.language.marks import Reading, Sentence
from volteface.language.polarity import Verdict
from volteface.language.subjects import Subjects, find_agent, find_subject
from volteface.models import QuoteType

_UNKNOWN_REPORTER = 0.9  # what the subject holds is told by somebody whom the text does not let one name
_REPORTED = 0.85  # one says it of another
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
    """Return who holds what the verdict says; empty where nobody can be named."""
    clause = Clause(reading, sentence, verdict.cue, kinship)
    frame = find_frame(clause)
    if verdict.rule.holder is Holder.SPEAKER:
        return _hold_as_speaker(clause, frame)
    if verdict.rule.holder is Holder.AGENT:
        return _hold_as_subject(clause, frame, (find_agent(clause), 1.0))
    own = find_cue_attribution(clause)
    if own is not None:
        return _hold_by_speakers(own, kinship, certainty=1.0)
    return _hold_as_subject(clause, frame, find_subject(clause)) or _hold_as_self(clause, frame)


def _hold_as_speaker(clause: Clause, frame: Attribution | None) -> tuple[Holding, ...]:
    """Return the speakers of the sentence, unless it only tells what they demand or reject."""
    if frame is None:
        return ()
    is_far = frame.cue is not None and clause.cue[0] - frame.cue[1] > _OWN_CLAUSE
    return () if is_far and is_stance_verb(clause, frame) else _hold_by_speakers(frame, clause.kinship, certainty=1.0)


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
        return tuple(one for one in held if one.actor_id in own)
    return tuple(_hold_by_report(mention, frame, certainty) for mention in mentions)


def _hold_as_self(clause: Clause, frame: Attribution | None) -> tuple[Holding, ...]:
    """Return the speakers who tell of themselves: "we support", "he said that he had approved"."""
    if frame is None:
        return ()
    if _has_first_person(clause) or _opens_as_gerund(clause):
        held = _hold_by_speakers(frame, clause.kinship, certainty=0.95)
        return tuple(replace(one, is_own_word=True) for one in held)
    return _hold_by_speakers(frame, clause.kinship, certainty=0.9) if _means_speaker(clause, frame) else ()


def _hold_by_speakers(attribution: Attribution, kinship: Kinship, *, certainty: float) -> tuple[Holding, ...]:
    """Return the attribution's speakers as holders; one reported by a voice of its own side gives way to that voice."""
    holdings: dict[str, Holding] = {}
    reporter = attribution.reporter
    for speaker in attribution.speakers:
        is_own = reporter is not None and _speaks_for(reporter, speaker, kinship)
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
    return tuple(holdings.values())


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
        if any(_speaks_for(speaker, mention.actor_id, kinship) for mention in mentions)
    }


def _speaks_for(speaker: str, subject: str, kinship: Kinship) -> bool:
    """Tell whether a speaker's word on a subject is his own side's. An unnamed one never speaks for a named person."""
    if is_anonymous(speaker) and kinship.is_person(subject):
        return False
    return kinship.is_same_voice(speaker, subject)


def _has_first_person(clause: Clause) -> bool:
    index = clause.find_verb_start()
    return index > clause.start and clause.word(index - 1) in FIRST_PERSON


def _means_speaker(clause: Clause, frame: Attribution) -> bool:
    """Tell whether the subject is a pronoun that opens reported words: "he said that he had approved"."""
    index = clause.find_verb_start() - 1
    if index < clause.start or clause.word(index) not in THIRD_PERSON or frame.quote_type is QuoteType.DIRECT:
        return False
    return any(start <= index <= start + 1 for start, _ in frame.contents)


def _opens_as_gerund(clause: Clause) -> bool:
    """Tell whether the sentence opens with the cue: "Calling off the trip, he said, was a message"."""
    before = clause.reading.words[clause.start : clause.cue[0]]
    return clause.word(clause.cue[0]).endswith("ing") and set(before) <= QUOTES
