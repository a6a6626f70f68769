"""The same position, for another reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from volteface.models import Basis, ChangeKind, PositionChange, Spoken, SpokenRow
from volteface.positions.days import Day
from volteface.positions.evidence import CLEAR_STRENGTH, choose_statement, compute_probability
from volteface.positions.findings import Finding, Setting, make_change, show
from volteface.positions.runs import Run, remember
from volteface.positions.voices import SideKey

MAX_GIVEN = 20  # reasons that are remembered
MAX_SHARED = 0.2  # of the content words of the shorter rationale
_MIN_WORDS = 1
_WORD = re.compile(r"[^\W\d_]{3,}")
_STOP_WORDS = frozenset(
    {
        "about", "after", "against", "all", "also", "and", "any", "are", "because", "been", "before", "being", "but",
        "can", "could", "did", "does", "for", "from", "had", "has", "have", "her", "his", "how", "into", "its",
        "itself", "may", "more", "most", "not", "now", "off", "only", "other", "our", "out", "over", "own", "said",
        "say", "should", "since", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these",
        "they", "this", "those", "through", "too", "under", "until", "was", "were", "what", "when", "where", "which",
        "while", "who", "why", "will", "with", "would", "you", "your",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RationaleState:
    """The latest statements of the run begun on a day that give reasons, and until when a new one is a wording."""

    begun_on: date
    given: tuple[SpokenRow, ...]
    quiet_until: date


class RationaleReader:
    """Compares the reasons that a side gives for what it holds, in order of time."""

    def __init__(self, key: SideKey, setting: Setting, state: RationaleState | None = None) -> None:
        self._key = key
        self._setting = setting
        self.state = state

    def read(self, run: Run, day: Day) -> Iterator[PositionChange]:
        """Yield a change where a side restates, on the record, a sign it holds with a reason that is new.

        New is a reason that shares few content words with each of the ``MAX_GIVEN`` reasons given last while the sign
        stood. All reasons of a day belong together, and within ``gap_window_days`` of a change a further one is a
        wording, not a change. The retelling of a deed gives no new reason: only spoken words do. Words that only hint at the
        position (strength 1) give no reason for it.
        """
        today = [s for s in day.holding(run.stance) if s.rationale and s.strength >= CLEAR_STRENGTH]
        if not today:
            return
        state = self.state
        if state is None or state.begun_on != run.begun_on:
            state = RationaleState(run.begun_on, (), date.min)
        given, quiet_until = state.given, state.quiet_until
        new = [s for s in today if s.basis is Basis.ON_RECORD and given and _is_new(s, given)]
        if new and day.day > quiet_until:
            quiet_until = day.day + timedelta(days=self._setting.policy.gap_window_days)
            yield _make_change(self._key, given, new, day.day, self._setting)
        kept = (*given, *map(remember, today))[-MAX_GIVEN:]
        self.state = RationaleState(run.begun_on, kept, quiet_until)


def get_content_words(text: str) -> frozenset[str]:
    """Return the stems (five letters) of a rationale's content words, so that inflections agree."""
    return frozenset(word[:5] for word in _WORD.findall(text.casefold()) if word not in _STOP_WORDS)


def share_few_words(first: str, second: str) -> bool:
    """Tell whether two rationales share at most a fifth of the content words of the shorter one; False where one
    has none.
    """
    one, other = get_content_words(first), get_content_words(second)
    if min(len(one), len(other)) < _MIN_WORDS:
        return False
    return len(one & other) <= MAX_SHARED * min(len(one), len(other))


def _is_new(statement: Spoken, given: Iterable[Spoken]) -> bool:
    return all(share_few_words(statement.rationale or "", earlier.rationale or "") for earlier in given)


def _make_change(
    key: SideKey, given: Sequence[Spoken], new: Sequence[Spoken], day: date, setting: Setting
) -> PositionChange:
    side, issue_id = key
    lead = choose_statement(new)
    own = [statement for statement in given if statement.actor_id == lead.actor_id]
    labels = setting.labels
    policy = setting.policy
    return make_change(
        Finding(
            kind=ChangeKind.RATIONALE_CHANGE,
            actor_id=lead.actor_id,
            subject=side,
            issue_id=issue_id,
            basis=Basis.ON_RECORD,
            day=day,
            before=own or given,
            after=[statement for statement in new if statement.actor_id == lead.actor_id],
            supporting=new,
            keeps_sign=True,
            probability=compute_probability(own or given, policy) * compute_probability(new, policy),
            summary=f"{labels.get(lead.actor_id)} on {labels.get(issue_id)}: still {show(lead.stance)}, another reason",
        ),
        setting,
    )
