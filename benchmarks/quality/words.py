"""Score tags, dependencies and entities of a pipeline on gold words. All figures are shares, 1 is best.

    tags  words whose tag is right
    uas   words whose head is right, punctuation left out
    las   those whose label is right as well, whole ("nmod:poss"); spaCy's "ROOT" is the treebanks' "root"
    f1    entities whose words and label are right; places of either kind are one label where the corpus has one

The pipeline is told where a sentence ends, as treebank measures of "gold tokens" are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from quality.treebank import Entity, NamedSentence, Tree

_TO_UNER = {"PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "ORG": "ORG"}
_OURS = "volteface_"
_READERS = frozenset({"tagger", "morphologizer", "parser", "senter", "ner", "lemmatizer", "trainable_lemmatizer"})
_PUNCTUATION = "punct"


def measure_trees(nlp: Language, trees: Sequence[Tree]) -> dict[str, float]:
    """Return tags, uas and las on sentences with gold words."""
    counts: Counter[str] = Counter()
    docs = _read(nlp, (_build_doc(nlp, tree.words, tree.spaces) for tree in trees), {"tagger", "parser"})
    for tree, doc in zip(trees, docs, strict=True):
        for index, token in enumerate(doc):
            counts["words"] += 1
            counts["tags"] += token.tag_ == tree.tags[index]
            if tree.labels[index] == _PUNCTUATION:
                continue
            attached = token.head.i == tree.heads[index]
            counts["arcs"] += 1
            counts["uas"] += attached
            counts["las"] += attached and token.dep_.lower() == tree.labels[index].lower()
    return {
        "tags": _share(counts, "tags", "words"),
        "uas": _share(counts, "uas", "arcs"),
        "las": _share(counts, "las", "arcs"),
    }


def measure_entities(nlp: Language, sentences: Sequence[NamedSentence]) -> dict[str, float]:
    """Return the F1 of entities against Universal NER's labels: persons, organisations, places. Others are left out."""
    counts: Counter[str] = Counter()
    docs = _read(nlp, (_build_doc(nlp, each.words, [True] * len(each.words)) for each in sentences), {"ner"})
    for sentence, doc in zip(sentences, docs, strict=True):
        found = set(_list_entities(doc))
        counts["hits"] += 2 * len(found & sentence.entities)
        counts["all"] += len(found) + len(sentence.entities)
    return {"f1": _share(counts, "hits", "all")}


def _read(nlp: Language, docs: Iterable[Doc], needed: set[str]) -> Iterator[Doc]:
    """Yield the Docs as the model's own pipes read them; those that nothing is measured of stay out."""
    left_out = _READERS - needed
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name.startswith(_OURS) or name in left_out]):
        yield from nlp.pipe(docs, batch_size=32)


def _build_doc(nlp: Language, words: Sequence[str], spaces: Sequence[bool]) -> Doc:
    starts: list[bool | int | None] = [index == 0 for index in range(len(words))]
    return Doc(nlp.vocab, words=list(words), spaces=list(spaces), sent_starts=starts)


def _list_entities(doc: Doc) -> Iterator[Entity]:
    for entity in doc.ents:
        if entity.label_ in _TO_UNER:
            yield entity.start, entity.end, _TO_UNER[entity.label_]


def _share(counts: Counter[str], hits: str, of: str) -> float:
    return counts[hits] / max(counts[of], 1)
