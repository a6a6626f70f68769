"""Who speaks in a text though nobody configured them: people and bodies, with the words that introduce them.

A list for the person who keeps actors.yml. What is not clearly a name is left out: "critics of X" is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from volteface.config.actors import Actor
from volteface.language.annotations import Attribution
from volteface.language.candidates import NO_PERSON
from volteface.language.introductions import find_introduction, is_reporter
from volteface.language.known_names import KnownNames
from volteface.language.named_sources import find_named_source, judge_label
from volteface.language.roster import candidate_id
from volteface.language.statements import Place
from volteface.models import CandidateActor, CandidateKind

_PREFIX = "other:"
_NO_NAME = re.compile(r"^(?:[a-z-]{4,} )+(?=[A-Z])")  # "supermodel Ann Example"
_MAX_SPEAKERS = 100  # of one text; one that names more is a list of names
_Named = tuple[str, CandidateKind]


class NewcomerFinder:
    """Finds the newcomers of one Doc after the other. Holds the configured names; keeps nothing of a text."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._known = KnownNames(actors)

    def find(self, place: Place) -> tuple[CandidateActor, ...]:
        """Return who speaks in a passage's text and is not configured, in order of first speech. Needs attributions.

        Up to a hundred of them.
        """
        text = place.doc.text
        found: dict[str, CandidateActor] = {}
        heard: dict[str, _Named | None] = {}
        for one in place.doc._.attributions:
            for name, kind in _list_speakers(place.doc, text, one, heard):
                candidate = candidate_id(name)
                if candidate in found:
                    count = found[candidate].speech_count + 1
                    found[candidate] = replace(found[candidate], speech_count=count)
                elif len(found) < _MAX_SPEAKERS and not self._known.holds(name, candidate):
                    found[candidate] = _introduce(place, text, name, kind, one)
        return tuple(found.values())


def _list_speakers(doc: Doc, text: str, one: Attribution, heard: dict[str, _Named | None]) -> Iterator[_Named]:
    """Yield the names of an attribution's speakers, of ids and of a source that is none. ``heard``: by id, what was found."""
    for speaker in one.speakers:
        if speaker.startswith(_PREFIX) and speaker not in heard and len(heard) < _MAX_SPEAKERS:
            heard[speaker] = _find_named(doc, text, speaker)
        named = heard.get(speaker)
        if named is not None:
            yield named
    if not one.speakers and one.source is not None:
        source = find_named_source(doc, one.source)
        if source is not None:
            (start, end), kind = source
            yield doc[start:end].text, kind


def _find_named(doc: Doc, text: str, speaker: str) -> _Named | None:
    """Return the name behind ``other:some-name`` as the text writes it, and what it names."""
    spelling = r"[^\w]+".join(map(re.escape, speaker.removeprefix(_PREFIX).split("-")))
    match = re.search(rf"(?<!\w){spelling}(?!\w)", text, re.IGNORECASE)
    if match is None:
        return None
    name = _NO_NAME.sub("", " ".join(match[0].split()))
    if is_reporter(text, name):
        return name, CandidateKind.OUTLET
    span = doc.char_span(match.end() - 1, match.end(), alignment_mode="expand")
    label = span.root.ent_type_ if span is not None else ""
    kind = judge_label(label) if label else _judge_unlabelled(name)
    return (name, kind) if kind else None


def _judge_unlabelled(name: str) -> CandidateKind:
    is_body = not NO_PERSON.isdisjoint(name.lower().split())
    return CandidateKind.BODY if is_body else CandidateKind.PERSON


def _introduce(place: Place, text: str, name: str, kind: CandidateKind, one: Attribution) -> CandidateActor:
    """Return a newcomer with the sentence of its first speech and the words around its first naming."""
    at = one.cue or one.source or one.contents[0]
    sentence = place.doc[at[0]].sent
    context, start, end = place.locate((sentence.start, sentence.end))
    introduction = [place.locate(interval)[0] for interval in find_introduction(place.doc, text, name)]
    return CandidateActor(
        version_id=place.passage.version_id,
        model_version=place.model_version,
        candidate_id=candidate_id(name),
        name=name,
        kind=kind,
        introduced_as="; ".join(introduction) or None,
        speech_count=1,
        context=context,
        context_start=start,
        context_end=end,
    )
