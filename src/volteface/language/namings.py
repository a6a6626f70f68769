"""Where a text names people: what is configured, what a trained model calls a person, and what titles and first names show.

One naming is one place; who of them is the same person is said in ``cast.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from volteface.language.annotations import ActorMention, Interval, Via
from volteface.language.candidates import NO_PERSON
from volteface.language.first_names import HE_NAMES, SHE_NAMES
from volteface.language.grammar import is_possessive
from volteface.language.layout import Layout
from volteface.language.lexicon import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    MONTHS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TITLES,
    WEEKDAYS,
    words,
)
from volteface.language.people import PARTICLES, find_full_name
from volteface.language.roster import Roster

PERSON_LABELS = frozenset(("PERSON", "PER"))
PERSON_TITLES = words(
    "mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady dame sen sen. senator rep rep. congressman congresswoman gov gov."
    " governor gen gen. general col col. colonel capt capt. captain lt lt. lieutenant maj major sgt sergeant adm adm."
    " admiral king queen prince princess emperor empress sheikh ayatollah president chancellor premier minister secretary"
    " ambassador justice judge professor prof prof. rabbi imam pope cardinal bishop archbishop mayor sheriff detective"
    " inspector commissioner spokesman spokeswoman spokesperson coach director chairman chairwoman madam madame saint"
)
_RISKY = words("will grant mark christian max bill chase may rose crystal april grace jack frank victor art bob an van")
_FUNCTION_WORDS = (
    AUXILIARIES | CONJUNCTIONS | DETERMINERS | PREPOSITIONS | SUBJECT_PRONOUNS | SUBORDINATORS
    | words("uh um oh")
) - {"will", "may"}  # fmt: skip
_LONGEST = 6
_AROUND = 6  # tokens


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where somebody is named: ``start`` to ``end`` with titles, ``name`` without.

    ``actor_id`` is what is known already; None where only the name is known. ``is_sure`` is False for a single word
    that nothing but the model holds for a person.
    """

    start: int
    end: int
    name: Interval
    actor_id: str | None
    is_sure: bool = True


def find_namings(layout: Layout, mentions: Sequence[ActorMention], roster: Roster) -> list[Naming]:
    """Return the namings in text order, without overlaps. ``mentions``: those of the actor component."""
    taken: set[int] = {i for one in mentions for i in range(one.start, one.end)}
    found = [naming for one in mentions if (naming := _read_mention(layout, one, roster)) is not None]
    voices = {one.end: one.actor_id for one in mentions if one.via is Via.SPOKESPERSON}
    for name in (*_list_entities(layout), *_list_titled(layout), *_list_by_first_name(layout)):
        naming = _read_name(layout, name, taken)
        if naming is not None:
            is_apposed = naming.start > 0 and layout.texts[naming.start - 1] == ","  # "its spokesman, Name"
            body = voices.get(naming.start - 1) if is_apposed else None
            found.append(replace(naming, actor_id=body) if body else naming)
            taken.update(range(naming.start, naming.end))
    found.sort(key=lambda one: one.start)
    return [*found, *_list_later(layout, found, taken)]


def is_person_mention(mention: ActorMention, roster: Roster) -> bool:
    """Tell whether a mention is of a person, by name, office or description."""
    if mention.via in (Via.ANONYMOUS, Via.PRONOUN):
        return False
    actor = roster.get(mention.actor_id.removeprefix("other:"))
    return actor.kind == "person" if actor is not None else mention.actor_id.startswith("other:")


def _read_mention(layout: Layout, mention: ActorMention, roster: Roster) -> Naming | None:
    """Return the naming of a person that a mention is; of a body's named voice, the naming of that voice."""
    start, end = mention.start, mention.end
    if not is_person_mention(mention, roster):
        if mention.via not in (Via.SPOKESPERSON, Via.SHORT_FORM):
            return None
        full = find_full_name(layout, end, start) or ((end - 1, end) if mention.via is Via.SHORT_FORM else None)
        return Naming(start, end, full, mention.actor_id) if full else None
    while start < end - 1 and (layout.lowers[start] in TITLES or layout.texts[start].islower()):
        start += 1
    return Naming(mention.start, end, (start, end), mention.actor_id)


def _list_entities(layout: Layout) -> Iterator[Interval]:
    """Yield what a trained model calls a person, cut at "and"."""
    for entity in layout.doc.ents:
        if entity.label_ not in PERSON_LABELS:
            continue
        start = entity.start
        for index in range(entity.start, entity.end + 1):
            if index == entity.end or layout.lowers[index] in ("and", "&", ","):
                if start < index:
                    yield start, index
                start = index + 1


def _list_titled(layout: Layout) -> Iterator[Interval]:
    """Yield "Example" of "Mr. Example", "Ann Example" of "Professor Ann Example"."""
    for index in range(len(layout.texts) - 1):
        if layout.lowers[index] in PERSON_TITLES and layout.texts[index][:1].isupper():
            end = _run_end(layout, index + 1)
            if end > index + 1:
                yield index + 1, end


def _list_by_first_name(layout: Layout) -> Iterator[Interval]:
    """Yield full names that begin with a known first name."""
    for index, lower in enumerate(layout.lowers):
        if lower not in HE_NAMES and lower not in SHE_NAMES:
            continue
        opens = index == layout.sentences[layout.sentence_of[index]][0]
        end = _run_end(layout, index)
        if end > index + 1 and not (opens and lower in _RISKY):
            yield index, end


def _run_end(layout: Layout, start: int) -> int:
    """Return the end of the run of capitalised words, initials and particles that begins here, in one line."""
    end, last = start, start
    sentence = layout.sentence_of[start]
    while end < len(layout.texts) and end - start < _LONGEST and layout.sentence_of[end] == sentence:
        text = layout.texts[end]
        if text[:1].isupper() and (text[-1].isalpha() or (text.endswith(".") and len(text) == 2)):  # noqa: PLR2004 -- "J."
            last = end + 1
        elif not (end > start and (text in ("-", ".") or layout.lowers[end] in PARTICLES)):
            break
        if text == "." and len(layout.texts[end - 1]) > 1:
            break
        end += 1
    return last


def _read_name(layout: Layout, found: Interval, taken: set[int]) -> Naming | None:
    """Return the naming of a run of words, or None where it cannot be a person's name."""
    start, end = found
    start, end = _trim(layout, start, end)
    if start >= end or end - start > _LONGEST or any(i in taken for i in range(start, end)):
        return None
    names = [i for i in range(start, end) if layout.texts[i][:1].isupper()]
    is_known = layout.lowers[start] in HE_NAMES or layout.lowers[start] in SHE_NAMES
    if any(_is_no_name(layout, index, is_last=is_known and index == names[-1]) for index in range(start, end)):
        return None
    first = start
    floor = layout.sentences[layout.sentence_of[start]][0]
    while first > floor and layout.lowers[first - 1] in TITLES and first - 1 not in taken:
        first -= 1
    is_titled = first < start and layout.lowers[start - 1] in PERSON_TITLES
    if len(names) == 1 and not is_titled and _is_group(layout, start):
        return None
    return Naming(first, end, (start, end), None, len(names) > 1 or is_titled or is_known)


def _trim(layout: Layout, start: int, end: int) -> Interval:
    """Drop titles, what stands in lower case before a name, verbs that open the sentence, 's and degrees after it."""
    while start < end and (
        layout.lowers[start] in TITLES or not layout.texts[start][:1].isupper() or _is_opening_verb(layout, start)
    ):
        start += 1
    while end > start and (
        is_possessive(layout, end - 1)
        or not layout.texts[end - 1][-1].isalnum()
        or (end - start > 2 and layout.texts[end - 1].isupper() and len(layout.texts[end - 1]) > 1)  # noqa: PLR2004 -- a name
    ):
        end -= 1
    return start, end


def _is_group(layout: Layout, index: int) -> bool:
    """As in "the Examples", "most Thais": a single word after an article, or a plural, is no one person's name."""
    before = layout.lowers[index - 1] if index else ""
    is_plural = layout.is_tagged and "Plur" in layout.doc[index].morph.get("Number", [])
    return is_plural or before in DETERMINERS


def _is_opening_verb(layout: Layout, index: int) -> bool:
    """As in "Describe Example's view": the model's tag, where there is one, tells it from a name."""
    return layout.is_tagged and layout.doc[index].pos_ in ("VERB", "AUX", "SCONJ", "ADV", "INTJ", "DET", "PRON")


def _is_no_name(layout: Layout, index: int, *, is_last: bool) -> bool:
    """Tell whether a word is part of no person's name. ``is_last``: it is the last one after a known first name."""
    text, lower = layout.texts[index], layout.lowers[index]
    if text[:1].islower():
        return lower not in PARTICLES and not is_possessive(layout, index)
    is_acronym = text.isupper() and len(text.strip(".")) > 2 and "." not in text  # noqa: PLR2004 -- "J.", "AJ"
    is_word = (lower in NO_PERSON and not is_last) or lower in _FUNCTION_WORDS or lower in WEEKDAYS
    return (
        is_word or (lower in MONTHS and lower not in ("may", "jan")) or (is_acronym and not _is_shouted(layout, index))
    )


def _is_shouted(layout: Layout, index: int) -> bool:
    """Tell whether the words around are in capitals too: then they tell nothing."""
    around = [text for text in layout.texts[max(0, index - _AROUND) : index + _AROUND] if text.isalpha()]
    return all(text.isupper() for text in around)


def _list_later(layout: Layout, found: Iterable[Naming], taken: set[int]) -> Iterator[Naming]:
    """Yield single words that are a surname of a full name found before them."""
    surnames: dict[str, int] = {}
    for one in found:
        start, end = one.name
        full = find_full_name(layout, end, start)
        if full is not None:
            surnames.setdefault(layout.texts[end - 1], one.start)
    for index, text in enumerate(layout.texts):
        if index not in taken and surnames.get(text, index) < index and len(text) > 2:  # noqa: PLR2004 -- initials
            yield Naming(index, index + 1, (index, index + 1), None, is_sure=True)
