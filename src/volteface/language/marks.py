"""A Doc as the stance rules read it: plain words, and where each kind of word stands. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from spacy.tokens import Doc

from volteface.config.rules import StanceRule, StanceRules
from volteface.language.annotations import ActorMention, Attribution, Interval, IssueHit, Via
from volteface.language.groups import GroupFinder
from volteface.language.joint import widen_source
from volteface.language.lexicon import WEEKDAYS
from volteface.language.parses import Parse, read_parse
from volteface.language.phrases import Match, PhraseTable, Tokenize, keep_longest, norm_words

_PARTS_OF_DAY = frozenset(("morning", "afternoon", "evening", "night"))


class Mark(StrEnum):
    """The kinds of small words that every rule shares; the names are those of ``config.rules.Vocabulary``."""

    REVERSER = "reversers"
    RESET = "resets"
    NEGATOR = "negators"
    OMISSION = "omissions"
    OBLIGATION = "obligations"
    ENDING = "endings"
    HEARSAY = "hearsay"
    HYPOTHETICAL = "hypotheticals"
    AUXILIARY = "auxiliaries"
    BARRIER = "barriers"
    CONDITION = "conditions"
    RATIONALE = "rationales"
    PRIVATE = "private"
    VIRTUAL = "virtual"
    IN_PERSON = "in_person"
    CHANGE = "changes"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its interval, the marks in it, and the rules whose cues stand in it."""

    start: int
    end: int
    marks: dict[Mark, list[Match[Mark]]]
    cues: tuple[Match[StanceRule], ...]

    def find(self, mark: Mark, start: int, end: int) -> list[Match[Mark]]:
        """Return the marks of one kind that lie wholly inside ``start:end``, in text order."""
        return [match for match in self.marks.get(mark, ()) if start <= match.start and match.end <= end]


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole Doc. Offsets are token indices, end exclusive."""

    words: Sequence[str]
    sentences: tuple[Sentence, ...]
    mentions: tuple[ActorMention, ...]
    attributions: tuple[Attribution, ...]
    issue_hits: tuple[IssueHit, ...]
    parse: Parse | None = None
    sought: frozenset[str] = frozenset()  # issues that "and" frees from a reverser with an object of its own


class Reader:
    """The rules' wording, ready to read Docs with. ``tokenize`` must be the pipeline's own tokenizer."""

    def __init__(self, tokenize: Tokenize, rules: StanceRules) -> None:
        numbered = list(enumerate(rules.rules))
        self._cues: PhraseTable[int] = PhraseTable(
            tokenize, [(phrase, number) for number, rule in numbered for phrase in rule.cue]
        )
        self._needs: PhraseTable[int] = PhraseTable(
            tokenize, [(phrase, number) for number, rule in numbered for phrase in rule.needs]
        )
        self._bars: PhraseTable[int] = PhraseTable(
            tokenize, [(phrase, number) for number, rule in numbered for phrase in rule.unless]
        )
        self._marks: PhraseTable[Mark] = PhraseTable(
            tokenize, [(phrase, mark) for mark in Mark for phrase in getattr(rules.vocabulary, mark)]
        )
        self._rules = rules.rules
        self._sought = frozenset(rules.vocabulary.sought)
        self._groups = GroupFinder(tokenize)

    def read(self, doc: Doc) -> Reading:
        """Read a Doc that carries mentions, attributions and issue hits."""
        words = _veil_days(norm_words(doc))
        spans = [(sent.start, sent.end) for sent in doc.sents]
        named: tuple[ActorMention, ...] = tuple(doc._.actor_mentions)
        groups = tuple(self._groups.find(words, spans, named))
        return Reading(
            words=words,
            sentences=tuple(self._read_sentence(words, span) for span in spans),
            mentions=(*named, *groups),
            attributions=tuple(
                widen_source(_name_group(attribution, groups), words, named) for attribution in doc._.attributions
            ),
            issue_hits=tuple(doc._.issue_hits),
            parse=read_parse(doc),
            sought=self._sought,
        )

    def _read_sentence(self, words: Sequence[str], span: Interval) -> Sentence:
        present = {match.key for match in self._needs.find(words, *span)}
        barred = {match.key for match in self._bars.find(words, *span)}
        cues = [
            Match(match.start, match.end, self._rules[match.key])
            for match in _keep_longest_per_key(self._cues.find(words, *span))
            if (not self._rules[match.key].needs or match.key in present) and match.key not in barred
        ]
        marks: dict[Mark, list[Match[Mark]]] = {}
        for match in self._marks.find(words, *span):
            marks.setdefault(match.key, []).append(match)
        return Sentence(*span, {kind: keep_longest(found) for kind, found in marks.items()}, tuple(cues))


def _veil_days(words: list[str]) -> list[str]:
    """Return the words with "on Sunday" as quotation marks, which no phrase minds: "called on Sunday for"."""
    veiled = list(words)
    for index, word in enumerate(words):
        if word in WEEKDAYS:
            is_on = index > 0 and words[index - 1] == "on"
            is_part = index + 1 < len(words) and words[index + 1] in _PARTS_OF_DAY
            veiled[index - is_on : index + 1 + is_part] = ['"'] * (1 + is_on + is_part)
    return veiled


def _name_group(attribution: Attribution, groups: Sequence[ActorMention]) -> Attribution:
    """Return the attribution with the group's members as speakers, where nobody else was found for its source."""
    if attribution.speakers or attribution.source is None:
        return attribution
    start, end = attribution.source
    members = tuple(member.actor_id for member in groups if start <= member.start and member.end <= end)
    return replace(attribution, speakers=members, via=Via.DESCRIPTION) if members else attribution


def _keep_longest_per_key(matches: Iterable[Match[int]]) -> list[Match[int]]:
    groups: dict[int, list[Match[int]]] = {}
    for match in matches:
        groups.setdefault(match.key, []).append(match)
    kept = [match for group in groups.values() for match in keep_longest(group)]
    return sorted(kept, key=lambda match: (match.start, match.end, match.key))
