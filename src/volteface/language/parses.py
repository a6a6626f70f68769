"""Who a verb's subject is by a trained parser, where one has read the Doc. Universal Dependencies; guesses nothing.

A verb without a subject of its own has that of the verb it is joined to ("X came and called"), that it completes
("X wants to call") or that it accompanies ("X spoke, calling"). Passives and verbs that another was asked to do have
none here.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from volteface.language.annotations import Interval
from volteface.language.columns import read_numbers, read_parts_of_speech, read_strings

_VERBAL = frozenset(("VERB", "AUX"))
_RELATIVES = frozenset(("who", "which", "that"))
_SHARED = frozenset(("conj", "advcl", "xcomp", "parataxis"))
_OBJECTS = frozenset(("obj", "iobj", "obl"))
_NAMES = frozenset(("flat", "appos", "nmod:desc"))
_SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
_HIGHEST = 4  # verbs to climb over
_LONGEST_CHAIN = 6  # heads


@dataclass(frozen=True, slots=True)
class Parse:
    """What the parser said of each token: its head's index, its relation to it, its part of speech, its word."""

    heads: tuple[int, ...]
    relations: tuple[str, ...]
    tags: tuple[str, ...]
    words: tuple[str, ...]
    children: tuple[tuple[int, ...], ...]

    def list_related(self, token: int, relations: frozenset[str]) -> list[int]:
        """Return the tokens that depend on one by some relations, in text order."""
        return [child for child in self.children[token] if self.relations[child] in relations]


def read_parse(doc: Doc) -> Parse | None:
    """Return the parse of a Doc, or None where no parser has been here."""
    if not doc.has_annotation("DEP") or not doc.has_annotation("POS"):
        return None
    heads = [token + step for token, step in enumerate(read_numbers(doc, "HEAD"))]
    children: list[list[int]] = [[] for _ in heads]
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
    return Parse(
        heads=tuple(heads),
        relations=tuple(read_strings(doc, "DEP")),
        tags=tuple(read_parts_of_speech(doc)),
        words=tuple(read_strings(doc, "LOWER")),
        children=tuple(map(tuple, children)),
    )


def find_subjects(parse: Parse, cue: Interval) -> tuple[frozenset[int], ...]:
    """Return the tokens that name each subject of a cue's verb: the head of the phrase and the names beside it.

    Empty where the cue holds no verb or the parser gives it no subject.
    """
    verb = next((token for token in range(*cue) if parse.tags[token] in _VERBAL), None)
    subject = _climb(parse, verb, _HIGHEST) if verb is not None else None
    if subject is None:
        return ()
    heads = [subject, *parse.list_related(subject, frozenset(("conj",)))]
    return tuple(frozenset((head, *parse.list_related(head, _NAMES))) for head in heads)


def find_subject_over(parse: Parse, words: Interval) -> int | None:
    """Return the subject of the nearest verb that some words hang on and that has one; None where the parser sees none."""
    token = next((at for at in range(*words) if not words[0] <= parse.heads[at] < words[1]), words[0])
    for _ in range(_LONGEST_CHAIN):
        own = parse.list_related(token, _SUBJECTS)
        if own and not words[0] <= own[0] < words[1]:
            return own[0]
        if parse.heads[token] == token:
            return None
        token = parse.heads[token]
    return None


def _climb(parse: Parse, verb: int, left: int) -> int | None:
    own = parse.list_related(verb, frozenset(("nsubj", "nsubj:pass", "csubj")))
    if own:
        return _stand_for(parse, verb, own[0]) if parse.relations[own[0]] == "nsubj" else None
    head = parse.heads[verb]
    is_shared = parse.relations[verb] in _SHARED and parse.tags[head] in _VERBAL
    if not is_shared or left == 0:
        return None
    if parse.relations[verb] == "xcomp" and parse.list_related(head, _OBJECTS):
        return None  # "asked Israel to call for": Israel would
    if _is_infinitive(parse, verb) and parse.list_related(head, frozenset(("obj", "iobj"))):
        return None  # the same, where the parser takes it for a purpose
    if parse.relations[verb] == "advcl" and not (_is_accompanying(parse, verb) or _is_infinitive(parse, verb)):
        return None
    return _climb(parse, head, left - 1)


def _stand_for(parse: Parse, verb: int, subject: int) -> int | None:
    """Return whom a relative pronoun stands for, or the subject itself."""
    if parse.words[subject] not in _RELATIVES:
        return subject
    return parse.heads[verb] if parse.relations[verb] in {"acl:relcl", "acl"} else None


def _is_accompanying(parse: Parse, verb: int) -> bool:
    """Tell whether it is a participle that does not hang on a noun right before it: "a text calling for" does."""
    return parse.words[verb].endswith("ing") and parse.tags[verb - 1] not in {"NOUN", "PROPN"}


def _is_infinitive(parse: Parse, verb: int) -> bool:
    return any(parse.words[child] == "to" for child in parse.list_related(verb, frozenset(("mark",))))
