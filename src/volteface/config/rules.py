"""config/stance_rules.yml: how words become stances. A rule is a row with an id and its own examples."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from pydantic import Field, field_validator, model_validator

from volteface.config.model import ConfigModel, Id, Text
from volteface.config.phrases import Phrase
from volteface.models import EventState, Modality, Stance


class RuleKind(StrEnum):
    """What the words are: something said, something done, a vote, or a planned event's state."""

    SPEECH = "speech"
    ACT = "act"
    VOTE = "vote"
    EVENT = "event"


class Holder(StrEnum):
    """Whose position the words tell.

    SUBJECT: who stands before the cue ("Qatar rejected"), or owns it ("Qatar's rejection of"). SPEAKER: who says the
    sentence ("the fighting must stop"); no speaker, no statement. AGENT: who stands after a passive cue's "by".
    """

    SUBJECT = "subject"
    SPEAKER = "speaker"
    AGENT = "agent"


class Argument(StrEnum):
    """Where the issue's words stand: after the cue, before it, or the cue itself brings the issue (``issues``)."""

    AFTER = "after"
    BEFORE = "before"
    ITSELF = "itself"


class RuleHit(ConfigModel):
    """A text that the rule must find. ``actor`` is the holder, where it matters."""

    text: Text
    issue: Id
    stance: Stance | None = None
    actor: Text | None = None
    event_state: EventState | None = None
    outlet_actor: Id | None = Field(default=None, description="whose own document the text is from")
    conditional: bool | None = None


class RuleExamples(ConfigModel):
    """The rule's tests: ``hits`` it must find, ``misses`` it must not."""

    hits: tuple[RuleHit, ...] = Field(min_length=1)
    misses: tuple[Text, ...] = ()


class StanceRule(ConfigModel):
    """One rule: a cue, where the issue's words stand, whose position it is, and which.

    ``stance`` is what the cue says of its argument; a reverser between them ("called for an end to the bombing") or a
    term that names the issue's contrary turns it round. ``negated`` is what remains when the cue is denied ("did not
    call for"): None means the opposite at strength 1, except for ``negation_counts`` false, where a denied cue says
    nothing. ``omitted`` is what remains where it has only not been done yet ("has not called for", "failed to back").
    ``stance`` None is for rules that only tell a planned event's state.
    """

    id: Id
    kind: RuleKind = RuleKind.SPEECH
    stance: Stance | None
    strength: int = Field(default=2, ge=1, le=2)
    cue: tuple[Phrase, ...] = Field(min_length=1)
    argument: Argument = Argument.AFTER
    within: int = Field(default=8, ge=0, le=40, description="tokens between the cue and the issue's words")
    holder: Holder = Holder.SUBJECT
    issues: tuple[Id, ...] = Field(default=(), description="empty: every issue")
    not_issues: tuple[Id, ...] = ()
    only_by: tuple[Id, ...] = Field(default=(), description="bodies: only they and their people can hold it")
    never_by: tuple[Id, ...] = Field(default=(), description="bodies: neither they nor their people can hold it")
    needs: tuple[Phrase, ...] = Field(default=(), description="one of these in the same sentence")
    unless: tuple[Phrase, ...] = Field(default=(), description="none of these in the same sentence")
    negation_counts: bool = True
    omitted: Stance | None = Field(default=None, description="None: an omission counts as any other denial")
    reverses: bool = Field(default=True, description="whether reversers between cue and issue turn the stance round")
    modality: Modality = Modality.ACTUAL
    event_state: EventState | None = None
    is_reported_change: bool = False
    confidence: float = Field(default=0.85, gt=0, le=1)
    examples: RuleExamples

    @model_validator(mode="after")
    def _check_whole(self) -> StanceRule:
        if self.stance is None and self.event_state is None:
            message = "a rule says a stance, an event_state or both"
            raise ValueError(message)
        if self.argument is Argument.ITSELF and len(self.issues) != 1:
            message = "a cue that brings its issue itself names exactly one in 'issues'"
            raise ValueError(message)
        return self


class Vocabulary(ConfigModel):
    """The small words that every rule shares.

    ``reversers`` turn round what stands after them ("end to", "reject"), unless one of ``resets`` stands between; ``negators`` deny the cue after them;
    ``endings`` right after the issue's words turn them round ("the siege to be lifted");
    ``omissions`` are those of them that only say that it has not been done; ``obligations`` before a cue say that it
    should be, by whoever speaks and not by its subject ("Israel must accept"); ``hearsay`` before it says that others
    tell it ("is reported to have backed");
    ``sought`` are the issues that "and" frees from a reverser with an object of its own ("an end to the violence and
    more aid"). ``auxiliaries`` may stand between a subject and its cue; ``hypotheticals`` before a cue take the sentence out; ``barriers`` end a cue's reach; ``conditions`` and
    ``rationales`` open a clause that is kept in its own words; ``private`` says that it was not said in public, ``changes`` that the text itself tells a change of position.
    """

    reversers: tuple[Phrase, ...]
    resets: tuple[Phrase, ...]
    negators: tuple[Phrase, ...]
    omissions: tuple[Phrase, ...] = ()
    obligations: tuple[Phrase, ...] = ()
    endings: tuple[Phrase, ...] = ()
    hearsay: tuple[Phrase, ...] = ()
    sought: tuple[Id, ...] = ()
    auxiliaries: tuple[Phrase, ...]
    hypotheticals: tuple[Phrase, ...]
    barriers: tuple[Phrase, ...]
    conditions: tuple[Phrase, ...]
    rationales: tuple[Phrase, ...]
    private: tuple[Phrase, ...]
    virtual: tuple[Phrase, ...]
    in_person: tuple[Phrase, ...]
    changes: tuple[Phrase, ...]


class StanceRules(ConfigModel):
    """The whole of stance_rules.yml."""

    vocabulary: Vocabulary
    rules: tuple[StanceRule, ...] = ()

    @field_validator("rules")
    @classmethod
    def _check_ids(cls, rules: tuple[StanceRule, ...]) -> tuple[StanceRule, ...]:
        repeated = [rule_id for rule_id, count in Counter(rule.id for rule in rules).items() if count > 1]
        if repeated:
            message = f"ids stand twice: {', '.join(repeated)}"
            raise ValueError(message)
        return rules
