"""Build the spaCy pipeline that reads a text: a model's own parts first, then ours. Loads nothing from the network."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import spacy
import thinc.api
from spacy.about import __version__ as spacy_version
from spacy.language import Language

from volteface.config import Config
from volteface.config.settings import StanceReading
from volteface.errors import LanguageError
from volteface.language.components import list_reading_settings, list_stance_settings, register_components
from volteface.language.glued import split_glued_marks
from volteface.language.marked_reader import read_version
from volteface.language.quick_pipes import quicken
from volteface.language.stance_model import read_stance_version

BLANK = "blank"
SHIPPED = "volteface_news"
SHIPPED_FOLDER = Path(__file__).parent / "model"
SENTENCES = "volteface_sentences"


def build_nlp(config: Config) -> Language:
    """Return the pipeline for the model that ``settings.language.model`` names.

    "volteface_news" is the pipeline that comes with the package, "blank" the tokenizer alone; else a package or a path.
    Sentences are split first: a parser that finds them split keeps them so, and ours know headlines, bylines and
    quotations. Our other components stand after the model's own, in the order actors, attributions, issues, stances.
    Raises LanguageError for a model that cannot be loaded, or that is of a language other than English.
    """
    register_components()
    nlp = split_glued_marks(_load(config))
    for name, settings in _list_settings(config).items():
        if name not in nlp.pipe_names:
            nlp.add_pipe(name, config=settings, first=name == SENTENCES or None)
    return nlp


def model_version(config: Config, nlp: Language) -> str:
    """Return which model and which rules make the statements: the model's name and version, and a digest of ours.

    The digest covers actors, issues, rules, cues and the trained readers of stances and events: re-tagging with other
    ones never looks like a change in the world.
    """
    if config.settings.language.model == BLANK:
        model = f"blank_{nlp.lang}-{spacy_version}"
    else:
        model = f"{nlp.lang}_{nlp.meta['name']}-{nlp.meta['version']}"
    parts: dict[str, object] = {**_list_settings(config)}
    if config.settings.language.events:
        parts["events"] = read_version()
    if config.settings.language.stances is StanceReading.TRAINED:
        parts["stances"] = read_stance_version()
    settings = json.dumps(parts, sort_keys=True, default=str)
    return f"{model}+{hashlib.sha256(settings.encode()).hexdigest()[:8]}"


def _load(config: Config) -> Language:
    name = config.settings.language.model
    if name == BLANK:
        return spacy.blank("en")
    local = SHIPPED_FOLDER if name == SHIPPED else config.path(Path(name))
    _choose_matrix_product()
    try:
        nlp = spacy.load(local if local.is_dir() else name)
    except (OSError, ImportError, ValueError) as error:
        raise LanguageError(name, f"cannot be loaded: {str(error).splitlines()[0]}") from error
    if nlp.lang != "en":
        raise LanguageError(name, f"reads {nlp.lang!r}; the rules are for English")
    return quicken(nlp) if name == SHIPPED else nlp


def _choose_matrix_product() -> None:
    """Multiply with numpy where thinc would with BLIS: 1.8 times the words a second on the machine that we measured.

    A GPU that somebody chose (``spacy.require_gpu``) stays chosen.
    """
    if isinstance(thinc.api.get_current_ops(), thinc.api.NumpyOps):
        thinc.api.set_current_ops(thinc.api.NumpyOps(use_blis=False))


def _list_settings(config: Config) -> dict[str, dict[str, Any]]:
    return {**list_reading_settings(config), **list_stance_settings(config)}
