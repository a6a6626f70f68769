"""Measure who a speaker is: from the words that say who speaks to a name, by GUM's gold coreference.

    python benchmarks/coreference.py GUM.conllu[.gz]... [--home FOLDER] [--json FILE] [--errors]

A speaker is a gold mention of type person whose head is, in the gold tree, the subject of a verb of config/cues.yml
that tells of speech or of mind (said, warned, believes, wants), or stands in "according to". Our resolver is given its
words, and the actors that it gives back are right if the place where the text last names them before these words (or,
where it does nowhere before, first names them) is a mention of the same gold chain. A chain of which no mention holds a personal name has no right answer but none. Everything else is wrong.

by kind   name (holds a personal name), pronoun (he, she), they, description (the rest); first and second person are
          counted and left out: who "I" is in an interview is a matter of its layout, not of what was said before
share     wrong persons / speakers: the figure to keep at .03 or below
pipeline  the same answers as our attribution component gives them, over the speakers that it takes as a source

GUM: gucorpling.org/gum, annotations CC BY 4.0. Format: gum_mentions.py, beside this file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gum_mentions import Document, Mention, read_documents
from hearing import Hearing
from spacy.language import Language
from spacy.tokens import Doc

from volteface.config import Config, load_config
from volteface.config.cues import Cue, CueKind, CueSense
from volteface.language.annotations import Interval
from volteface.language.lexicon import TITLES
from volteface.language.pipeline import build_nlp

FIRST_AND_SECOND = frozenset(("i", "we", "you", "me", "us", "who", "that", "which", "myself", "ourselves", "yourself"))
THIRD = frozenset(("he", "she", "him", "her"))
THEY = frozenset(("they", "them"))
NAME_LINKS = frozenset(("flat", "compound", "nmod:desc", "appos", "goeswith"))
KINDS = ("name", "pronoun", "they", "description")
OUTCOMES = ("right", "wrong", "unresolved", "rightly nobody")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one speaker."""

    document: str
    words: str
    kind: str
    outcome: str
    given: str
    gold: str
    context: str
    in_pipeline: str | None  # the outcome in our own attributions; None where none has it as its source


def main() -> int:
    """Resolve, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--home", type=Path, default=Path.cwd(), help="the folder with config/; its model is used")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--errors", action="store_true", help="print every speaker that was not resolved right")
    arguments = parser.parse_args()
    config = load_config(arguments.home)
    documents = [document for path in arguments.corpora for document in read_documents(path)]
    answers = list(measure(documents, config, build_nlp(config)))
    spoken = [one for one in answers if one.kind in KINDS]
    figures = {kind: count([one.outcome for one in spoken if one.kind == kind]) for kind in KINDS}
    figures["all"] = count([one.outcome for one in spoken])
    heard = [one.in_pipeline for one in spoken if one.in_pipeline]
    figures["pipeline"] = count(heard)
    print(f"model {config.settings.language.model}; left out: {len(answers) - len(spoken)} first and second persons")
    print_table(figures)
    if arguments.errors:
        for one in spoken:
            if one.outcome not in ("right", "rightly nobody"):
                print(
                    f"{one.outcome:10} {one.document} {one.words!r} -> {one.given or '-'} | {one.gold} | {one.context}"
                )
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def measure(documents: Iterable[Document], config: Config, nlp: Language) -> Iterator[Answer]:
    """Yield an answer for each speaker of each document. ``nlp``: a pipeline with our reading components."""
    cues = frozenset(_list_verbs(config.cues))
    for document in documents:
        doc = nlp(document.text)
        hearing = Hearing(doc, config.actors, config.cues)
        for mention in find_speakers(document, cues):
            interval = _locate(doc, document, mention)
            kind = _judge_kind(document, mention)
            actor_ids = hearing.hear(interval).actor_ids if kind in KINDS else ()
            names = [hearing.find_naming(one, interval) for one in actor_ids]
            said = next((one for one in doc._.attributions if one.source and _covers(one.source, interval)), None)
            yield Answer(
                document=document.name,
                words=doc[slice(*interval)].text[:60],
                kind=kind,
                outcome=judge(doc, document, mention, actor_ids, names),
                given=" ".join(actor_ids),
                gold=" / ".join(dict.fromkeys(_text(document, one)[:30] for one in _list_named(document, mention))),
                context=doc[max(0, interval[0] - 12) : interval[1] + 4].text.replace("\n", " "),
                in_pipeline=judge(
                    doc, document, mention, said.speakers, [hearing.find_naming(one, interval) for one in said.speakers]
                )
                if said
                else None,
            )


def judge(
    doc: Doc, document: Document, mention: Mention, actor_ids: Sequence[str], names: Sequence[Interval | None]
) -> str:
    """Return the outcome of an answer. Somebody unnamed ("an official") is nobody: no person is named."""
    given = [one for one in actor_ids if not one.startswith("anonymous:")]
    if not given:
        return "unresolved" if any(_list_named(document, mention)) else "rightly nobody"
    places = {
        _locate_word(doc, document, index)
        for one in document.chains[mention.chain]
        if _holds_name(document, one) or (one is not mention and document.words[one.head].tag != "PRON")
        for index in _list_parts(document, one)
    }
    is_right = bool(names) and all(name is not None and not places.isdisjoint(range(*name)) for name in names)
    return "right" if is_right else "wrong"


def find_speakers(document: Document, cues: frozenset[str]) -> Iterator[Mention]:
    """Yield the person mentions that speak or think, in text order; of those with one head the longest."""
    by_head: dict[int, Mention] = {}
    for mention in document.mentions:
        if mention.kind == "person" and _speaks(document, mention.head, cues):
            known = by_head.get(mention.head)
            if known is None or mention.end - mention.start > known.end - known.start:
                by_head[mention.head] = mention
    yield from (by_head[head] for head in sorted(by_head))


def _speaks(document: Document, head: int, cues: frozenset[str]) -> bool:
    word = document.words[head]
    if word.head is None:
        return False
    governor = document.words[word.head]
    if word.relation == "nsubj":
        return governor.tag == "VERB" and governor.text.lower() in cues
    is_obl = word.relation == "obl" and governor.tag == "VERB"
    return (
        is_obl
        and document.text[max(0, word.start - 40) : word.start].lower().find("according to") >= 0
        and any(one.head == head and one.text.lower() == "according" for one in document.words)
    )


def _list_verbs(cues: Iterable[Cue]) -> Iterator[str]:
    for cue in cues:
        if cue.kind is CueKind.VERB and cue.sense in (CueSense.SPEECH, CueSense.MIND):
            yield from (form for form in cue.forms if " " not in form)


def _judge_kind(document: Document, mention: Mention) -> str:
    word = document.words[mention.head]
    lower = word.text.lower()
    if word.tag == "PRON":
        if lower in FIRST_AND_SECOND:
            return "first or second person"
        return "pronoun" if lower in THIRD else "they" if lower in THEY else "description"
    return "name" if _holds_name(document, mention) else "description"


def _list_named(document: Document, mention: Mention) -> Iterator[Mention]:
    """Yield the mentions of the chain that hold a personal name."""
    return (one for one in document.chains[mention.chain] if one.kind == "person" and _holds_name(document, one))


def _holds_name(document: Document, mention: Mention) -> bool:
    """Tell whether the head is one proper noun that is no title ("the Speaker"), or a name is joined to it."""
    words = document.words
    is_plural = words[mention.head].text.lower() != words[mention.head].lemma.lower()
    named = (i for i in _list_parts(document, mention) if words[i].tag == "PROPN")
    return not is_plural and any(words[i].text.lower() not in TITLES for i in named)


def _list_parts(document: Document, mention: Mention) -> list[int]:
    """Return the head and the words of a name that are joined to it."""
    words = document.words
    joined = (i for i in range(mention.start, mention.end) if words[i].head == mention.head)
    return [mention.head, *(i for i in joined if words[i].relation in NAME_LINKS)]


def _locate(doc: Doc, document: Document, mention: Mention) -> Interval:
    words = document.words
    span = doc.char_span(words[mention.start].start, words[mention.end - 1].end, alignment_mode="expand")
    return (span.start, span.end) if span is not None else (0, 1)


def _locate_word(doc: Doc, document: Document, index: int) -> int:
    word = document.words[index]
    span = doc.char_span(word.start, word.end, alignment_mode="expand")
    return int(span.start) if span is not None else 0


def _covers(source: Interval, interval: Interval) -> bool:
    """Tell whether a source and a mention are of the same words: one starts in the other's first half."""
    shared = min(source[1], interval[1]) - max(source[0], interval[0])
    return shared > 0 and 2 * shared >= min(source[1] - source[0], interval[1] - interval[0])


def _text(document: Document, mention: Mention) -> str:
    return document.text[document.words[mention.start].start : document.words[mention.end - 1].end]


def count(outcomes: Sequence[str]) -> dict[str, float]:
    """Return the counts and shares of outcomes."""
    counts = Counter(outcomes)
    total, resolved = len(outcomes), counts["right"] + counts["wrong"]
    named = total - counts["rightly nobody"]
    return {
        "n": total,
        **{outcome: counts[outcome] for outcome in OUTCOMES},
        "accuracy": (counts["right"] + counts["rightly nobody"]) / total if total else 0.0,
        "recall_of_named": counts["right"] / named if named else 0.0,
        "precision": counts["right"] / resolved if resolved else 0.0,
        "wrong_share": counts["wrong"] / total if total else 0.0,
    }


def print_table(figures: dict[str, dict[str, float]]) -> None:
    """Print one row a kind. ``named`` is the share of right answers of all but the rightly nobodies."""
    heads = ("n", *OUTCOMES, "accuracy", "named", "precision", "wrong_share")
    print(f"{'kind':12}" + "".join(f"{head:>15}" for head in heads))
    for kind, row in figures.items():
        cells = [f"{value:15.3f}" if isinstance(value, float) else f"{value:15d}" for value in row.values()]
        print(f"{kind:12}" + "".join(cells))


if __name__ == "__main__":
    sys.exit(main())
