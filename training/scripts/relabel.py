"""Let the teacher label texts again; write what the entity recognizer is trained on.

Hand-labelled sentences keep their labels and are seen several times. Silver ones (GMB, GUM's mentions) are settled by a
vote of the corpus, the teacher's head for Universal NER and its head for the corpus; texts without labels by the heads
for Universal NER and GMB. A sentence with a name that one voter alone has seen is left out. Texts that may
not be passed on may be read here: no text goes into a model, only what is learnt from it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import torch
from chunks import decode
from convert_entities import complete_labels, write_docs
from corpora import Labelled, add_corpora, read_corpora
from labels import Repair, complete
from teacher_net import EntityTeacher, score_sentences
from texts import draw, read_texts
from votes import settle


def settle_silver(teacher: EntityTeacher, silver: list[Labelled], head: str) -> Iterator[Labelled]:
    """Yield the sentences of a silver corpus on which no voter stands alone, with the names of two votes of three."""
    scored = score_sentences(teacher, [words for words, _ in silver], ["uner", head])
    for (words, spans), (uner, own) in zip(silver, scored, strict=True):
        settled, alone = settle(words, [spans, decode(uner)[0], decode(own)[0]], spans)
        if not alone:
            yield words, settled


def settle_texts(teacher: EntityTeacher, sentences: list[list[str]], repair: Repair) -> Iterator[Labelled]:
    """Yield the sentences on whose names the two heads agree; dates and peoples are completed by rule."""
    for words, (uner, gmb) in zip(sentences, score_sentences(teacher, sentences, ["uner", "gmb"]), strict=True):
        others, _ = decode(gmb)
        settled, alone = settle(words, [decode(uner)[0], others], others)
        if not alone and settled:
            yield words, complete(words, settled, repair.demonyms)


def main() -> None:
    """Read the command line, write the DocBin."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_corpora(parser)
    parser.add_argument("--teacher", type=Path, required=True, help="weights that teach_entities.py wrote")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--texts", nargs="*", type=Path, default=[], help="gzipped JSON Lines with a field `text`")
    parser.add_argument("--words", type=int, required=True, help="to read of each of these, drawn by sentence")
    parser.add_argument("--gmb-share", type=float, required=True, help="share of GMB's sentences that is used")
    parser.add_argument(
        "--repeat", type=int, required=True, help="how often a hand-labelled sentence is seen in a round"
    )
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    teacher = EntityTeacher(options.encoder)
    teacher.load_state_dict(torch.load(options.teacher))
    corpora = read_corpora(options)
    demonyms = corpora.repair.demonyms
    by_hand = [(words, complete_labels(words, spans, demonyms)) for words, spans in corpora.uner + corpora.crossner]
    news = corpora.news[: round(options.gmb_share * len(corpora.news))]
    mended = [(words, corpora.repair.apply(words, spans)) for words, spans in news]
    gum = [(words, complete_labels(words, spans, demonyms)) for words, spans in corpora.gum]
    silver = [*settle_silver(teacher, mended, "gmb"), *settle_silver(teacher, gum, "gum")]
    print(f"{len(silver)} of {len(mended) + len(gum)} silver sentences are settled", flush=True)
    rng = random.Random(options.seed)
    plain = [words for path in options.texts for words in draw(list(read_texts(path)), options.words, rng)]
    free = list(settle_texts(teacher, plain, corpora.repair))
    print(f"{len(free)} of {len(plain)} sentences without labels are settled", flush=True)
    everything = silver + free + by_hand * options.repeat
    write_docs(options.output, everything, rng)


if __name__ == "__main__":
    main()
