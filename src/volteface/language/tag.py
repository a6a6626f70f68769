"""Tag passages: from article texts to statements and event claims. The way into the language stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from volteface.config import Config
from volteface.config.issues import PlannedEvent
from volteface.language.annotations import IssueHit
from volteface.language.declined import find_refusals
from volteface.language.events import build_claims, keep_distinct
from volteface.language.pipeline import model_version
from volteface.language.statements import Place, build_refusal, build_statement, find_main_issue, keep_surest
from volteface.language.text import find_readable_end, mask_text
from volteface.language.wrapping import unwrap_text
from volteface.models import EventClaim, Passage, Statement

Tagged = tuple[Passage, tuple[Statement, ...], tuple[EventClaim, ...]]


def tag_passages(nlp: Language, passages: Iterable[Passage], config: Config) -> Iterator[Tagged]:
    """Yield each passage with the statements and event claims that its title and text make, in order.

    A text is read up to ``settings.language.max_characters``. Evidence offsets are characters of the passage's own
    text or title.
    """
    version = model_version(config, nlp)
    events = {issue.id: issue.event for issue in config.issues if issue.event}
    size = config.settings.language.batch_size
    limit = config.settings.language.max_characters
    waiting: list[Passage] = []
    for passage in passages:
        waiting.append(passage)
        if len(waiting) == size:
            yield from _tag_batch(nlp, waiting, limit, version, events)
            waiting = []
    yield from _tag_batch(nlp, waiting, limit, version, events)


def _tag_batch(
    nlp: Language, passages: Sequence[Passage], limit: int, version: str, events: dict[str, PlannedEvent]
) -> Iterator[Tagged]:
    docs = [
        _make_doc(nlp, passage, text)
        for passage in passages
        for text in (passage.title, passage.text[: find_readable_end(passage.text, limit)])
    ]
    read = list(nlp.pipe(docs))
    for number, passage in enumerate(passages):
        title = Place(passage, read[2 * number], "title", version)
        text = Place(passage, read[2 * number + 1], "text", version)
        yield _tag_passage(passage, (title, text), events)


def _make_doc(nlp: Language, passage: Passage, text: str) -> Doc:
    doc = nlp.make_doc(mask_text(unwrap_text(text)))
    doc._.published_at = passage.published_at
    doc._.outlet_actor_id = passage.outlet_actor_id
    doc._.title = passage.title
    return doc


def _tag_passage(passage: Passage, places: tuple[Place, Place], events: dict[str, PlannedEvent]) -> Tagged:
    statements: list[Statement] = []
    claims: list[EventClaim] = []
    main = find_main_issue(*(_issue_hits(place) for place in places))
    for place in places:
        for hit in place.doc._.stance_hits:
            statement = build_statement(place, hit)
            statements += [statement] if statement else []
            claims += build_claims(place, hit, events, statement)
        if main is not None:
            statements += [build_refusal(place, refusal) for refusal in find_refusals(place.doc, main)]
    return passage, keep_surest(statements), keep_distinct(claims)


def _issue_hits(place: Place) -> Sequence[IssueHit]:
    return tuple(place.doc._.issue_hits)
