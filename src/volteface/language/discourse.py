"""What a pronoun or a bare description can mean: who spoke or acted just before. Unclear means nobody."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass

from volteface.config.actors import ActorKind
from volteface.language.annotations import ActorMention, Via
from volteface.language.candidates import NO_PERSON
from volteface.language.cast import build_cast
from volteface.language.cues import CueTable
from volteface.language.grammar import is_adverb, is_verb_like
from volteface.language.layout import Layout
from volteface.language.lexicon import ANONYMOUS_NOUNS, PREPOSITIONS, TITLES, words
from volteface.language.roster import Roster
from volteface.language.salience import Salience

_MEMORY = 60  # voices; two paragraphs never hold more
_GROUP_NOUNS = {
    "group": (ActorKind.ARMED_GROUP, ActorKind.ORGANIZATION, ActorKind.PARTY),
    "movement": (ActorKind.ARMED_GROUP, ActorKind.PARTY),
    "organization": (ActorKind.ORGANIZATION, ActorKind.IGO),
    "organisation": (ActorKind.ORGANIZATION, ActorKind.IGO),
    "agency": (ActorKind.ORGANIZATION, ActorKind.IGO),
    "party": (ActorKind.PARTY,),
    "government": (ActorKind.GOVERNMENT,),
    "administration": (ActorKind.GOVERNMENT,),
}
_WORDED = words(
    "ministry office army military department council court bloc embassy statement union association foundation centre"
    " center society charity committee federation coalition network"
)
_PEOPLE = (
    TITLES
    | ANONYMOUS_NOUNS
    | words(
        "who man woman mother father son daughter brother sister wife husband friend neighbour neighbor boy girl young old"
        " year-old mp lawmaker businessman teacher driver soldier farmer worker owner player"
    )
)


def _is_somebody(text: str) -> bool:
    """Tell whether an unresolved source may be one person: a name at its end, or a word for a person; no outlet or thing."""
    core = text.partition(",")[0].partition("(")[0].split()
    if not core or core[-1].lower() in NO_PERSON:
        return False
    is_name = core[-1][:1].isupper() and not core[-1].isupper()
    return is_name or not _PEOPLE.isdisjoint(word.lower() for word in text.replace(",", " ").split())


def _is_body(text: str) -> bool:
    """Tell whether the name of somebody unknown is a body's: "the Example Workers Union"."""
    core = text.partition(",")[0].partition("(")[0].split()
    return bool(core) and core[-1].lower() in NO_PERSON


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who spoke or acted. ``actor_id`` is None where the text is plain but the rules do not know who."""

    at: int
    actor_id: str | None
    is_person: bool
    via: Via | None
    text: str
    is_speaker: bool


def acts(layout: Layout, mention: ActorMention, cues: CueTable) -> bool:
    """Tell whether somebody mentioned does something: a verb follows and no preposition stands before it."""
    if layout.quote_of[mention.start] >= 0:
        return False
    if mention.start and layout.lowers[mention.start - 1] in PREPOSITIONS:
        return False
    at = mention.end
    while at < len(layout.texts) and is_adverb(layout, at):
        at += 1
    if at >= len(layout.texts):
        return False
    return is_verb_like(layout, at) or cues.match(layout.lowers, at) is not None


class Discourse:
    """Remembers voices in text order and answers whom a pronoun or "the group" means."""

    def __init__(self, layout: Layout, roster: Roster, subjects: Sequence[ActorMention]) -> None:
        self._layout = layout
        self._roster = roster
        self._voices: list[Voice] = [self._voice_of(mention, is_speaker=False) for mention in subjects]
        self._voices.sort(key=lambda voice: voice.at)
        self.cast = build_cast(layout, layout.doc._.actor_mentions, roster)
        self._salience = Salience(layout, self.cast)

    def add_speaker(self, at: int, actor_ids: Sequence[str], via: Via | None, text: str) -> None:
        """Remember the source of an attribution; a source that nobody could resolve counts as somebody."""
        for actor_id in actor_ids or (None,):
            actor = self._roster.get(actor_id) if actor_id else None
            is_unknown = actor is None and actor_id is not None and actor_id.startswith("other:")
            is_person = _is_somebody(text) if actor_id is None else is_unknown and not _is_body(text)
            is_person = is_person or via is Via.SPOKESPERSON
            is_person = is_person or (actor is not None and actor.kind is ActorKind.PERSON)
            voice = Voice(at, actor_id, is_person, via, text, is_speaker=True)
            insort(self._voices, voice, key=lambda each: each.at)

    def recall_salient(self, at: int) -> str | None:
        """Return the actor that "he" or "she" at a token means."""
        person = self._salience.find_meant(at)
        return person.actor_id if person else None

    def recall_body(self, noun: str, at: int) -> Voice | None:
        """Return whom "the group" or "the ministry" means: the last voice of that sort, if only one is near."""
        recent = [voice for voice in self._list_recent(at) if voice.actor_id]
        if noun in _GROUP_NOUNS:
            kinds = _GROUP_NOUNS[noun]
            fitting = [voice for voice in recent if self._kind_of(voice) in kinds]
        elif noun in _WORDED:
            fitting = [voice for voice in recent if noun in voice.text.lower().split()]
        else:
            return None
        return fitting[-1] if len({voice.actor_id for voice in fitting}) == 1 else None

    def recall_unnamed(self, at: int) -> Voice | None:
        """Return whom "the official" or "the sources" means: the last unnamed voice, if only one is near."""
        fitting = [voice for voice in self._list_recent(at) if voice.via is Via.ANONYMOUS and voice.actor_id]
        return fitting[-1] if len({voice.actor_id for voice in fitting}) == 1 else None

    def recall_spokesperson(self, at: int) -> Voice | None:
        """Return the body for which "the spokesman" speaks."""
        fitting = [voice for voice in self._list_recent(at) if voice.via is Via.SPOKESPERSON]
        return fitting[-1] if len({voice.actor_id for voice in fitting}) == 1 else None

    def recall_bodies(self, pronoun: str, at: int) -> tuple[str, ...]:
        """Return for "it" and "they" the last speaker of this and the last sentence, for "it" else the one subject there.

        Who spoke together is meant by "they" together, and never by "it"; no person is meant.
        """
        sentence = self._layout.sentence_of[at]
        near = [voice for voice in self._list_recent(at) if sentence - self._layout.sentence_of[voice.at] <= 1]
        speakers = [voice for voice in near if voice.is_speaker]
        if speakers:
            last = [voice for voice in speakers if voice.at == speakers[-1].at]
        else:
            last = near[-1:] if pronoun == "it" and len({voice.actor_id for voice in near}) == 1 else []
        is_one_too_many = pronoun == "it" and len(last) > 1
        ids = tuple(voice.actor_id for voice in last if voice.actor_id and not voice.is_person)
        return ids if len(ids) == len(last) and not is_one_too_many else ()

    def _list_recent(self, at: int) -> list[Voice]:
        paragraph = self._layout.paragraph_of[at]
        end = bisect_left(self._voices, at, key=lambda voice: voice.at)
        recent = self._voices[max(0, end - _MEMORY) : end]
        return [voice for voice in recent if paragraph - self._layout.paragraph_of[voice.at] <= 1]

    def _kind_of(self, voice: Voice) -> ActorKind | None:
        actor = self._roster.get(voice.actor_id) if voice.actor_id else None
        return actor.kind if actor else None

    def _voice_of(self, mention: ActorMention, *, is_speaker: bool) -> Voice:
        actor = self._roster.get(mention.actor_id)
        is_person = mention.via is Via.CANDIDATE or (actor is not None and actor.kind is ActorKind.PERSON)
        is_person = is_person or mention.via is Via.SPOKESPERSON or mention.actor_id.startswith("other:")
        text = self._layout.text(mention.start, mention.end)
        return Voice(mention.start, mention.actor_id, is_person, mention.via, text, is_speaker=is_speaker)
