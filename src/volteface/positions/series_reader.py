"""Read one group's series, in order of time: what changes inside an actor's own public words or deeds, and between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from volteface.models import Basis, Spoken
from volteface.positions.conditions import ConditionReader, ConditionState
from volteface.positions.days import ANONYMOUS_PREFIX, DEEDS, PUBLIC, pool_days
from volteface.positions.deeds import DeedReader
from volteface.positions.evidence import CLEAR_STRENGTH
from volteface.positions.findings import Found, Setting, Span
from volteface.positions.flips import find_flips, find_mixed_steps
from volteface.positions.track import NOT_BEGUN, SeriesKey, SeriesState, Trace, group_series, trace_series

SeriesName = str  # basis and actor: on_record|us


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesStates:
    """Where the series of one group on one issue stand. ``own`` are those in which deeds of planned events do not count,
    where that has made a difference; ``broken`` is by actor: see ``DeedReader``.
    """

    all: Mapping[SeriesName, SeriesState] = field(default_factory=dict)
    own: Mapping[SeriesName, SeriesState] = field(default_factory=dict)
    conditions: Mapping[SeriesName, ConditionState] = field(default_factory=dict)
    broken: Mapping[str, date] = field(default_factory=dict)


class SeriesReader:
    """The series of one group on one issue. ``traces`` has all, ``read`` goes through those of public words and deeds."""

    def __init__(
        self,
        issue_id: str,
        statements: Sequence[Spoken],
        setting: Setting,
        start: SeriesStates,
        *,
        event_deeds: Collection[str],
    ) -> None:
        self._issue_id = issue_id
        self._setting = setting
        self._start = start
        series = group_series(statement for statement in statements if not statement.is_private)
        keys = [*(_lengthen(name, issue_id) for name in start.all), *series]
        self.traces = {
            key: self._trace(series.get(key, []), start.all.get(_shorten(key))) for key in dict.fromkeys(keys)
        }
        self.own: dict[SeriesName, Trace] = {}
        self._sizes: dict[SeriesName, int] = {}
        self._deeds: defaultdict[str, list[Spoken]] = defaultdict(list)
        for key in self.traces:
            if key[2] not in PUBLIC or key[0].startswith(ANONYMOUS_PREFIX):
                continue
            rows = series.get(key, [])
            own = [row for row in rows if row.statement_id not in event_deeds]
            self.own[_shorten(key)] = self._trace_own(key, rows, own)
            self._sizes[_shorten(key)] = len(rows) if len(own) == len(rows) else -1
            if key[2] in DEEDS:
                self._deeds[key[0]] += own
        self._conditions = {
            name: ConditionReader(_lengthen(name, issue_id), setting, start.conditions.get(name)) for name in self.own
        }
        self._broken = {actor_id: self._make_deed_reader(actor_id) for actor_id in {*start.broken, *self._deeds}}
        self._deed_days = {
            actor_id: pool_days([s for s in rows if s.strength >= CLEAR_STRENGTH], setting.policy)
            for actor_id, rows in self._deeds.items()
        }

    def read(self, span: Span) -> Iterator[Found]:
        """Yield the changes that the days of a span bear. Spans are read in order of time."""
        for name, trace in self.own.items():
            key = _lengthen(name, self._issue_id)
            yield from find_flips(key, trace, self._setting, span)
            yield from find_mixed_steps(key, trace, self._setting, span)
            for run, day in trace.list_signed_days(span):
                yield from ((day.day, found) for found in self._conditions[name].read(run, day))
        for actor_id, days in self._deed_days.items():
            spoken = self.own.get(name_series(actor_id, Basis.ON_RECORD))
            done = [self.own[name] for basis in DEEDS if (name := name_series(actor_id, basis)) in self.own]
            for day in days:
                if spoken is not None and span.holds(day.day):
                    yield from ((day.day, found) for found in self._broken[actor_id].read(day, spoken, done))

    def get_states(self, until: date) -> SeriesStates:
        """Return where the series stand at the end of a day up to which they have been read."""
        own = {
            name: trace.get_state(until)
            for name, trace in self.own.items()
            if trace is not self.traces[_lengthen(name, self._issue_id)]
        }
        return SeriesStates(
            all=_get_states(self.traces, until),
            own=own,
            conditions={name: state for name, reader in self._conditions.items() if (state := reader.get_state())},
            broken={actor_id: reader.state for actor_id, reader in self._broken.items() if reader.state},
        )

    def get_start(self, name: SeriesName) -> SeriesState | None:
        """Return where a series stood before these statements, as far as it counts for changes."""
        return self._start.own[name] if name in self._start.own else self._start.all.get(name)

    def is_whole(self, name: SeriesName, size: int) -> bool:
        """Tell whether so many statements are all of a series, and no deed of a planned event was ever among them."""
        return name not in self._start.own and self._sizes.get(name) == size

    def _trace(self, rows: Sequence[Spoken], start: SeriesState | None) -> Trace:
        return trace_series(self._issue_id, rows, self._setting, start)

    def _trace_own(self, key: SeriesKey, rows: Sequence[Spoken], own: Sequence[Spoken]) -> Trace:
        """Return the trace of what counts for changes: the whole series' own where no deed was ever left out."""
        short = _shorten(key)
        if short in self._start.own:
            return self._trace(own, self._start.own[short])
        return self.traces[key] if len(own) == len(rows) else self._trace(own, self._start.all.get(short))

    def _make_deed_reader(self, actor_id: str) -> DeedReader:
        return DeedReader((actor_id, self._issue_id), self._setting, self._start.broken.get(actor_id))


def name_series(actor_id: str, basis: Basis) -> SeriesName:
    """Return the name of a series among those of its group and issue."""
    return f"{basis}|{actor_id}"


def _shorten(key: SeriesKey) -> SeriesName:
    return name_series(key[0], key[2])


def _lengthen(name: SeriesName, issue_id: str) -> SeriesKey:
    basis, _, actor_id = name.partition("|")
    return actor_id, issue_id, Basis(basis)


def _get_states(traces: Mapping[SeriesKey, Trace], until: date) -> dict[SeriesName, SeriesState]:
    states = {_shorten(key): trace.get_state(until) for key, trace in traces.items()}
    return {name: state for name, state in states.items() if state != NOT_BEGUN}
