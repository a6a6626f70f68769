import dataclasses
from pathlib import Path

import pytest
import spacy

from volteface.config import Config, load_config
from volteface.errors import LanguageError
from volteface.language.pipeline import build_nlp, model_version

OURS = ["volteface_sentences", "volteface_actors", "volteface_attributions", "volteface_issues", "volteface_stances"]


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config(Path(__file__).parents[2])


def choose(config: Config, model: str) -> Config:
    language = config.settings.language.model_copy(update={"model": model})
    return dataclasses.replace(config, settings=config.settings.model_copy(update={"language": language}))


def test_blank_pipeline_holds_our_components_alone(config: Config) -> None:
    assert build_nlp(config).pipe_names == OURS


def test_our_components_stand_after_a_models_own(config: Config, tmp_path: Path) -> None:
    own = spacy.blank("en")
    own.add_pipe("sentencizer")
    own.to_disk(tmp_path / "model")

    assert build_nlp(choose(config, str(tmp_path / "model"))).pipe_names == ["sentencizer", *OURS]


def test_a_model_that_is_not_there_is_told_by_name(config: Config) -> None:
    with pytest.raises(LanguageError, match="no_such_model"):
        build_nlp(choose(config, "no_such_model"))


def test_a_model_of_another_language_is_refused(config: Config, tmp_path: Path) -> None:
    spacy.blank("fr").to_disk(tmp_path / "model")

    with pytest.raises(LanguageError, match="fr"):
        build_nlp(choose(config, str(tmp_path / "model")))


def test_model_version_changes_with_the_rules(config: Config) -> None:
    nlp = build_nlp(config)
    fewer = dataclasses.replace(config, rules=config.rules.model_copy(update={"rules": config.rules.rules[1:]}))

    assert model_version(config, nlp) == model_version(config, nlp)
    assert model_version(config, nlp).startswith("blank_en-")
    assert model_version(config, nlp) != model_version(fewer, nlp)
