"""Pairs of labelled articles, as rows for the stance reader to learn from. Needs volteface and nothing else.

usage: label_pairs.py ARTICLES.jsonl[.gz] ... -o ROWS.jsonl [--home DIR] [--weak]

ARTICLES hold {"id", "outlet", "date", "title", "text", "statements": [{"actor", "issue", "stance", "basis", "strength",
"evidence", "speaker_text"}]}. A row is a pair with the labels of its sentence. An issue on which the actor holds a position
elsewhere in the article is left out of the row: labels are given three times at most. Statements of actors that the
pipeline does not see in their sentence make rows of their own, for training alone (``is_extra``). With --weak the rules'
own statements are the labels, of pairs that they see and of some without any issue's words.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from volteface.config import Config, load_config
from volteface.config.voices import find_voice, list_voices
from volteface.language.intake import take_in
from volteface.language.pipeline import build_nlp
from volteface.language.stance_pairs import ACTOR, Pair, list_pairs
from volteface.models import Passage

Row = dict[str, Any]
_OVERLAP = 15  # characters of evidence that must lie in a sentence
_LONGEST = 9_000  # characters of an unlabelled article
_QUIET_SHARE = 0.12  # of the unlabelled pairs that the rules say nothing of


def main() -> None:
    """Write the rows of all articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--home", type=Path, default=Path())
    parser.add_argument("--weak", action="store_true")
    parser.add_argument("--without", type=Path, help="a JSON list of article ids to leave out")
    options = parser.parse_args()
    config = load_config(options.home)
    left_out = set(json.loads(options.without.read_text())) if options.without else set()
    articles = [row for path in options.articles for row in read_articles(path) if row["id"] not in left_out]
    with options.output.open("w", encoding="utf-8") as lines:
        for row in label_articles(build_nlp(config), articles, config, is_weak=options.weak):
            lines.write(json.dumps(row) + "\n")


def read_articles(path: Path) -> Iterator[Row]:
    """Yield the articles of a file of JSON Lines."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def label_articles(nlp: Language, articles: Iterable[Row], config: Config, *, is_weak: bool) -> Iterator[Row]:
    """Yield the rows of articles."""
    rng = random.Random(0)
    voices = list_voices(config)
    for article in articles:
        if is_weak and len(article["text"]) > _LONGEST:
            continue
        intake = take_in(nlp, make_passage(article, voices), config.settings.language)
        if intake.docs is None:
            continue
        title, text = nlp.pipe(intake.docs)
        for doc, whole, heading in ((title, article["title"], None), (text, article["text"], article["title"])):
            pairs = list_pairs(doc, doc._.stance_reading, doc._.stance_hits, heading)
            yield from _label_weakly(article, pairs, rng) if is_weak else _label(article, doc, whole, pairs)


def make_passage(article: Row, voices: dict[str, str]) -> Passage:
    """Return an article as the pipeline takes it."""
    when = datetime.fromisoformat(article["date"][:10]).replace(tzinfo=UTC)
    name = article["id"]
    return Passage(
        article_id=name, version_id=name, origin_id=name, outlet=article["outlet"], title=article["title"],
        text=article["text"], published_at=when, known_from=when, outlet_actor_id=find_voice(voices, article["outlet"]),
    )  # fmt: skip


def _label_weakly(article: Row, pairs: Iterable[Pair], rng: random.Random) -> Iterator[Row]:
    for pair in pairs:
        if pair.ruled or not (pair.hits or rng.random() > _QUIET_SHARE):
            yield make_row(article, pair, {issue: str(hit.stance) for issue, hit in pair.ruled.items()}, [])


def _label(article: Row, doc: Doc, whole: str, pairs: Iterable[Pair]) -> Iterator[Row]:
    """Yield the pairs with their labels, then the statements that no pair stands for."""
    statements = [(at, one) for one in article["statements"] if (at := whole.find(one["evidence"])) >= 0]
    used: set[int] = set()
    for pair in pairs:
        start, end = _reach(doc, pair.sentence)
        own = [
            one
            for at, one in statements
            if one["actor"] == pair.actor_id and _overlaps((at, at + len(one["evidence"])), (start, end))
        ]
        used.update(map(id, own))
        yield make_row(article, pair, _merge(own), own)
    for at, one in statements:
        if id(one) not in used:
            yield from _stand_in(article, doc, at, one)


def _reach(doc: Doc, number: int) -> tuple[int, int]:
    sentence = doc._.stance_reading.sentences[number]
    last = doc[sentence.end - 1]
    return doc[sentence.start].idx, last.idx + len(last)


def _overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) >= min(_OVERLAP, other[1] - other[0])


def _merge(statements: Iterable[Row]) -> dict[str, str]:
    labels: dict[str, set[str]] = {}
    for one in statements:
        labels.setdefault(one["issue"], set()).add(one["stance"])
    return {issue: stances.pop() if len(stances) == 1 else "mixed" for issue, stances in labels.items()}


def _stand_in(article: Row, doc: Doc, at: int, one: Row) -> Iterator[Row]:
    """Yield a pair for a statement whose actor the pipeline does not see there: the first sentence of its evidence."""
    for number in range(len(doc._.stance_reading.sentences)):
        start, end = _reach(doc, number)
        if _overlaps((at, at + len(one["evidence"])), (start, end)):
            words, speaker = doc.text[start:end], one["speaker_text"]
            pair = Pair(
                actor_id=one["actor"], sentence=number, in_title=False, previous="", is_said=True, hits=(),
                text=" ".join(words.replace(speaker, ACTOR).split()), is_named=speaker in words, near=frozenset(),
                ruled={}, gaps={}, subjects={}, attribution=None, mention=None,
            )  # fmt: skip
            yield {**make_row(article, pair, {one["issue"]: one["stance"]}, [one]), "is_extra": True}
            return


def make_row(article: Row, pair: Pair, labels: dict[str, str], own: list[Row]) -> Row:
    """Return a pair as a row: all that the network, the gate and the judge read of it."""
    held = {one["issue"] for one in article.get("statements", ()) if one["actor"] == pair.actor_id}
    return {
        "article": article["id"],
        "actor": pair.actor_id,
        "sentence": pair.sentence,
        "in_title": pair.in_title,
        "text": pair.text,
        "previous": pair.previous,
        "is_said": pair.is_said,
        "is_named": pair.is_named,
        "hits": [[hit.issue_id, hit.sign, hit.is_context] for hit in pair.hits],
        "near": sorted(pair.near),
        "ruled": {issue: [str(hit.stance), hit.confidence] for issue, hit in pair.ruled.items()},
        "labels": labels,
        "unclear": sorted(held - set(labels)),
        "bases": sorted({one["basis"] for one in own}),
        "strengths": sorted({one["strength"] for one in own}),
        "is_extra": False,
    }


if __name__ == "__main__":
    main()
