"""config/cues.yml: the words that report what somebody says, thinks or holds."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator

from volteface.config.model import ConfigModel, Id, Text
from volteface.models import QuoteType


class CueSense(StrEnum):
    """What a cue says of its source."""

    SPEECH = "speech"
    MIND = "mind"
    EVIDENCE = "evidence"  # what a poll, a study or a document shows
    ACT = "act"


class CuePosition(StrEnum):
    """Where a cue stands to what is said."""

    PRE = "pre"
    POST = "post"
    BOTH = "both"


class CueKind(StrEnum):
    """The grammar of a cue."""

    VERB = "verb"
    PREPOSITION = "preposition"  # according to X
    PASSIVE = "passive"  # is expected: nobody is said to say it
    NOUN = "noun"  # X's claim that ...


class Cue(ConfigModel):
    """One reporting word with all its forms, lower case. A form of several words is matched whole.

    ``noun_forms`` are those of the forms that are as often a noun ("talks"); they need a clear subject before them.
    ``addressee``: the one spoken to follows at once ("told Y that"). ``declined``: that somebody says nothing.
    """

    id: Id
    forms: tuple[Text, ...] = Field(min_length=1)
    noun_forms: tuple[Text, ...] = ()
    sense: CueSense
    position: CuePosition = CuePosition.PRE
    kind: CueKind = CueKind.VERB
    quote_types: tuple[QuoteType, ...] = (QuoteType.DIRECT, QuoteType.INDIRECT, QuoteType.MIXED)
    addressee: bool = False
    declined: bool = False
    factive: bool = False

    @model_validator(mode="after")
    def _check_forms(self) -> Cue:
        for form in (*self.forms, *self.noun_forms):
            if form != form.lower():
                message = f"form {form!r} is not lower case"
                raise ValueError(message)
        if stray := set(self.noun_forms) - set(self.forms):
            message = f"noun_forms that are no forms: {', '.join(sorted(stray))}"
            raise ValueError(message)
        return self


class Cues(ConfigModel):
    """The whole of cues.yml."""

    cues: tuple[Cue, ...] = Field(min_length=1)
