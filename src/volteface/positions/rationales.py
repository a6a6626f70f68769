"""The same position, for another reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from volteface.models import Basis, ChangeKind, PositionChange, Statement
from volteface.positions.days import SIGNS
from volteface.positions.evidence import choose_statement, compute_probability
from volteface.positions.findings import Finding, Setting, make_change, show
from volteface.positions.track import Run, trace_series
from volteface.positions.voices import SideKey, Voices

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


def find_rationale_changes(key: SideKey, voices: Voices, setting: Setting) -> Iterator[PositionChange]:
    """Yield a change where a side restates, on the record, a sign it holds with a reason that is new.

    New is a reason that shares few content words with every reason given before while the sign stood. All reasons of
    a day belong together, and within ``gap_window_days`` of a change a further one is a wording, not a change. The
    retelling of a deed gives no new reason: only spoken words do.
    """
    for run in trace_series(voices.public, setting.policy).runs:
        if run.stance in SIGNS:
            yield from _compare_days(key, run, setting)


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


def _compare_days(key: SideKey, run: Run, setting: Setting) -> Iterator[PositionChange]:
    given: list[Statement] = []
    quiet_until = date.min
    for day in run.days:
        today = [statement for statement in day.holding(run.stance) if statement.rationale]
        new = [s for s in today if s.basis is Basis.ON_RECORD and given and _is_new(s, given)]
        if new and day.day > quiet_until:
            quiet_until = day.day + timedelta(days=setting.policy.gap_window_days)
            yield _make_change(key, given, new, day.day, setting)
        given += today


def _is_new(statement: Statement, given: Iterable[Statement]) -> bool:
    return all(share_few_words(statement.rationale or "", earlier.rationale or "") for earlier in given)


def _make_change(
    key: SideKey, given: list[Statement], new: list[Statement], day: date, setting: Setting
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
            probability=compute_probability(own or given, policy) * compute_probability(new, policy),
            summary=f"{labels.get(lead.actor_id)} on {labels.get(issue_id)}: still {show(lead.stance)}, another reason",
        ),
        setting,
    )
