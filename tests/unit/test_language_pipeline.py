import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from volteface.config import Config, load_config
from volteface.errors import LanguageError
from volteface.language.pipeline import build_nlp, model_version
from volteface.language.tag import tag_passages
from volteface.models import Passage

OURS = ["volteface_sentences", "volteface_actors", "volteface_attributions", "volteface_issues", "volteface_stances"]


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config(Path(__file__).parents[2])


def choose(config: Config, model: str) -> Config:
    language = config.settings.language.model_copy(update={"model": model})
    return dataclasses.replace(config, settings=config.settings.model_copy(update={"language": language}))


def test_blank_pipeline_holds_our_components_alone(config: Config) -> None:
    assert build_nlp(choose(config, "blank")).pipe_names == OURS


def test_sentences_are_split_before_a_models_own_parts_and_the_rest_is_read_after(
    config: Config, tmp_path: Path
) -> None:
    own = spacy.blank("en")
    own.add_pipe("sentencizer")
    own.to_disk(tmp_path / "model")

    assert build_nlp(choose(config, str(tmp_path / "model"))).pipe_names == [OURS[0], "sentencizer", *OURS[1:]]


def test_a_model_that_is_not_there_is_told_by_name(config: Config) -> None:
    with pytest.raises(LanguageError, match="no_such_model"):
        build_nlp(choose(config, "no_such_model"))


def test_a_model_of_another_language_is_refused(config: Config, tmp_path: Path) -> None:
    spacy.blank("fr").to_disk(tmp_path / "model")

    with pytest.raises(LanguageError, match="fr"):
        build_nlp(choose(config, str(tmp_path / "model")))


def test_model_version_changes_with_the_rules(config: Config) -> None:
    config = choose(config, "blank")
    nlp = build_nlp(config)
    fewer = dataclasses.replace(config, rules=config.rules.model_copy(update={"rules": config.rules.rules[1:]}))

    assert model_version(config, nlp) == model_version(config, nlp)
    assert model_version(config, nlp).startswith("blank_en-")
    assert model_version(config, nlp) != model_version(fewer, nlp)


@Language.component("test_parser_of_another_scheme")
def parse_as_other_pipelines_do(doc: Doc) -> Doc:
    """Hang every word on its neighbour with labels that are not UD's, as pipelines trained on OntoNotes have them."""
    for token in doc:
        token.head, token.dep_, token.pos_ = token.nbor(-1) if token.i else token, "dobj" if token.i else "ROOT", "NOUN"
    return doc


def test_an_installed_package_with_another_scheme_of_labels_is_read_with(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = spacy.blank("en")
    model.add_pipe("test_parser_of_another_scheme")
    model.meta.update(name="somebodys_own", version="3.1")
    (tmp_path / "en_somebodys_own").mkdir()
    model.to_disk(tmp_path / "en_somebodys_own" / "en_somebodys_own-3.1")
    (tmp_path / "en_somebodys_own" / "__init__.py").write_text(
        "from pathlib import Path\nfrom spacy.util import load_model_from_init_py\n"
        "def load(**overrides):\n    return load_model_from_init_py(Path(__file__), **overrides)\n"
    )
    (tmp_path / "en_somebodys_own" / "meta.json").write_text(
        (tmp_path / "en_somebodys_own" / "en_somebodys_own-3.1" / "meta.json").read_text()
    )
    (tmp_path / "en_somebodys_own-3.1.dist-info").mkdir()
    (tmp_path / "en_somebodys_own-3.1.dist-info" / "METADATA").write_text("Name: en_somebodys_own\nVersion: 3.1\n")
    monkeypatch.syspath_prepend(tmp_path)

    chosen = choose(config, "en_somebodys_own")
    nlp = build_nlp(chosen)
    article = Passage(
        article_id="a", version_id="a", origin_id="a", outlet="The Example", title="",
        text='Israeli Prime Minister Benjamin Netanyahu said on Monday: "We will enter Rafah."',
        published_at=datetime(2024, 3, 25, tzinfo=UTC), known_from=datetime(2024, 3, 25, tzinfo=UTC),
    )  # fmt: skip
    ((_, statements, _),) = tag_passages(nlp, [article], chosen)

    assert model_version(chosen, nlp).startswith("en_somebodys_own-3.1+")
    assert [(each.actor_id, each.issue_id) for each in statements] == [("benjamin-netanyahu", "rafah-operation")]
