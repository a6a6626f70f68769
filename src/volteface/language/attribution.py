"""Say who said what: reporting cues with their sources and contents, resolved to actors.

Order: judge every cue of a sentence, give it its content, set aside those that stand inside another's content
(nested: the outer speaker is their reporter), then resolve sources in text order, so that a pronoun finds who spoke.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from volteface.config.actors import Actor
from volteface.config.cues import Cue
from volteface.language.annotations import ActorMention, Attribution, Interval, Via
from volteface.language.attribution_merge import merge_drafts
from volteface.language.authorship import find_authors, is_signed
from volteface.language.cues import CueTable
from volteface.language.discourse import Discourse, acts
from volteface.language.drafts import Draft, draft_attributions, find_quote_type
from volteface.language.layout import Layout, lay_out
from volteface.language.lexicon import SUBJECT_PRONOUNS, words
from volteface.language.roster import Roster
from volteface.language.sources import find_sentence_subject
from volteface.language.speakers import UNRESOLVED, Speakers, find_name_before, resolve_source
from volteface.language.transcripts import (
    Context,
    find_meeting,
    find_own_words,
    find_turns,
    speak_as,
    speak_for_both,
    speak_in_turn,
)
from volteface.language.voices import find_continuations, find_headline

_NAMED = (Via.ALIAS, Via.OFFICE, Via.METONYM, Via.SPOKESPERSON, Via.CANDIDATE)
_PRIVATE = (
    "privately", "in private", "behind closed doors", "behind the scenes", "quietly", "quiet messages",
    "private messages", "in a private", "in closed-door", "back channel", "back channels", "off the record",
)  # fmt: skip
_REQUESTS = words(
    "comment request requests message messages question questions call calls inquiry inquiries email emails"
)


class AttributionFinder:
    """Finds the attributions of one Doc after the other. Holds tables only; keeps nothing of a text."""

    def __init__(self, actors: Iterable[Actor], cues: Iterable[Cue]) -> None:
        self._roster = Roster(actors)
        self._cues = CueTable(cues)

    def find(self, doc: Doc) -> tuple[tuple[Attribution, ...], tuple[ActorMention, ...]]:
        """Return the attributions in order of their cues, and the mentions with the resolved pronouns added."""
        layout = lay_out(doc)
        mentions: tuple[ActorMention, ...] = doc._.actor_mentions
        subjects = [mention for mention in mentions if acts(layout, mention, self._cues)]
        discourse = Discourse(layout, self._roster, subjects)
        named = {i for m in mentions if m.via in _NAMED for i in range(m.start, m.end)}
        hits = [hit for hit in self._cues.find(layout.lowers) if hit.start not in named]
        drafts = draft_attributions(layout, hits)
        if doc._.attribution_spans:  # a trained component has been here
            drafts = merge_drafts(layout, drafts, doc._.attribution_spans, hits)
        resolved = _Resolver(layout, mentions, discourse).resolve(drafts)
        everything = [*resolved, *find_headline(layout, mentions)]
        everything.extend(find_continuations(layout, everything))
        everything = self._add_own_words(layout, everything, doc)
        everything.sort(key=lambda one: one.cue or (one.contents[0] if one.contents else (0, 0)))
        return tuple(everything), _add_pronouns(layout, mentions, everything)

    def _add_own_words(self, layout: Layout, found: list[Attribution], doc: Doc) -> list[Attribution]:
        """Add the turns of a transcript, or else the first person of a government's own document."""
        context = Context(doc._.outlet_actor_id, doc._.title or "", doc._.published_at)
        turns = list(find_turns(layout, doc._.actor_mentions, self._roster, context))
        if turns:
            spoken = (speak_in_turn(layout, one, turns) for one in found)
            return [*turns, *(one for one in spoken if one is not None)]
        authors = find_authors(layout, doc._.actor_mentions, self._roster, context)
        if not authors:
            return found
        own = [speak_as(layout, one, authors) for one in found]
        meeting = find_meeting(layout, doc._.actor_mentions, self._roster, context)
        if meeting is not None:
            own = [speak_for_both(layout, one, *meeting) for one in own]
        return [*own, *find_own_words(layout, own, authors, is_whole=is_signed(context))]


class _Resolver:
    """Resolves the drafts of one text in order: what was resolved before helps with what follows."""

    def __init__(self, layout: Layout, mentions: Sequence[ActorMention], discourse: Discourse) -> None:
        self._layout = layout
        self._mentions = mentions
        self._discourse = discourse

    def resolve(self, drafts: Sequence[Draft]) -> list[Attribution]:
        """Return an attribution for each draft, with the reporters of the nested ones."""
        resolved: list[Attribution] = []
        for draft in drafts:
            resolved.append(self._resolve_one(draft, drafts, resolved))
        return [_report(one, draft, resolved) for one, draft in zip(resolved, drafts, strict=True)]

    def _resolve_one(self, draft: Draft, drafts: Sequence[Draft], resolved: Sequence[Attribution]) -> Attribution:
        frame = draft.frame
        source, speakers = frame.source, UNRESOLVED
        if frame.source is not None:
            speakers = self._hear(frame.source)
        elif frame.inherits:
            source, speakers = self._inherit(draft, drafts, resolved)
        return Attribution(
            source=source,
            cue=(frame.hit.start, frame.hit.end),
            contents=draft.contents,
            quote_type=find_quote_type(self._layout, draft.contents),
            speakers=speakers.actor_ids,
            via=speakers.via,
            speaker_text=self._layout.text(*source).strip(" ,") if source else "",
            is_declined=_is_declined(self._layout, draft),
            is_private=_is_private(self._layout, draft),
            is_nested=draft.outer is not None,
            is_doubtful=draft.is_doubtful,
            shown=draft.shown,
        )

    def _hear(self, source: Interval) -> Speakers:
        """Resolve a source and remember it, but for a pronoun that means nobody known."""
        speakers = resolve_source(self._layout, source, self._mentions, self._discourse)
        if not speakers.actor_ids and (named := find_name_before(self._layout, source, self._mentions)):
            speakers = Speakers((named.actor_id,), named.via)
        if speakers.actor_ids or self._layout.lowers[source[0]] not in SUBJECT_PRONOUNS:
            text = self._layout.text(*source)
            self._discourse.add_speaker(source[0], speakers.actor_ids, speakers.via, text)
        return speakers

    def _inherit(
        self, draft: Draft, drafts: Sequence[Draft], resolved: Sequence[Attribution]
    ) -> tuple[Interval | None, Speakers]:
        """As in "..., adding that": the source of the cue before it on its level, else the subject of the sentence."""
        for other, attribution in zip(reversed(drafts[: len(resolved)]), reversed(resolved), strict=True):
            if other.sentence != draft.sentence:
                break
            if other.outer == draft.outer and attribution.source:
                return attribution.source, Speakers(attribution.speakers, attribution.via)
        if draft.outer is not None:
            return None, UNRESOLVED
        subject = find_sentence_subject(self._layout, draft.sentence, draft.frame.start)
        return (subject, self._hear(subject)) if subject else (None, UNRESOLVED)


def _report(attribution: Attribution, draft: Draft, resolved: Sequence[Attribution]) -> Attribution:
    """Name the speaker in whose words a nested attribution stands, where it is one actor."""
    if draft.outer is None or len(resolved[draft.outer].speakers) != 1:
        return attribution
    return replace(attribution, reporter=resolved[draft.outer].speakers[0])


def _is_declined(layout: Layout, draft: Draft) -> bool:
    if not draft.frame.hit.cue.declined:
        return False
    if draft.frame.hit.cue.id != "no-response":
        return True
    window = layout.lowers[draft.frame.hit.end : draft.frame.hit.end + 8]
    return any(word in _REQUESTS for word in window)


def _is_private(layout: Layout, draft: Draft) -> bool:
    """The words around the cue say that it was not said in public; what is quoted does not count."""
    start, end = draft.sentence
    lowers = [layout.lowers[i] for i in range(start, end) if layout.quote_of[i] < 0]
    text = f" {' '.join(lowers)} "
    return any(f" {phrase} " in text for phrase in _PRIVATE)


def _add_pronouns(
    layout: Layout, mentions: Sequence[ActorMention], attributions: Sequence[Attribution]
) -> tuple[ActorMention, ...]:
    found = {
        ActorMention(start=one.source[0], end=one.source[0] + 1, actor_id=one.speakers[0], via=Via.PRONOUN)
        for one in attributions
        if one.via is Via.PRONOUN and one.source and len(one.speakers) == 1
        and layout.lowers[one.source[0]] in ("he", "she", "they", "it")
    }  # fmt: skip
    return tuple(sorted({*mentions, *found}, key=lambda mention: (mention.start, mention.end, mention.actor_id)))
