"""Ask who a phrase of a text means, outside of the attribution component: for measures and for looking closely."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from volteface.config.actors import Actor
from volteface.config.cues import Cue
from volteface.language.annotations import Interval, Via
from volteface.language.cues import CueTable
from volteface.language.discourse import Discourse, acts
from volteface.language.layout import lay_out
from volteface.language.roster import Roster
from volteface.language.speakers import Speakers, resolve_source


class Hearing:
    """Resolves sources of one Doc that carries mentions, in text order; each is remembered for the next."""

    def __init__(self, doc: Doc, actors: Iterable[Actor], cues: Iterable[Cue]) -> None:
        self._layout = lay_out(doc)
        self._mentions = tuple(one for one in doc._.actor_mentions if one.via is not Via.PRONOUN)
        table = CueTable(cues)
        subjects = [one for one in self._mentions if acts(self._layout, one, table)]
        self._discourse = Discourse(self._layout, Roster(actors), subjects)

    def hear(self, source: Interval) -> Speakers:
        """Return whom the words of an interval mean as the source of an attribution."""
        speakers = resolve_source(self._layout, source, self._mentions, self._discourse)
        self._discourse.add_speaker(source[0], speakers.actor_ids, speakers.via, self._layout.text(*source))
        return speakers

    def find_naming(self, actor_id: str, source: Interval) -> Interval | None:
        """Return where the text names an actor last before a source; else where it first does; None where nowhere."""
        named = [(n.start, n.end) for n, person in self._discourse.cast.namings if person.actor_id == actor_id]
        named = named or [(one.start, one.end) for one in self._mentions if one.actor_id == actor_id]
        named.sort()
        before = [one for one in named if one[1] <= source[0]]
        return before[-1] if before else next(iter(named), None)
