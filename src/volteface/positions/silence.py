"""Silence: an actor that has spoken on an issue now declines to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from volteface.models import Basis, ChangeKind, PositionChange, Spoken
from volteface.positions.days import is_public
from volteface.positions.evidence import compute_probability
from volteface.positions.findings import Finding, Setting, make_change
from volteface.positions.runs import remember


@dataclass(frozen=True, slots=True)
class SilenceState:
    """The last day on which a side declined to comment, and its last day of spoken words with those words."""

    declined_on: date | None = None
    spoke_on: date | None = None
    words: tuple[Spoken, ...] = ()


class SilenceReader:
    """Watches a side decline to comment on what it has spoken of, in order of time."""

    def __init__(self, key: tuple[str, str], setting: Setting, state: SilenceState | None = None) -> None:
        self._key = key
        self._setting = setting
        self.state = state or SilenceState()

    def get_state(self) -> SilenceState:
        """Return where it stands, without the words."""
        return replace(self.state, words=tuple(map(remember, self.state.words)))

    def read(self, day: date, declined: Sequence[Spoken], spoken: Sequence[Spoken]) -> Iterator[PositionChange]:
        """Yield a silence where a side declines, on a day, what it had spoken of within ``silence_after_days``.

        Having spoken is a public position of its own, or a report in its name of another's. Declining again is the
        same silence, until the side has spoken on a later day or ``gap_window_days`` have passed. One outlet is
        enough: that somebody declined is the outlet's own word. "Did not respond" is no statement, and no silence.
        """
        state = self.state
        if spoken:
            state = SilenceState(state.declined_on, day, tuple(spoken))
        if (
            declined
            and state.spoke_on
            and day - state.spoke_on <= timedelta(days=self._setting.policy.silence_after_days)
        ):
            window = timedelta(days=self._setting.policy.gap_window_days)
            last = state.declined_on
            if last is None or state.spoke_on > last or day - last > window:
                yield _make_silence(self._key, state.words, declined, day, self._setting)
            state = SilenceState(day, state.spoke_on, state.words)
        self.state = state


def get_speaker(statement: Spoken) -> str | None:
    """Return who speaks in public here, or keeps silent; None where it is nobody named."""
    if statement.is_declined or is_public(statement):
        return statement.actor_id
    if statement.basis is Basis.REPORTED_BY_OTHER and not statement.is_private:
        return statement.reported_by
    return None


def _make_silence(
    key: tuple[str, str], words: Sequence[Spoken], declined: Sequence[Spoken], day: date, setting: Setting
) -> PositionChange:
    side, issue_id = key
    actor_id = side if any(s.actor_id == side for s in declined) else min(s.actor_id for s in declined)
    return make_change(
        Finding(
            kind=ChangeKind.SILENCE,
            actor_id=actor_id,
            subject=side,
            issue_id=issue_id,
            basis=Basis.ON_RECORD,
            day=day,
            before=words,
            after=declined,
            probability=compute_probability(declined, setting.policy),
            needs_standing=False,
            summary=f"{setting.labels.get(actor_id)} on {setting.labels.get(issue_id)}: declines to comment",
        ),
        setting,
    )
