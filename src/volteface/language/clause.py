"""One sentence read around one cue: which mention stands where, and what may stand in between. Words alone.

The lists are closed classes of English; what an editor may want to change is in config/stance_rules.yml.
"""

from __future__ import annotations

from dataclasses import dataclass

from volteface.language.annotations import ActorMention, Interval
from volteface.language.kinship import Kinship
from volteface.language.marks import Mark, Reading, Sentence

FIRST_PERSON = frozenset(("i", "we", "our", "us", "my"))
THIRD_PERSON = frozenset(("he", "she", "it", "they"))
DETERMINERS = frozenset(("the", "a", "an", "both"))
JOINERS = frozenset(("and", "but", "or", "then", ",", "&", "yet"))
QUOTES = frozenset(('"', "'", "-"))
PREPOSITIONS = frozenset(
    "of by with to from against on in for at about between over than into under near inside outside towards toward"  # noqa: SIM905 -- a list of words reads best as words
    " alongside amid despite following without including except besides unlike".split()
)
_PAST_FORMS = frozenset(
    "sought said sent held made gave met told spoke threw stood broke brought began led got cut put shut called"  # noqa: SIM905 -- as above
    " withdrew froze withheld took sold shipped flew won voted will would must should has have had is are was were"
    " does did can".split()
)
_RECORDINGS = frozenset(("video", "videos", "footage", "recording", "recordings", "clip", "clips", "image", "images"))
_SKIPPED = (Mark.AUXILIARY, Mark.NEGATOR, Mark.PRIVATE, Mark.CHANGE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of a reading with the cue in question, and what is known of the actors' kinship."""

    reading: Reading
    sentence: Sentence
    cue: Interval
    kinship: Kinship

    @property
    def start(self) -> int:
        """Return where the sentence starts."""
        return self.sentence.start

    def word(self, index: int) -> str:
        """Return a word of the text in its normal form."""
        return self.reading.words[index]

    def find_mention(self, end: int) -> ActorMention | None:
        """Return the mention that ends right before a token, unless it hangs on a preposition ("a critic of X")."""
        ending = (mention for mention in self.reading.mentions if mention.end == end)
        is_participle = self.word(self.cue[0]).endswith("ing")
        return next((one for one in ending if self._is_free(one, is_participle=is_participle)), None)

    def _is_free(self, mention: ActorMention, *, is_participle: bool) -> bool:
        """Tell whether the mention may be a subject: "with X recalling its envoy", "a video of X calling for it"."""
        preposition = self.find_preposition(mention)
        is_shown = preposition == "of" and self.word(mention.start - 2) in _RECORDINGS
        is_absolute = is_participle and (preposition == "with" or is_shown)
        return is_absolute or not self.hangs_on_preposition(mention)

    def find_named(self, end: int) -> ActorMention | None:
        """Return the mention that ends right before a token, whatever stands before it ("after X 's call")."""
        return next((mention for mention in self.reading.mentions if mention.end == end), None)

    def word_or_end(self, index: int) -> str:
        """Return a word of the sentence, or nothing beyond its end."""
        return self.word(index) if index < self.sentence.end else ""

    def hangs_on_preposition(self, mention: ActorMention) -> bool:
        """Tell whether a preposition stands before the mention, over articles."""
        return bool(self.find_preposition(mention))

    def find_preposition(self, mention: ActorMention) -> str:
        """Return the preposition that stands before the mention, over articles; empty where none does."""
        before = mention.start - 1
        while before >= 0 and self.word(before) in DETERMINERS:
            before -= 1
        return self.word(before) if before >= 0 and self.word(before) in PREPOSITIONS else ""

    def list_group(self, member: ActorMention) -> tuple[ActorMention, ...]:
        """Return the mention with its fellows: "the leaders" is one place and several actors."""
        fellows = (
            one
            for one in self.reading.mentions
            if (one.start, one.end) == (member.start, member.end) and one.actor_id != member.actor_id
        )
        return (member, *fellows)

    def find_verb_start(self) -> int:
        """Return where the cue starts with all its auxiliaries, adverbs and denials: the subject ends here."""
        index = self.cue[0]
        while index > self.start:
            marks = (match for mark in _SKIPPED for match in self.sentence.marks.get(mark, ()))
            skipped = [match.start for match in marks if match.end == index]
            is_small = self.word(index - 1) in QUOTES or self.word(index - 1).endswith("ly")
            if skipped:
                index = min(skipped)
            elif is_small and self.find_mention(index) is None:
                index -= 1
            else:
                break
        return index

    def is_finite(self) -> bool:
        """Tell whether the cue is surely told as a fact: "abstained", "rejects", "has agreed"; not "Hamas accept"."""
        word = self.word(self.cue[0])
        return word.endswith(("ed", "s")) or word in _PAST_FORMS or self.find_verb_start() < self.cue[0]
