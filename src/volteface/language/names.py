"""Find the configured names of actors in a Doc: one phrase matcher over all of them, longest match first.

Phrases only: token patterns take forty times as long. Every phrase is looked for with both kinds of apostrophe and,
where it has one, with and without full stops ("U.S.", "US").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from volteface.config.actors import Actor, ActorKind
from volteface.language.lexicon import words

_INSTITUTIONS = words(
    "government administration ministry office cabinet house department council state states authorities embassy"
    " authority presidency command army military forces"
) - {"state", "states"}


class NameKind(StrEnum):
    """What a name is to its actor; in the order in which one wins over another for the same words."""

    ALIAS = "alias"
    OFFICE = "office"
    SPOKESPERSON = "spokesperson"
    COUNTRY = "country"  # a government by the name of its country
    METONYM = "metonym"
    DEMONYM = "demonym"
    OTHER = "other"  # words that hold a name and mean something else ("Times of Israel"): taken, never a hit


@dataclass(frozen=True, slots=True)
class NameHit:
    """One configured name in the text; tokens, end exclusive."""

    start: int
    end: int
    actor: Actor
    kind: NameKind


class NameTable:
    """All names of all actors. The first actor that claims a name has it; the configuration refuses two."""

    def __init__(self, nlp: Language, actors: Iterable[Actor]) -> None:
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._meaning: dict[int, tuple[Actor, NameKind]] = {}
        claimed: set[str] = set()
        entries = sorted(_list_names(actors), key=lambda entry: list(NameKind).index(entry[2]))
        for phrase, actor, kind in entries:
            for form in _list_forms(phrase):
                if form in claimed:
                    continue
                claimed.add(form)
                key = f"{kind}:{actor.id}"
                self._matcher.add(key, [nlp.make_doc(form)])
                self._meaning[nlp.vocab.strings[key]] = (actor, kind)

    def find(self, doc: Doc) -> list[NameHit]:
        """Return the names in text order; of overlapping ones the longest, then the first."""
        matches = sorted(self._matcher(doc), key=lambda match: (match[1] - match[2], match[1]))
        taken = bytearray(len(doc))
        hits = []
        for key, start, end in matches:
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                actor, kind = self._meaning[key]
                if kind is not NameKind.OTHER:
                    hits.append(NameHit(start, end, actor, kind))
        return sorted(hits, key=lambda hit: hit.start)


def _list_names(actors: Iterable[Actor]) -> Iterator[tuple[str, Actor, NameKind]]:
    for actor in actors:
        for alias in (*actor.aliases, *([actor.name] if actor.kind is ActorKind.PERSON else [])):
            yield alias, actor, NameKind.COUNTRY if _is_country(actor, alias) else NameKind.ALIAS
        for kind, names in (
            (NameKind.OFFICE, actor.offices),
            (NameKind.METONYM, actor.metonyms),
            (NameKind.SPOKESPERSON, actor.spokespersons),
            (NameKind.DEMONYM, actor.demonyms),
            (NameKind.OTHER, actor.not_names),
        ):
            for name in names:
                yield name, actor, kind


def _is_country(actor: Actor, alias: str) -> bool:
    """As in "Israel" may be a place; "the Israeli government" and "the Houthis" cannot."""
    if actor.kind is not ActorKind.GOVERNMENT:
        return False
    return not any(word in _INSTITUTIONS for word in alias.lower().split())


def _list_forms(phrase: str) -> Iterator[str]:
    """Yield the ways in which a name is written: without its article, apostrophes, full stops."""
    bare = phrase.removeprefix("the ").removeprefix("The ")
    dotted = {bare, bare.replace("U.S.", "US"), bare.replace("U.N.", "UN"), bare.replace("U.K.", "UK")}
    for form in dotted:
        yield form
        yield form.replace("'", "’")
        yield form.replace("’", "'")
