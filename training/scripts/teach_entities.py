"""Train the teacher of the entity recognizer, and measure it on Universal NER's development part after every round.

A round reads all of Universal NER and of CrossNER, and a share of GUM and of GMB, each with its own head. Deterministic
on one thread. Needs torch and transformers beside volteface; writes the weights as torch saves them.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from chunks import Chunk, build_chunks, decode, tell_case
from corpora import Labelled, add_corpora, read_corpora, read_uner_labels
from measures import TO_UNER, measure_entities
from teacher_net import EntityTeacher, score_sentences
from torch.nn.functional import cross_entropy

RATE, HEAD_RATE = 2e-4, 1e-3
LAYER_RATE = 0.9  # of the layer above
WARM_UP = 0.06  # of all steps
BATCH = 12  # chunks
WITHOUT_CASE = 0.06  # share of the chunks that come in lower case
ROUND = {"uner": 1.0, "crossner": 2.0, "gum": 0.25, "gmb": 0.1}  # share of each corpus's chunks in a round
LOWER = tell_case("a")


def draw_round(chunks: dict[str, list[Chunk]], rng: random.Random) -> list[Chunk]:
    """Return the chunks of one round in random order."""
    drawn: list[Chunk] = []
    for name, share in ROUND.items():
        whole, part = divmod(round(share * len(chunks[name])), len(chunks[name]))
        drawn += chunks[name] * whole + rng.sample(chunks[name], part)
    rng.shuffle(drawn)
    return [_lower(chunk) if rng.random() < WITHOUT_CASE else chunk for chunk in drawn]


def _lower(chunk: Chunk) -> Chunk:
    return Chunk(chunk.ids, [case and LOWER for case in chunk.cases], chunk.first, chunk.tags, chunk.head)


def group_parameters(teacher: EntityTeacher) -> list[dict[str, Any]]:
    """Return the parameters with their rates: lower layers learn slower."""
    layers = [teacher.bert.embeddings, *teacher.bert.encoder.layer]
    groups = [
        {"params": list(layer.parameters()), "lr": RATE * LAYER_RATE ** (len(layers) - 1 - number)}
        for number, layer in enumerate(layers)
    ]
    heads = [*teacher.heads.parameters(), *teacher.case.parameters()]
    return [*groups, {"params": heads, "lr": HEAD_RATE}]


def train(teacher: EntityTeacher, chunks: dict[str, list[Chunk]], *, rounds: int, seed: int) -> Iterator[float]:
    """Yield the mean loss of each round."""
    rng = random.Random(seed)
    drawn = [draw_round(chunks, rng) for _ in range(rounds)]
    total = sum(-(-len(one) // BATCH) for one in drawn)
    optimizer = torch.optim.AdamW(group_parameters(teacher), weight_decay=0.01)
    warm = WARM_UP * total
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (total - step) / (total - warm))
    )
    for one in drawn:
        teacher.train()
        losses = []
        for start in range(0, len(one), BATCH):
            batch = one[start : start + BATCH]
            heads = torch.tensor([chunk.head for chunk in batch for _ in chunk.tags])
            scores = teacher(batch)[torch.arange(len(heads)), heads]
            loss = cross_entropy(scores, torch.tensor([tag for chunk in batch for tag in chunk.tags]))
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        yield sum(losses) / len(losses)


def measure(teacher: EntityTeacher, path: Path) -> dict[str, dict[str, float]]:
    """Return the measures of the head for Universal NER on one of its files."""
    sentences = list(read_uner_labels(path))
    gold = [{(span.start, span.end, span.label) for span in spans} for _, spans in sentences]
    found = []
    for (scores,) in score_sentences(teacher, [words for words, _ in sentences], ["uner"]):
        spans, _ = decode(scores)
        found.append({(s.start, s.end, TO_UNER[s.label]) for s in spans if s.label in TO_UNER})
    return measure_entities(gold, found)


def main() -> None:
    """Read the command line, train, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_corpora(parser)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--uner-dev", type=Path, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    teacher = EntityTeacher(options.encoder)
    corpora = read_corpora(options)
    by_head: dict[str, list[Labelled]] = {
        "uner": corpora.uner,
        "crossner": corpora.crossner,
        "gum": corpora.gum,
        "gmb": [(words, corpora.repair.apply(words, spans)) for words, spans in corpora.news],
    }
    chunks = {name: list(build_chunks(labelled, name, teacher.words)) for name, labelled in by_head.items()}
    print({name: sum(len(chunk.ids) for chunk in some) for name, some in chunks.items()}, flush=True)
    started = time.monotonic()
    options.output.parent.mkdir(parents=True, exist_ok=True)
    for number, loss in enumerate(train(teacher, chunks, rounds=options.rounds, seed=options.seed), start=1):
        table = measure(teacher, options.uner_dev)
        shown = "  ".join(f"{label} {row['f']:.3f}" for label, row in table.items())
        print(f"round {number}: {time.monotonic() - started:.0f} s, loss {loss:.4f}, {shown}", flush=True)
        torch.save(teacher.state_dict(), options.output)


if __name__ == "__main__":
    main()
