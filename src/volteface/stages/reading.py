"""Articles read in a worker process: one that hangs, floods the memory or ends its process costs itself alone.

Rules, regular expressions and native code run over texts from the web. What they do to their process is the outcome of one
article; the cycle goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from volteface.adapters.workers import Fault, WorkerLimits, WorkerPool
from volteface.config import Config
from volteface.errors import LanguageError
from volteface.models import Analysis, CandidateActor, EventClaim, Passage, Statement

if TYPE_CHECKING:
    from spacy.language import Language

CHARACTERS_PER_CALL = 100_000
FILE_MEGABYTES = 256  # the language identifier unpacks its model into a temporary file
WARMING_CALLS = 3  # each may load the model up to the time limit; a machine on which three do not suffice is no machine

_MODELS = "volteface.models"
Model = TypeVar("Model", Analysis, Statement, EventClaim, CandidateActor)
Read = tuple[Analysis, tuple[Statement, ...], tuple[EventClaim, ...], tuple[CandidateActor, ...]]
Answer = list[Read] | str  # a text: why the model does not fit, which is no article's fault
ReadingPool = WorkerPool[[Config, Sequence[Passage]], Answer]

_pipelines: dict[str, Language] = {}  # of this process, a worker's: at most one


@dataclass(frozen=True, slots=True)
class Unread:
    """An article that its reader was given up for."""

    passage: Passage
    fault: Fault


def open_reading_pool(config: Config) -> ReadingPool:
    """Return a pool that reads articles, within the limits of settings.yml."""
    language = config.settings.language
    limits = WorkerLimits(
        workers=1,
        seconds=language.read_seconds,
        memory_megabytes=language.read_memory_megabytes,
        file_megabytes=FILE_MEGABYTES,
    )
    return WorkerPool(read_apart, limits)


def read_apart(config: Config, passages: Sequence[Passage]) -> Answer:
    """Read passages in this process, which keeps the pipeline for the next call."""
    from volteface.language.pipeline import build_nlp  # noqa: PLC0415 -- spaCy dominates start-up
    from volteface.language.tag import read_passages  # noqa: PLC0415

    key = f"{config.home} {config.sha256} {config.settings.language.model_dump_json()}"
    try:
        if key not in _pipelines:
            _pipelines.clear()
            _pipelines[key] = build_nlp(config)
        readings = list(read_passages(_pipelines[key], passages, config))
    except LanguageError as error:
        return error.reason
    return [
        (_plain(r.analysis), _each_plain(r.statements), _each_plain(r.claims), _each_plain(r.candidates))
        for r in readings
    ]


def _each_plain(models: Iterable[Model]) -> tuple[Model, ...]:
    return tuple(_plain(model) for model in models)


def _plain(model: Model) -> Model:
    """Return a model whose words of the language stage are plain texts, as the warehouse keeps them: no other may pass."""
    words: dict[str, Any] = {
        field.name: str(value)
        for field in fields(model)
        if isinstance(value := getattr(model, field.name), StrEnum) and not type(value).__module__.startswith(_MODELS)
    }
    return replace(model, **words) if words else model


def read_all(pool: ReadingPool, config: Config, passages: Sequence[Passage]) -> Iterator[tuple[Passage, Read] | Unread]:
    """Yield every passage with what it says, in order, or as unread. Raises LanguageError, WorkerError.

    Passages are read together; where that ends badly, half by half, until the one that it is due to is alone.
    """
    _warm(pool, config)
    for batch in _cut_batches(passages, config.settings.language.batch_size):
        yield from _read_batch(pool, config, batch)


def _read_batch(
    pool: ReadingPool, config: Config, passages: Sequence[Passage]
) -> Iterator[tuple[Passage, Read] | Unread]:
    answer = pool.submit(config, passages).result()
    if isinstance(answer, str):
        raise LanguageError(config.settings.language.model, answer)
    if not isinstance(answer, Fault):
        yield from zip(passages, answer, strict=True)
        return
    _warm(pool, config)
    if len(passages) == 1:
        yield Unread(passages[0], answer)
        return
    middle = len(passages) // 2
    yield from _read_batch(pool, config, passages[:middle])
    yield from _read_batch(pool, config, passages[middle:])


def _warm(pool: ReadingPool, config: Config) -> None:
    """Have the worker load the model, so that no article pays for it with its own time. Raises LanguageError."""
    answer: Answer | Fault = []
    for _ in range(WARMING_CALLS):
        answer = pool.submit(config, ()).result()
        if not isinstance(answer, Fault):
            break
    if isinstance(answer, Fault):
        raise LanguageError(config.settings.language.model, f"cannot be loaded in a worker: {answer.reason}")
    if isinstance(answer, str):
        raise LanguageError(config.settings.language.model, answer)


def _cut_batches(passages: Sequence[Passage], size: int) -> Iterator[list[Passage]]:
    batch: list[Passage] = []
    for passage in passages:
        characters = sum(len(each.text) for each in batch) + len(passage.text)
        if batch and (len(batch) == size or characters > CHARACTERS_PER_CALL):
            yield batch
            batch = []
        batch.append(passage)
    if batch:
        yield batch
