"""How real what a cue tells is: done, intended, supposed or long past. Words alone; denials are judged elsewhere.

The distinction is that of PLOVER's auxiliary modes. Whether a denied cue counts, and whose deed it is, is not told here.
"""

from __future__ import annotations

from volteface.config.rules import Holder, RuleKind, StanceRule
from volteface.language.marks import Mark, Reading, Sentence
from volteface.models import Modality

_INTENDED = frozenset(
    "will shall going vow vows vowed pledge pledged pledges promise promised promises want wants wanted intend intends"  # noqa: SIM905 -- a list of words reads best as words
    " intended decide decided ready prepared willing committed offer offered seek sought seeks determined plans planned"
    " planning expected".split()
)
_SUPPOSED = frozenset(("would", "could", "may", "might"))
_BYGONE = frozenset(("previously", "formerly", "historically", "once"))
_IRREGULAR = frozenset(
    "sent held made gave met told spoke stood broke brought led cut put shut froze withheld took sold shipped flew won"  # noqa: SIM905 -- as above
    " let struck withdrew kept began".split()
)


def tell_modality(reading: Reading, sentence: Sentence, rule: StanceRule, cue_start: int) -> Modality:
    """Return the modality of a cue that is not denied: the rule's own, unless the words before the cue say otherwise.

    Of speech only what stands between subject and cue counts: to say that something must stop is to say it now. A deed
    that is told in a bare form or after "to" is not done yet.
    """
    start = _find_start(reading, sentence, cue_start)
    before = frozenset(reading.words[start:cue_start])
    if before & _INTENDED:
        return Modality.INTENDED
    if before & _SUPPOSED:  # "they said that they would" tells a plan, "they would" alone supposes
        return Modality.INTENDED if _is_reported(reading, cue_start) else Modality.HYPOTHETICAL
    if before & _BYGONE:
        return Modality.PAST
    is_deed = rule.kind is RuleKind.ACT and rule.holder is Holder.SUBJECT
    if is_deed and reading.words[cue_start] in _INTENDED:  # "pledged aid"
        return Modality.INTENDED
    return Modality.INTENDED if is_deed and not _is_done(reading, start, cue_start) else rule.modality


def _find_start(reading: Reading, sentence: Sentence, cue_start: int) -> int:
    """Return where the auxiliaries and adverbs before a cue start."""
    index = cue_start
    while index > sentence.start:
        ending = [one.start for one in sentence.marks.get(Mark.AUXILIARY, ()) if one.end == index]
        if ending:
            index = min(ending)
        elif reading.words[index - 1].endswith("ly"):
            index -= 1
        else:
            break
    return index


def _is_done(reading: Reading, start: int, cue_start: int) -> bool:
    """Tell whether a verb is in a form that says so: "sent", "sends", "is sending"; a bare form right after a name."""
    word = reading.words[cue_start]
    if start > 0 and reading.words[start - 1] == "to":
        return False
    is_finite = word.endswith(("ed", "s", "ing")) or word in _IRREGULAR or not word.isalpha()
    return is_finite or any(mention.end == start for mention in reading.mentions)


def _is_reported(reading: Reading, index: int) -> bool:
    return any(start <= index < end for one in reading.attributions for start, end in one.contents)
