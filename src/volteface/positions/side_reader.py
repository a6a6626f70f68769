"""Read one side on one issue, in order of time: what stands between its public, private and reported voices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from volteface.models import Basis, Spoken
from volteface.positions.days import pool_days
from volteface.positions.findings import Found, Setting, Span
from volteface.positions.gaps import DenialReader, GapReader, GapState
from volteface.positions.rationales import RationaleReader, RationaleState
from volteface.positions.series_reader import SeriesName, SeriesReader, name_series
from volteface.positions.silence import SilenceReader, SilenceState
from volteface.positions.track import SeriesState, trace_series
from volteface.positions.voices import SideKey, Voices


@dataclass(frozen=True, slots=True, kw_only=True)
class SideState:
    """Where reading a side stopped. ``public`` is its public position, whoever of it speaks; where one actor on one
    footing is all of its public voice, ``shared`` names that series, and its state is not repeated here. With neither it
    has not spoken yet.
    """

    public: SeriesState | None = None
    shared: SeriesName | None = None
    gaps: GapState | None = None
    denials: tuple[date, date] = (date.min, date.min)
    rationales: RationaleState | None = None
    silence: SilenceState | None = None


class SideReader:
    """One side on one issue. It looks at what it says, not at what follows for its single actors: see series_reader.py."""

    def __init__(self, key: SideKey, voices: Voices, setting: Setting, start: SideState, series: SeriesReader) -> None:
        policy = setting.policy
        self._voices = voices
        self._shared = _find_shared(voices.public, start, series)
        self._is_pooled = self._shared is None and bool(start.public or start.shared or voices.public)
        begun = series.get_start(start.shared) if start.shared else start.public
        shared = series.own.get(self._shared) if self._shared else None
        self._public = shared or trace_series(key[1], voices.public, setting, begun)
        self._private = pool_days(voices.private, policy)
        self._reports = pool_days(voices.reported, policy)
        on_record: list[Spoken] = [s for s in voices.public if s.basis is Basis.ON_RECORD] if self._reports else []
        self._answers = pool_days(on_record, policy)
        self._gaps = GapReader(key, setting, start.gaps)
        self._denials = DenialReader(key, setting, start.denials)
        self._rationales = RationaleReader(key, setting, start.rationales)
        self._silence = SilenceReader(key, setting, start.silence)

    def read(self, span: Span) -> Iterator[Found]:
        """Yield the changes that the days of a span bear. Spans are read in order of time."""
        for index, day in enumerate(self._private):
            if span.holds(day.day):
                yield from ((day.day, found) for found in self._gaps.read(index, self._private, self._public))
        for report in self._reports:
            if span.holds(report.day):
                yield from ((report.day, found) for found in self._denials.read(report, self._reports, self._answers))
        for run, day in self._public.list_signed_days(span):
            yield from ((day.day, found) for found in self._rationales.read(run, day))
        spoken, declined = self._voices.spoken, self._voices.declined
        for on in sorted(filter(span.holds, {*spoken, *declined})):
            yield from ((on, found) for found in self._silence.read(on, declined.get(on, []), spoken.get(on, [])))

    def get_state(self, until: date) -> SideState:
        """Return where the side stands at the end of a day up to which it has been read."""
        return SideState(
            public=self._public.get_state(until) if self._is_pooled else None,
            shared=self._shared,
            gaps=self._gaps.state,
            denials=self._denials.state,
            rationales=self._rationales.state,
            silence=self._silence.get_state(),
        )


def _find_shared(public: Sequence[Spoken], start: SideState, series: SeriesReader) -> SeriesName | None:
    """Return the series that is all of a side's public voice, up to now and in these statements; None where none is."""
    names = {name_series(statement.actor_id, statement.basis) for statement in public}
    if start.shared:
        names.add(start.shared)
    if start.public is not None or len(names) != 1:
        return None
    (name,) = names
    return name if series.is_whole(name, len(public)) else None
