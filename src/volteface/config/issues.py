"""config/issues.yml: what positions are about. Each issue is a proposition that one can support or oppose."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from volteface.config.model import ConfigModel, Id, Text
from volteface.config.phrases import Phrase


class PlannedEvent(ConfigModel):
    """A planned event that an issue turns on: who decides it, and the words for it."""

    id: Id
    name: Text
    decided_by: tuple[Id, ...] = Field(min_length=1, description="actors whose decision the event is")
    participants: tuple[Id, ...] = ()
    terms: tuple[Phrase, ...] = Field(min_length=1)


class PairedTerms(ConfigModel):
    """Words that bring an issue up only near others: "operation" within some tokens of "Rafah"."""

    terms: tuple[Phrase, ...] = Field(min_length=1)
    near: tuple[Phrase, ...] = Field(min_length=1)
    within: int = Field(default=6, ge=1, le=20, description="tokens between the two, in one sentence")
    against: bool = False


class IssueExamples(ConfigModel):
    """The wording's tests: texts that bring the issue up, that name its contrary, and that do neither."""

    hits: tuple[Text, ...] = ()
    against: tuple[Text, ...] = ()
    misses: tuple[Text, ...] = ()


class Issue(ConfigModel):
    """One issue. Wording is lower case, in the notation of ``config.phrases``.

    ``terms`` bring the issue up wherever they stand; ``against_terms`` do too, and name its contrary: to back "an end
    to the war" is to oppose the war. ``context_terms`` ("the deal") mean the issue only after the article has brought
    it up in full. ``not_terms`` hold its words and are about something else: "ceasefire line".
    """

    id: Id
    name: Text
    proposition: Text
    terms: tuple[Phrase, ...] = Field(min_length=1)
    against_terms: tuple[Phrase, ...] = ()
    context_terms: tuple[Phrase, ...] = ()
    paired_terms: tuple[PairedTerms, ...] = ()
    not_terms: tuple[Phrase, ...] = ()
    event: PlannedEvent | None = None
    happened_on: date | None = Field(
        default=None, description="the day of what the issue judges, where it is one: what follows it is told after it"
    )
    examples: IssueExamples = IssueExamples()


class Issues(ConfigModel):
    """The whole of issues.yml."""

    issues: tuple[Issue, ...]
