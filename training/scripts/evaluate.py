"""Measure a pipeline on the dev sets with gold words: syntax, entities, words a second. Prints a table, writes JSON.

Syntax is measured three times: on gold sentences, on single sentences that the parser may split, and on texts of up to
ten sentences whose boundaries it has to find. LAS and UAS leave punctuation out and compare whole labels, as spaCy's scorer does; ``ud_las`` counts punctuation
and compares labels without subtypes, as the CoNLL 2018 scorer does.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from conllu import read_sentences
from convert_syntax import build_doc, group_sentences
from corpora import read_crossner, read_uner_labels
from labels import Span, split_places
from measures import TO_UNER, Triple, even_out, measure_entities
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from thinc.api import NumpyOps, set_current_ops

SPEED_WORDS = 60_000


def measure_syntax(
    nlp: Language, paths: list[Path], *, seed: int | None = None, tell_sentences: bool = False
) -> dict[str, float]:
    """Return accuracies on CoNLL-U files: single sentences, or random texts by ``seed``."""
    rng = None if seed is None else random.Random(seed)
    gold = [build_doc(nlp.vocab, g) for path in paths for g in group_sentences(list(read_sentences(path)), rng)]
    examples = [
        Example(predicted, doc)
        for predicted, doc in zip(_run(nlp, gold, tell_sentences=tell_sentences), gold, strict=True)
    ]
    scores = Scorer(nlp).score(examples)
    names = ("tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
    return {**{name: float(scores[name] or 0) for name in names}, **_measure_ud(examples)}


def _measure_ud(examples: list[Example]) -> dict[str, float]:
    heads = labels = total = 0
    for example in examples:
        for predicted, gold in zip(example.predicted, example.reference, strict=True):
            total += 1
            if predicted.head.i == gold.head.i:
                heads += 1
                labels += predicted.dep_.partition(":")[0] == gold.dep_.partition(":")[0]
    return {"ud_uas": heads / total, "ud_las": labels / total}


def _spans(doc: Doc) -> set[Triple]:
    return {(entity.start, entity.end, entity.label_) for entity in doc.ents}


def _triples(spans: list[Span]) -> set[Triple]:
    return {(span.start, span.end, span.label) for span in spans}


def _run(nlp: Language, gold: Iterable[Doc], *, tell_sentences: bool = False) -> Iterator[Doc]:
    return nlp.pipe((_copy_words(nlp, doc, tell_sentences=tell_sentences) for doc in gold), batch_size=64)


def _copy_words(nlp: Language, doc: Doc, *, tell_sentences: bool) -> Doc:
    starts: list[bool | int | None] | None = [token.i == token.sent.start for token in doc] if tell_sentences else None
    spaces = [bool(token.whitespace_) for token in doc]
    return Doc(nlp.vocab, words=[token.text for token in doc], spaces=spaces, sent_starts=starts)


def measure_uner(nlp: Language, path: Path) -> dict[str, dict[str, float]]:
    """Measure against Universal NER: GPE and LOC count as its LOC; labels that it has not are left out."""
    sentences = list(read_uner_labels(path))
    docs = _run(nlp, (Doc(nlp.vocab, words=words) for words, _ in sentences))
    found = ({(s, e, TO_UNER[label]) for s, e, label in _spans(doc) if label in TO_UNER} for doc in docs)
    return measure_entities([_triples(spans) for _, spans in sentences], found)


def measure_crossner(nlp: Language, path: Path) -> dict[str, dict[str, float]]:
    """Measure against CrossNER politics in the scheme of labels.py."""
    sentences = [(words, split_places(words, spans)) for words, spans in read_crossner(path)]
    docs = _run(nlp, (Doc(nlp.vocab, words=words) for words, _ in sentences))
    return measure_entities([_triples(spans) for _, spans in sentences], (_spans(doc) for doc in docs))


def measure_docbin(nlp: Language, path: Path, *, even: bool = False) -> dict[str, dict[str, float]]:
    """Measure against the entities of a DocBin; ``even``, with what two guidelines decide otherwise left aside."""
    gold = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    read = _even_spans if even else _spans
    return measure_entities([read(doc) for doc in gold], (read(doc) for doc in _run(nlp, gold)))


def _even_spans(doc: Doc) -> set[Triple]:
    return even_out([token.text for token in doc], _spans(doc))


def measure_speed(nlp: Language, path: Path) -> dict[str, Any]:
    """Return words a second of processor time and of wall time with nlp.pipe, tokenizer included; best of three."""
    texts, words = [], 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            texts.append(json.loads(line)["text"])
            words += len(nlp.make_doc(texts[-1]))
            if words > SPEED_WORDS:
                break
    best = {"cpu": 0.0, "wall": 0.0}
    for _ in range(3):
        cpu, wall = time.process_time(), time.perf_counter()
        for _ in nlp.pipe(texts, batch_size=16):
            pass
        best["cpu"] = max(best["cpu"], words / (time.process_time() - cpu))
        best["wall"] = max(best["wall"], words / (time.perf_counter() - wall))
    return {"words": words, "words_per_cpu_second": best["cpu"], "words_per_second": best["wall"]}


def measure_vectors(nlp: Language, path: Path) -> dict[str, float]:
    """Return the share of the alphabetic words that have a vector, for words with and without a capital.

    A table that does not know words with a capital trains without a complaint; this is where it shows.
    """
    counts: Counter[tuple[bool, bool]] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            doc = nlp.make_doc(json.loads(line)["text"])
            counts.update((token.text.islower(), token.has_vector) for token in doc if token.is_alpha)
    names = {True: "lower", False: "capital"}
    return {
        name: counts[is_lower, True] / max(counts[is_lower, True] + counts[is_lower, False], 1)
        for is_lower, name in names.items()
    }


def show(name: str, figures: dict[str, Any]) -> None:
    """Print one measure."""
    print(f"\n{name}")
    for key, value in figures.items():
        if isinstance(value, dict):
            row = "  ".join(f"{k} {v:.3f}" if k != "n" else f"n {v}" for k, v in value.items())
        else:
            row = f"{value:.4f}"
        print(f"  {key:<22} {row}")


def measure(nlp: Language, options: argparse.Namespace) -> dict[str, Any]:
    """Return every measure that the options ask for, by its name."""
    figures: dict[str, Any] = {}
    for path in options.syntax:
        figures[f"{path.name}, gold sentences"] = measure_syntax(nlp, [path], tell_sentences=True)
    if options.syntax:
        figures["all syntax, gold sentences"] = measure_syntax(nlp, options.syntax, tell_sentences=True)
        figures["all syntax, single sentences"] = measure_syntax(nlp, options.syntax)
        figures["all syntax, texts"] = measure_syntax(nlp, options.syntax, seed=1)
    if options.uner:
        figures[options.uner.name] = measure_uner(nlp, options.uner)
    if options.crossner:
        figures[options.crossner.name] = measure_crossner(nlp, options.crossner)
    for path in options.docbins:
        figures[path.name] = measure_docbin(nlp, path)
    for path in options.even:
        figures[f"{path.name}, titles cut, one kind of place"] = measure_docbin(nlp, path, even=True)
    if options.speed:
        figures["words with a vector"] = measure_vectors(nlp, options.speed)
        figures["speed"] = measure_speed(nlp, options.speed)
    return figures


def main() -> None:
    """Read the command line, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--syntax", nargs="*", type=Path, default=[], help="gzipped CoNLL-U files")
    parser.add_argument("--uner", type=Path)
    parser.add_argument("--crossner", type=Path)
    parser.add_argument("--docbins", nargs="*", type=Path, default=[])
    parser.add_argument("--even", nargs="*", type=Path, default=[], help="DocBins of GMB's own labels, see even_out")
    parser.add_argument("--speed", type=Path, help="gzipped JSONL with a field `text`")
    parser.add_argument("--blis", action="store_true", help="multiply with BLIS, thinc's default, instead of numpy")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    set_current_ops(NumpyOps(use_blis=options.blis))
    figures = measure(spacy.load(options.model), options)
    for name, table in figures.items():
        show(name, table)
    if options.output:
        options.output.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
