"""Who may hold a position in which sentence: everybody named or speaking there. Each pair is a question for the reader.

The actor's own names are taken out of the words ("{A} rejected a ceasefire"). Whose side somebody is on would make the
reader right more often and worthless: it would read the position that one is known for into every sentence, and miss
the change.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from volteface.language.annotations import ActorMention, Attribution, Interval, IssueHit
from volteface.language.kinship import UNKNOWN
from volteface.language.marks import Reading, Sentence
from volteface.language.parses import find_subject_over
from volteface.language.stance import StanceHit

ACTOR = "{A}"
"""Stands for the actor's names in a pair's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One actor in one sentence of a title or text.

    ``text`` is the sentence with ``ACTOR`` for the actor's names, ``previous`` the sentence before it. ``hits`` are the
    issues' words in the sentence, ``near`` the issues of the sentences beside it, ``ruled`` what the rules say by issue, ``gaps`` how far the actor's nearest name is
    from the words of each issue of the sentence: tokens, and other actors named in between. ``subjects`` are the issues
    whose words hang on a verb that has a subject of its own, by a parser: True where that is the actor, False where it
    is another.
    """

    actor_id: str
    sentence: int
    in_title: bool
    text: str
    previous: str
    is_said: bool  # the actor speaks in the sentence
    is_named: bool
    hits: tuple[IssueHit, ...]
    near: frozenset[str]
    ruled: Mapping[str, StanceHit]
    gaps: Mapping[str, tuple[int, int]]
    subjects: Mapping[str, bool]
    attribution: Attribution | None
    mention: ActorMention | None


@dataclass(slots=True)
class _Place:
    """What is known of one actor in one sentence; ``spans`` are characters of its names there."""

    spans: set[Interval] = field(default_factory=set)
    mention: ActorMention | None = None
    attribution: Attribution | None = None
    ruled: dict[str, StanceHit] = field(default_factory=dict)


def list_pairs(doc: Doc, reading: Reading, ruled: Iterable[StanceHit], title: str | None) -> list[Pair]:
    """Return the pairs of a Doc in text order. ``title`` is that of the text; None where the Doc is a title itself."""
    places: dict[tuple[int, str], _Place] = defaultdict(_Place)
    for mention in reading.mentions:
        if mention.actor_id != UNKNOWN:
            place = places[find_sentence(reading, mention.start), mention.actor_id]
            place.spans.add(_to_characters(doc, (mention.start, mention.end)))
            place.mention = place.mention or mention
    _add_speakers(doc, reading, places)
    for hit in sorted((one for one in ruled if one.stance), key=lambda one: -one.confidence):
        place = places[find_sentence(reading, hit.sentence[0]), hit.holding.actor_id]
        place.ruled.setdefault(hit.verdict.hit.issue_id, hit)
    by_sentence: dict[int, list[IssueHit]] = defaultdict(list)
    for found in reading.issue_hits:
        by_sentence[find_sentence(reading, found.start)].append(found)
    words = doc.text  # spaCy puts it together anew each time
    return [
        _build_pair(doc, words, reading, key, place=places[key], hits=by_sentence, title=title)
        for key in sorted(places)
    ]


def find_sentence(reading: Reading, token: int) -> int:
    """Return the number of the sentence that holds a token."""
    return max(0, bisect_right(reading.sentences, token, key=lambda sentence: sentence.start) - 1)


def _add_speakers(doc: Doc, reading: Reading, places: dict[tuple[int, str], _Place]) -> None:
    for said in reading.attributions:
        for number in _list_sentences(reading, said):
            sentence = reading.sentences[number]
            for actor_id in said.speakers:
                if actor_id == UNKNOWN:
                    continue
                place = places[number, actor_id]
                place.attribution = place.attribution or said
                if said.source and sentence.start <= said.source[0] < sentence.end:
                    start, end = _to_characters(doc, said.source)
                    if not any(one[0] < end and start < one[1] for one in place.spans):
                        place.spans.add((start, end))


def _list_sentences(reading: Reading, said: Attribution) -> Iterator[int]:
    """Yield the sentences that an attribution's cue and contents stand in."""
    spans = [*said.contents, *((said.cue,) if said.cue else ())]
    numbers: set[int] = set()
    for start, end in spans:
        numbers.update(range(find_sentence(reading, start), find_sentence(reading, max(start, end - 1)) + 1))
    yield from sorted(numbers)


def _build_pair(
    doc: Doc,
    words: str,
    reading: Reading,
    key: tuple[int, str],
    *,
    place: _Place,
    hits: Mapping[int, Sequence[IssueHit]],
    title: str | None,
) -> Pair:
    number, actor_id = key
    sentence = reading.sentences[number]
    before = _words_of(doc, reading, number - 1) if number else title or ""
    return Pair(
        actor_id=actor_id,
        sentence=number,
        in_title=title is None,
        text=_take_out(words, _to_characters(doc, (sentence.start, sentence.end)), place.spans),
        previous=before,
        is_said=place.attribution is not None,
        is_named=bool(place.spans),
        hits=tuple(hits.get(number, ())),
        near=frozenset(hit.issue_id for beside in (number - 1, number + 1) for hit in hits.get(beside, ())),
        ruled=place.ruled,
        gaps=_measure_gaps(reading, sentence, actor_id, hits.get(number, ())),
        subjects=_find_subjects(reading, actor_id, hits.get(number, ())),
        attribution=place.attribution,
        mention=place.mention,
    )


def _measure_gaps(
    reading: Reading, sentence: Sentence, actor_id: str, hits: Sequence[IssueHit]
) -> dict[str, tuple[int, int]]:
    inside = [one for one in reading.mentions if sentence.start <= one.start < sentence.end]
    own = [one for one in inside if one.actor_id == actor_id]
    others = [one for one in inside if one.actor_id != actor_id]
    gaps: dict[str, tuple[int, int]] = {}
    for hit in hits:
        for mention in own:
            start, end = sorted((mention.end, hit.start)) if mention.end <= hit.start else (hit.end, mention.start)
            gap = (max(0, end - start), sum(start <= one.start < end for one in others))
            gaps[hit.issue_id] = min(gap, gaps.get(hit.issue_id, gap))
    return gaps


def _find_subjects(reading: Reading, actor_id: str, hits: Sequence[IssueHit]) -> dict[str, bool]:
    """Return for each issue whether the subject of the nearest verb over its words that has one is the actor."""
    if reading.parse is None:
        return {}
    found: dict[str, bool] = {}
    for hit in hits:
        subject = find_subject_over(reading.parse, (hit.start, hit.end))
        if subject is not None:
            named = {one.actor_id for one in reading.mentions if one.start <= subject < one.end}
            if named:
                found[hit.issue_id] = found.get(hit.issue_id, False) or actor_id in named
    return found


def _words_of(doc: Doc, reading: Reading, number: int) -> str:
    sentence = reading.sentences[number]
    return " ".join(doc[sentence.start : sentence.end].text.split())


def _take_out(words: str, sentence: Interval, spans: Iterable[Interval]) -> str:
    """Return a sentence's words with ``ACTOR`` for some of its characters."""
    at, end = sentence
    parts: list[str] = []
    for start, stop in sorted(spans):
        if start >= at:
            parts += [words[at:start], ACTOR]
            at = stop
    return " ".join("".join([*parts, words[at:end]]).split())


def _to_characters(doc: Doc, tokens: Interval) -> Interval:
    last = doc[tokens[1] - 1]
    return doc[tokens[0]].idx, last.idx + len(last)
