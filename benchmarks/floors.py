"""Measure the shipped pipeline on the gold sets of tests/gold, and keep the floors under its figures.

usage: floors.py [--model MODEL]                       measure; exit 1 if a figure is below its floor
       floors.py --raise                               raise floors to what is measured, never lower one
       floors.py --lower MEASURE=VALUE --because WHY   lower one, with the reason on record
       floors.py --accept-set SET --because WHY        a gold set was changed on purpose; its floors stay

The settings and the model are those of config/; --model measures another one ("blank", a package or a path) against
the same floors, and writes nothing. The figures are explained in benchmarks/quality/.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from quality.floor_file import (
    Floor,
    FloorError,
    Floors,
    accept_set,
    list_changed_sets,
    lower_floor,
    pin_sets,
    raise_floors,
    read_floors,
    write_floors,
)
from quality.sets import GOLD, SETS, list_measurable, measure_sets

from volteface.config import Config, load_config
from volteface.language.pipeline import build_nlp

ROOT = Path(__file__).resolve().parents[1]
FILE = GOLD / "floors.yml"


def measure(model: str | None = None) -> dict[str, float]:
    """Return every figure of the pipeline that the settings name, or of another model."""
    config = _choose_model(load_config(ROOT), model)
    nlp = build_nlp(config)
    return measure_sets(list_measurable(nlp), nlp, config)


def describe(floors: Floors, figures: Mapping[str, float]) -> list[str]:
    """Return one line a measure: figure, floor, and how they compare."""
    lines = []
    for name in sorted({*floors.measures, *figures}):
        figure, floor = figures.get(name), floors.measures.get(name)
        shown = "   - " if figure is None else f"{figure:.3f}"
        against = "  -  " if floor is None else f"{floor.floor:.3f}"
        lines.append(f"{name:<44}{shown}  floor {against}  {_judge(figure, floor)}".rstrip())
    return lines


def list_failures(floors: Floors, figures: Mapping[str, float], digests: Mapping[str, str]) -> list[str]:
    """Return what is wrong: figures below their floors, floors without a figure or the reverse, changed or new sets."""
    missing = [f"{name}: has a floor, but was not measured" for name in floors.measures if name not in figures]
    new = [f"{name}: has no floor; `make raise-floors`" for name in figures if name not in floors.measures]
    low = [
        f"{name}: {figures[name]:.4f} is below its floor, {floor.floor}"
        for name, floor in floors.measures.items()
        if name in figures and figures[name] < floor.floor
    ]
    changed = [f"{name}: the gold set is not the pinned one" for name in list_changed_sets(floors, digests)]
    unpinned = [
        f"{name}: the gold set is not pinned; `make raise-floors`" for name in digests if name not in floors.sets
    ]
    return [*missing, *new, *low, *changed, *unpinned]


def digest_sets() -> dict[str, str]:
    """Return the digest of every gold set, by its name."""
    return {each.name: each.digest() for each in SETS}


def load_floors(path: Path = FILE) -> Floors:
    """Return the floors of the file; none where it is not there yet."""
    return read_floors(path.read_text(encoding="utf-8")) if path.exists() else Floors()


def change(floors: Floors, options: argparse.Namespace, on: date) -> Floors:
    """Return the floors after what the options ask for. Raises FloorError."""
    if options.lower:
        name, _, level = options.lower.partition("=")
        return lower_floor(floors, name, _read_level(name, level), on=on, because=options.because)
    if options.accept_set:
        digests = digest_sets()
        if options.accept_set not in digests:
            raise FloorError(options.accept_set, f"no set has this name; there are {', '.join(digests)}")
        return accept_set(floors, options.accept_set, digests[options.accept_set], on=on, because=options.because)
    return raise_floors(pin_sets(floors, digest_sets(), on), measure(), on)


def main(arguments: list[str] | None = None, path: Path = FILE) -> int:
    """Measure, or change the floors; return the exit code."""
    options = _read_options(arguments)
    floors = load_floors(path)
    if options.raise_floors or options.lower or options.accept_set:
        try:
            changed = change(floors, options, date.today())  # noqa: DTZ011 -- a day on the calendar of who decides
        except FloorError as error:
            print(error, file=sys.stderr)
            return 2
        path.write_text(write_floors(changed), encoding="utf-8")
        moved = sum(floors.measures.get(name) != floor for name, floor in changed.measures.items())
        print(f"{path.name}: {moved} floors moved")
        return 0
    figures = measure(options.model)
    failures = list_failures(floors, figures, digest_sets())
    print("\n".join([*describe(floors, figures), "", *failures] if failures else describe(floors, figures)))
    return 1 if failures else 0


def _read_options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_mutually_exclusive_group()
    actions.add_argument("--model", help='measure this pipeline instead: "blank", a package or a path')
    actions.add_argument("--raise", dest="raise_floors", action="store_true", help="raise floors to what is measured")
    actions.add_argument("--lower", metavar="MEASURE=VALUE", help="lower one floor")
    actions.add_argument("--accept-set", metavar="SET", help="pin a gold set as it is now")
    parser.add_argument("--because", default="", help="the reason, for --lower and --accept-set")
    return parser.parse_args(arguments)


def _read_level(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise FloorError(name, f"{text!r} is no number; --lower MEASURE=VALUE") from None


def _choose_model(config: Config, model: str | None) -> Config:
    if model is None:
        return config
    language = config.settings.language.model_copy(update={"model": model})
    return replace(config, settings=config.settings.model_copy(update={"language": language}))


def _judge(figure: float | None, floor: Floor | None) -> str:
    if figure is None:
        return "NOT MEASURED"
    if floor is None:
        return "NO FLOOR"
    return "BELOW" if figure < floor.floor else f"+{figure - floor.floor:.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
