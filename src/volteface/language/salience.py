"""Whom "he" and "she" mean: the most salient fitting person named before, and nobody where two come near each other.

Every place where somebody is named, described or meant by a pronoun lends weight by its grammatical role; the weight
halves from sentence to sentence; the weights of one person add up. After Lappin and Leass 1994, "An algorithm for
pronominal anaphora resolution", whose weights these are but for the margin: without it something is always answered.
Somebody without a name ("his mother", "a doctor") is weighed too, and where such a one comes first, nobody is meant.
Works with a parser's roles, and without one by what stands beside the name.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Reversible
from dataclasses import dataclass

from spacy.tokens import Token

from volteface.language.cast import Cast, Person
from volteface.language.gender import HE_WORDS, PRONOUNS, SHE_WORDS, fits, judge_words
from volteface.language.grammar import is_adverb, is_possessive, is_verb_like
from volteface.language.layout import Layout
from volteface.language.lexicon import ANONYMOUS_NOUNS, PREPOSITIONS, words

RECENT, SUBJECT, OBJECT, OBLIQUE, INNER = 100.0, 80.0, 50.0, 40.0, 10.0
PARALLEL = 35.0  # for a subject, where the pronoun is one
DECAY = 0.4
QUOTED = 0.3  # what is named inside a quotation is less there for what stands outside of it
MARGIN = 1.6  # the first must weigh so many times what the second does
LEAST = 30.0
_COMPLEMENTS = frozenset(("obj", "ccomp", "xcomp"))
_HIGHEST = 12  # words to climb over in a parse
_WINDOW = 8  # sentences
_MEMORY = 40  # places
PEOPLE_NOUNS = (
    HE_WORDS | SHE_WORDS
    | words(
        "person teacher student researcher author scientist doctor nurse driver soldier farmer worker owner player"
        " reporter journalist witness resident victim suspect patient friend neighbour neighbor colleague writer"
        " lawyer judge officer leader activist child baby kid teenager singer professor poet plaintiff defendant"
        " customer analyst expert director manager candidate spokesperson mayor pilot artist lover partner"
    )
    | {noun for noun in ANONYMOUS_NOUNS if not noun.endswith("s")}
) - {"mr", "mr.", "ms", "ms.", "mrs", "mrs.", "sir", "miss", "count", "guy", "dame"}  # fmt: skip
_OPENERS = words("a an the his her their my your our this that another one its some any every each no")
_LONGEST = 4  # tokens of a description before its noun


@dataclass(slots=True, eq=False)
class _Weight:
    """Somebody's place in the text: a person named, or somebody described (``person`` None)."""

    at: int
    person: Person | None
    gender: str | None
    role: float


class Salience:
    """Answers for the pronouns of one text; computed once, in text order."""

    def __init__(self, layout: Layout, cast: Cast) -> None:
        self._layout = layout
        self._meant: dict[int, Person | None] = {}
        places = [*self._list_named(cast), *self._list_described(cast)]
        starts = deque(sorted(places, key=lambda one: one.at))
        seen: deque[_Weight] = deque(maxlen=_MEMORY)
        for index, lower in enumerate(layout.lowers):
            while starts and starts[0].at <= index:
                seen.append(starts.popleft())
            if lower in PRONOUNS:
                person = self._resolve(index, PRONOUNS[lower], seen)
                self._meant[index] = person
                role = self._find_role(index, index + 1)
                seen.append(_Weight(index, person, PRONOUNS[lower], role))  # who is not known is there all the same
                if person is not None:
                    person.gender = person.gender or PRONOUNS[lower]

    def find_meant(self, token: int) -> Person | None:
        """Return whom the pronoun at a token means, or None."""
        return self._meant.get(token)

    def _list_named(self, cast: Cast) -> list[_Weight]:
        return [_Weight(n.start, person, person.gender, self._find_role(n.start, n.end)) for n, person in cast.namings]

    def _list_described(self, cast: Cast) -> list[_Weight]:
        found = []
        for index, lower in enumerate(self._layout.lowers):
            if (
                lower not in PEOPLE_NOUNS
                or cast.find_at(index)
                or cast.find_at(min(index + 1, len(self._layout.texts) - 1))
            ):
                continue
            start = self._open(index)
            if start is None or self._is_apposed(cast, start, index):
                continue
            person = cast.find_described([lower], start) if self._layout.lowers[start] == "the" else None
            gender = person.gender if person else judge_words([lower])
            found.append(_Weight(start, person, gender, self._find_role(start, index + 1)))
        return [*found, *self._list_subjects(cast)]

    def _is_apposed(self, cast: Cast, start: int, noun: int) -> bool:
        """As in "Bob Example, a professor", "the minister, Bob Example": the one described is the one named."""
        texts = self._layout.texts
        is_after = start > 1 and texts[start - 1] == "," and cast.find_ending(start - 1) is not None
        is_before = texts[noun + 1 : noun + 2] == [","] and cast.find_opening(noun + 2) is not None
        return is_after or is_before

    def _list_subjects(self, cast: Cast) -> list[_Weight]:
        """Names that nothing holds for a person, and that a parser has as a subject: they may be one."""
        if not self._layout.is_parsed:
            return []
        named = {i for one in self._layout.doc._.actor_mentions for i in range(one.start, one.end)}
        return [
            _Weight(token.i, None, None, SUBJECT)
            for token in self._layout.doc
            if token.dep_ == "nsubj" and token.pos_ == "PROPN" and not token.ent_type_ and token.i not in named
            and cast.find_at(token.i) is None
        ]  # fmt: skip

    def _open(self, index: int) -> int | None:
        """Return where the description of a noun begins: at its article, with a few words between."""
        for start in range(index - 1, max(-1, index - 1 - _LONGEST), -1):
            if self._layout.lowers[start] in _OPENERS:
                return start
            if not self._layout.texts[start][0].isalpha() or self._layout.lowers[start] in PREPOSITIONS:
                return None
        return None

    def _resolve(self, at: int, gender: str, seen: Reversible[_Weight]) -> Person | None:
        weights: dict[int, float] = {}
        people: dict[int, Person | None] = {}
        best: dict[tuple[int, int], float] = {}
        is_subject = self._find_role(at, at + 1) >= SUBJECT
        for place in reversed(seen):
            distance = self._layout.sentence_of[at] - self._layout.sentence_of[place.at]
            if distance > _WINDOW:
                break
            if not fits(place.person.gender if place.person else place.gender, gender) or self._is_apart(at, place):
                continue
            key = id(place.person) if place.person else self._key_of(place)
            people[key] = place.person
            role = place.role + (PARALLEL if is_subject and place.role >= SUBJECT else 0.0)
            weight = (RECENT + role) * DECAY**distance * self._weigh_quote(at, place.at)
            sentence = self._layout.sentence_of[place.at]
            best[key, sentence] = max(best.get((key, sentence), 0.0), weight)
        for (key, _), weight in best.items():
            weights[key] = weights.get(key, 0.0) + weight
        ranked = sorted(weights, key=lambda key: -weights[key])
        if not ranked or weights[ranked[0]] < LEAST:
            return None
        if len(ranked) > 1 and weights[ranked[0]] < MARGIN * weights[ranked[1]]:
            return None
        return people[ranked[0]]

    def _key_of(self, place: _Weight) -> int:
        """Pronouns that mean nobody known are taken together: they may all be of one."""
        return 0 if self._layout.lowers[place.at] in PRONOUNS else id(place)

    def _weigh_quote(self, at: int, other: int) -> float:
        quote = self._layout.quote_of[other]
        return QUOTED if quote >= 0 and quote != self._layout.quote_of[at] else 1.0

    def _is_apart(self, at: int, place: _Weight) -> bool:
        """Tell whether a pronoun cannot mean somebody: the subject of its own verb, or who says the quotation it is in."""
        layout = self._layout
        if layout.sentence_of[at] != layout.sentence_of[place.at]:
            return False
        if layout.quote_of[at] >= 0 and layout.quote_of[place.at] < 0 and place.role >= SUBJECT:
            return True
        if not layout.is_parsed:
            return False
        token, other = layout.doc[at], layout.doc[place.at]
        if _is_said_of(token, other):
            return True
        is_object = token.dep_ in ("obj", "iobj", "obl")
        return bool(is_object and place.role >= SUBJECT and token.head in (other.head, other.head.head))

    def _find_role(self, start: int, end: int) -> float:
        """Return the weight of the role in which a phrase stands."""
        return self._find_parsed_role(start, end) if self._layout.is_parsed else self._guess_role(start, end)

    def _find_parsed_role(self, start: int, end: int) -> float:
        head = self._layout.doc[start:end].root
        for _ in range(3):  # a name in apposition or in a row has the role of what it stands by
            if head.dep_ not in ("appos", "conj", "flat", "compound", "nmod:desc"):
                break
            head = head.head
        roles = {"nsubj": SUBJECT, "nsubj:pass": SUBJECT, "nsubj:outer": SUBJECT, "obj": OBJECT, "iobj": OBLIQUE}
        roles |= {"obl": OBLIQUE, "obl:agent": OBLIQUE, "ROOT": OBJECT, "nmod:poss": OBLIQUE}
        return roles.get(head.dep_, INNER)

    def _guess_role(self, start: int, end: int) -> float:
        layout = self._layout
        if end < len(layout.texts) and is_possessive(layout, end):
            return OBLIQUE
        if start and layout.lowers[start - 1] in PREPOSITIONS:
            return OBLIQUE
        at = end
        while at < len(layout.texts) and is_adverb(layout, at):
            at += 1
        if at < len(layout.texts) and (is_verb_like(layout, at) or layout.texts[at] == ","):
            return SUBJECT
        return OBJECT


def _is_said_of(pronoun: Token, other: Token) -> bool:
    """Tell whether a name stands in what the pronoun's own verb reports before it: "Mr. Example has gone, he said"."""
    verb = pronoun.head
    if pronoun.dep_ != "nsubj" or other.i > pronoun.i:
        return False
    at = other
    for _ in range(_HIGHEST):
        if at.head == verb:
            return at.dep_ == "ccomp"
        if at == verb.head:
            return verb.dep_ == "parataxis" and not any(child.dep_ in _COMPLEMENTS for child in verb.rights)
        if at.head == at:
            return False
        at = at.head
    return False
