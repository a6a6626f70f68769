"""training/project.yml names what there is: scripts, settings, options and steps."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import readers
import yaml
from spacy.util import load_config, registry

TRAINING = Path(__file__).parents[2] / "training"
PROJECT: dict[str, Any] = yaml.safe_load((TRAINING / "project.yml").read_text())
LINES = [line for command in PROJECT["commands"] for line in command["script"]]


def test_the_steps_of_every_workflow_are_there() -> None:
    names = {command["name"] for command in PROJECT["commands"]}
    assert {step for steps in PROJECT["workflows"].values() for step in steps} <= names


@pytest.mark.parametrize("line", LINES)
def test_a_step_runs_files_that_are_there(line: str) -> None:
    files = re.findall(r"(?:scripts|configs)/[\w.]+", line)
    assert files
    assert [name for name in files if not (TRAINING / name).is_file()] == []


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("python scripts/")])
def test_a_step_gives_options_that_its_script_knows(line: str) -> None:
    scripts = [TRAINING / line.split()[1], TRAINING / "scripts" / "corpora.py"]
    known = "".join(path.read_text() for path in scripts)
    options = re.findall(r" --([\w-]+)", line)
    assert [name for name in options if f'"--{name}"' not in known and f'"{name}"' not in known] == []


@pytest.mark.parametrize("line", LINES)
def test_a_step_uses_variables_that_are_declared(line: str) -> None:
    assert set(re.findall(r"\$\{vars\.(\w+)}", line)) <= PROJECT["vars"].keys()


@pytest.mark.parametrize("name", ["syntax", "entities"])
def test_a_training_run_is_seeded_and_ends_before_its_learning_rate_does(name: str) -> None:
    config = load_config(TRAINING / "configs" / f"{name}.cfg", interpolate=True)
    training = config["training"]
    assert training["seed"] == PROJECT["vars"]["seed"]
    assert training["optimizer"]["learn_rate"]["total_steps"] >= training["max_steps"] > 0
    assert registry.readers.get(config["corpora"]["train"]["@readers"]) is readers.read_mixed_tokens


@pytest.mark.parametrize("name", ["syntax", "entities"])
def test_the_texts_that_choose_the_best_step_are_not_varied(name: str) -> None:
    dev = load_config(TRAINING / "configs" / f"{name}.cfg")["corpora"]["dev"]
    assert (dev["gold_share"], dev["lower_share"]) == (1.0, 0.0)
