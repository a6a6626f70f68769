"""The people of one text: who is named in it, under which names, with which titles; and who is only described.

Full names make people, later single names find them. A single name that two people bear is nobody's. Whoever is not
configured gets an id of the name, ``other:ann-example``: people are learned from the text itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from volteface.language.annotations import ActorMention, Interval
from volteface.language.gender import judge_first_name, judge_words
from volteface.language.grammar import is_possessive
from volteface.language.layout import Layout
from volteface.language.lexicon import PREPOSITIONS, TITLES, words
from volteface.language.namings import Naming, find_namings
from volteface.language.roster import Roster, candidate_id

_SUFFIXES = words("jr jr. sr sr. ii iii iv qc sc mp phd md")
_REACH = 9  # tokens of a description beside a name
_SHADES = words("prime vice deputy former ex assistant acting late first retired")
_SHORTEST_NEAR = 5  # letters; "Kristin" and "Kristen" are one, "Jan" and "Jon" are not
_MANY = 8  # bearers of one name; more are not told apart
_APART = 3  # sentences for which a namesake stays near
_BE = words("is was 's became remains")


@dataclass(slots=True, eq=False)
class Person:
    """Somebody named. ``words``: what titles and descriptions call the person, lower case."""

    actor_id: str
    names: tuple[str, ...]
    gender: str | None = None
    words: set[str] = field(default_factory=set)
    namings: list[Naming] = field(default_factory=list)


class Cast:
    """The people of a text, by where they are named."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.people = people
        self.namings = sorted(((n, p) for p in people for n in p.namings), key=lambda pair: pair[0].start)
        self._by_token = {i: (n, p) for n, p in self.namings for i in range(n.start, n.end)}

    def find_at(self, token: int) -> Person | None:
        """Return who is named by a token."""
        found = self._by_token.get(token)
        return found[1] if found else None

    def find_opening(self, token: int) -> tuple[Naming, Person] | None:
        """Return who is named from a token on, with the place."""
        found = self._by_token.get(token)
        return found if found and found[0].start == token else None

    def find_ending(self, token: int) -> tuple[Naming, Person] | None:
        """Return who is named up to a token, exclusive, with the place."""
        found = self._by_token.get(token - 1)
        return found if found and found[0].end == token else None

    def find_described(self, lowers: Sequence[str], at: int) -> Person | None:
        """Return whom "the professor" means: the one named before whom all these words describe.

        Nobody where several fit, and never the prime minister for "the minister".
        """
        wanted = frozenset(lowers)
        fitting = [p for p in self.people if p.words >= wanted and p.namings[0].start < at]
        if len(fitting) != 1 or fitting[0].words & _SHADES - wanted:
            return None
        return fitting[0]


def build_cast(layout: Layout, mentions: Sequence[ActorMention], roster: Roster) -> Cast:
    """Return the people of a text. ``mentions``: those of the actor component, in text order."""
    builder = _Builder(layout, roster)
    single = [naming for naming in find_namings(layout, mentions, roster) if not builder.take_full(naming)]
    for naming in single:
        builder.take_single(naming)
    return Cast([_settle(layout, person) for person in builder.people])


class _Builder:
    """Collects the people of one text: full names first, then the single words that are part of one."""

    def __init__(self, layout: Layout, roster: Roster) -> None:
        self.people: list[Person] = []
        self._layout = layout
        self._roster = roster
        self._by_id: dict[str, list[Person]] = {}
        self._by_name: dict[str, list[Person]] = {}

    def take_full(self, naming: Naming) -> bool:
        """Add a naming of a known id or of several words; False for a single word."""
        names = _list_names(self._layout, naming.name)
        known = self._find_known(naming, names)
        if known is None and naming.actor_id is None and len(names) == 1:
            return False
        if known is None:
            known = self._make(naming.actor_id or candidate_id(self._layout.text(*naming.name)))
        self._add(known, naming, names)
        return True

    def take_single(self, naming: Naming) -> None:
        """Give a single name to the one who bears it; to somebody new where nobody does; else to nobody."""
        names = _list_names(self._layout, naming.name)
        if len(names) != 1:
            return
        known = self._by_name.get(names[0], [])
        bearers = [person for person in known if person.names[-1] == names[0]] or known
        titled = judge_words(self._layout.lowers[naming.start : naming.name[0]])
        if titled and len(bearers) > 1:
            bearers = [person for person in bearers if _guess_gender(self._layout, person) == titled]
        if len(bearers) > 1:
            main = _find_main(self._layout, bearers, naming)
            bearers = [main] if main else []
        if bearers:
            self._add(bearers[0], naming, names)
        elif not known:
            self._add(self._make(candidate_id(self._layout.text(*naming.name))), naming, names)

    def _make(self, actor_id: str) -> Person:
        person = Person(actor_id, (), self._roster.find_gender(actor_id))
        self.people.append(person)
        self._by_id.setdefault(actor_id, []).append(person)
        return person

    def _find_known(self, naming: Naming, names: tuple[str, ...]) -> Person | None:
        """Return the person of a known id, or the one whose first and last name these are."""
        is_full = len(names) > 1
        if is_full:
            namesakes = (one for one in self._by_name.get(names[-1], ())[:_MANY] if len(one.names) > 1)
            same = next((one for one in namesakes if _is_variant(one.names, names)), None)
            if same is not None:
                return same
        is_voice = naming.actor_id is not None and not naming.actor_id.startswith("other:")
        for person in self._by_id.get(naming.actor_id or "", ()):
            if not (is_voice and is_full and person.names and person.names[-1] != names[-1]):
                return person
        return None

    def _add(self, person: Person, naming: Naming, names: tuple[str, ...]) -> None:
        layout = self._layout
        person.namings.append(naming)
        person.words.update(layout.lowers[naming.start : naming.name[0]])
        person.words.update(_list_beside(layout, naming))
        if naming.start and layout.texts[naming.start - 1][:1].isupper():  # "Polish Foreign Minister ..."
            person.words.add(layout.lowers[naming.start - 1])
        if len(names) > len(person.names):
            person.names = names
            for name in names:
                bearers = self._by_name.setdefault(name, [])
                if person not in bearers[-_MANY:]:
                    bearers.append(person)


def _list_names(layout: Layout, name: Interval) -> tuple[str, ...]:
    """Return the words of a name in lower case, without initials, titles and suffixes."""
    found = []
    for index in range(*name):
        text, lower = layout.texts[index], layout.lowers[index]
        is_word = len(text.strip(".")) > 1 and text[:1].isupper() and not is_possessive(layout, index)
        if is_word and lower not in _SUFFIXES and lower not in TITLES:
            found.append(lower)
    return tuple(found)


def _is_variant(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two full names are one person's: same surname, and a first name spelt alike or nearly so."""
    first, second = one[0], other[0]
    if one[-1] != other[-1]:
        return False
    is_near = (
        len(first) == len(second) > _SHORTEST_NEAR and sum(a != b for a, b in zip(first, second, strict=True)) == 1
    )
    return first == second or is_near


def _find_main(layout: Layout, bearers: Sequence[Person], naming: Naming) -> Person | None:
    """Return the one named first and most of several who bear a name, where no other one was named just before."""
    if len(bearers) > _MANY:
        return None
    main = min(bearers, key=lambda one: min(each.start for each in one.namings))
    if any(len(one.namings) > len(main.namings) for one in bearers):
        return None
    here = layout.sentence_of[naming.start]
    near = (
        one for one in bearers if one is not main for each in one.namings
        if 0 <= here - layout.sentence_of[each.start] <= _APART
    )  # fmt: skip
    return main if next(near, None) is None and main.namings[0].start < naming.start else None


def _settle(layout: Layout, person: Person) -> Person:
    person.gender = person.gender or _guess_gender(layout, person)
    person.namings.sort(key=lambda one: one.start)
    return person


def _guess_gender(layout: Layout, person: Person) -> str | None:
    """Return what titles and words beside the name tell; else what the first name does."""
    titled = judge_words(
        layout.lowers[index] for one in person.namings for index in range(max(0, one.start - 1), one.name[0])
    )
    return titled or judge_words(person.words) or (judge_first_name(person.names[0]) if person.names else None)


def _list_beside(layout: Layout, naming: Naming) -> Iterator[str]:
    """Yield the words of "Name, a professor of", "Name is the head of": up to what hangs on the noun."""
    at = naming.end
    opener = layout.texts[at : at + 1]
    if not opener or (opener[0] not in (",", "(") and layout.lowers[at] not in _BE):
        return
    for index in range(at + 1, min(len(layout.texts), at + 1 + _REACH)):
        lower = layout.lowers[index]
        if lower in PREPOSITIONS or not layout.texts[index][0].isalpha() or lower in ("who", "whose", "which", "and"):
            return
        if index == at + 1 and lower not in ("a", "an", "the") and lower not in TITLES:
            return
        yield lower
