"""Build the spaCy pipeline that reads a text: a model's own parts first, then ours. Loads nothing from the network."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language

from volteface.config import Config
from volteface.errors import LanguageError
from volteface.language.components import list_reading_settings, list_stance_settings, register_components

BLANK = "blank"


def build_nlp(config: Config) -> Language:
    """Return the pipeline for the model that ``settings.language.model`` names: "blank", a package, or a path.

    Our components stand after the model's own, in the order sentences, actors, attributions, issues, stances. A model
    that splits sentences keeps doing so. Raises LanguageError for a model that cannot be loaded, or that is of a
    language other than English.
    """
    register_components()
    nlp = _load(config)
    for name, settings in _list_settings(config).items():
        if name not in nlp.pipe_names:
            nlp.add_pipe(name, config=settings)
    return nlp


def model_version(config: Config, nlp: Language) -> str:
    """Return which model and which rules make the statements: the model's name and version, and a digest of ours.

    The digest covers actors, issues, rules and cues: re-tagging with other ones never looks like a change in the world.
    """
    if config.settings.language.model == BLANK:
        model = f"blank_{nlp.lang}-{spacy_version}"
    else:
        model = f"{nlp.lang}_{nlp.meta['name']}-{nlp.meta['version']}"
    settings = json.dumps(_list_settings(config), sort_keys=True, default=str)
    return f"{model}+{hashlib.sha256(settings.encode()).hexdigest()[:8]}"


def _load(config: Config) -> Language:
    name = config.settings.language.model
    if name == BLANK:
        return spacy.blank("en")
    local = config.path(Path(name))
    try:
        nlp = spacy.load(local if local.is_dir() else name)
    except (OSError, ImportError, ValueError) as error:
        raise LanguageError(name, f"cannot be loaded: {str(error).splitlines()[0]}") from error
    if nlp.lang != "en":
        raise LanguageError(name, f"reads {nlp.lang!r}; the rules are for English")
    return nlp


def _list_settings(config: Config) -> dict[str, dict[str, Any]]:
    return {**list_reading_settings(config), **list_stance_settings(config)}
