"""What a pronoun or a bare description can mean: who spoke or acted just before. Unclear means nobody."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass

from volteface.config.actors import ActorKind
from volteface.language.annotations import ActorMention, Via
from volteface.language.candidates import NO_PERSON
from volteface.language.layout import Layout
from volteface.language.lexicon import ANONYMOUS_NOUNS, TITLES, words
from volteface.language.roster import Roster

_MEMORY = 60  # voices; two paragraphs never hold more
_GENDERS = {"he": "he", "she": "she"}
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
_WORDED = words("ministry office army military department council court bloc embassy statement")
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


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who spoke or acted. ``actor_id`` is None where the text is plain but the rules do not know who."""

    at: int
    actor_id: str | None
    gender: str | None
    is_person: bool
    via: Via | None
    text: str
    is_speaker: bool


class Discourse:
    """Remembers voices in text order and answers whom a pronoun or "the group" means."""

    def __init__(self, layout: Layout, roster: Roster, subjects: Sequence[ActorMention]) -> None:
        self._layout = layout
        self._roster = roster
        self._voices: list[Voice] = [self._voice_of(mention, is_speaker=False) for mention in subjects]
        self._voices.sort(key=lambda voice: voice.at)

    def add_speaker(self, at: int, actor_ids: Sequence[str], via: Via | None, text: str) -> None:
        """Remember the source of an attribution; a source that nobody could resolve counts as somebody."""
        for actor_id in actor_ids or (None,):
            actor = self._roster.get(actor_id) if actor_id else None
            is_person = _is_somebody(text) if actor_id is None else actor_id.startswith("other:")
            is_person = is_person or via is Via.SPOKESPERSON
            is_person = is_person or (actor is not None and actor.kind is ActorKind.PERSON)
            gender = actor.gender if actor and via is not Via.SPOKESPERSON else None
            voice = Voice(at, actor_id, gender, is_person, via, text, is_speaker=True)
            insort(self._voices, voice, key=lambda each: each.at)

    def recall_person(self, pronoun: str, at: int) -> Voice | None:
        """Return whom "he" or "she" means at a token: the one fitting person of this and the last paragraph.

        Of several, the one of the sentence just before, if only one is there.
        """
        gender = _GENDERS.get(pronoun)
        fitting = [
            voice for voice in self._list_recent(at) if voice.is_person and gender and voice.gender in (gender, None)
        ]
        if len({voice.actor_id for voice in fitting}) == 1:
            return fitting[-1] if fitting[-1].actor_id else None
        nearest = self._layout.sentence_of[fitting[-1].at] if fitting else -1
        near = [voice for voice in fitting if self._layout.sentence_of[voice.at] == nearest and voice.is_speaker]
        is_close = bool(near) and self._layout.sentence_of[at] - nearest <= 1
        is_one = is_close and len({voice.actor_id for voice in near}) == 1
        return near[-1] if is_one and near[-1].actor_id else None

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

    def recall_last(self, pronoun: str, at: int) -> Voice | None:
        """Return for "it" and "they" the last speaker of this and the last sentence, for "it" else the one subject there."""
        sentence = self._layout.sentence_of[at]
        near = [voice for voice in self._list_recent(at) if sentence - self._layout.sentence_of[voice.at] <= 1]
        speakers = [voice for voice in near if voice.is_speaker]
        if speakers:
            return speakers[-1]
        is_plain = pronoun == "it" and len({voice.actor_id for voice in near}) == 1
        return near[-1] if is_plain else None

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
        gender = actor.gender if actor and mention.via is not Via.SPOKESPERSON else None
        text = self._layout.text(mention.start, mention.end)
        return Voice(mention.start, mention.actor_id, gender, is_person, mention.via, text, is_speaker=is_speaker)
