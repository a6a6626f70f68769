"""Our spaCy components and their registration. Thin shells: each calls one finder and writes what it found.

Settings arrive as factory arguments, rows of the configuration as JSON gives them; no component opens a file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from volteface.config import Config
from volteface.config.actors import Actor
from volteface.config.cues import Cue
from volteface.config.issues import Issue
from volteface.config.rules import StanceRules
from volteface.language.actors import ActorFinder
from volteface.language.annotations import register_extensions
from volteface.language.attribution import AttributionFinder
from volteface.language.attribution_model import FACTORY as ATTRIBUTION_MODEL
from volteface.language.attribution_model import make_attribution_model
from volteface.language.issues import IssueFinder
from volteface.language.kinship import Kinship
from volteface.language.marks import Reader
from volteface.language.sentences import split_sentences
from volteface.language.stance import find_stances

Rows = list[dict[str, Any]]
Component = Callable[[Doc], Doc]


def register_components() -> None:
    """Declare the Doc attributes and the factories; calling it again changes nothing."""
    register_extensions()
    if Language.has_factory("volteface_actors"):
        return
    Language.component("volteface_sentences", func=split_sentences, assigns=["token.is_sent_start"])
    Language.factory(
        "volteface_actors",
        default_config={"actors": [], "cues": []},
        assigns=["doc._.actor_mentions"],
        requires=["token.is_sent_start"],
        func=make_actors,
    )
    Language.factory(
        ATTRIBUTION_MODEL,
        default_config={"thresholds": {}, "width": 96, "words": 96},
        assigns=["doc._.attribution_spans"],
        requires=["token.is_sent_start", "token.dep", "token.tag"],
        func=make_attribution_model,
    )
    Language.factory(
        "volteface_attributions",
        default_config={"actors": [], "cues": []},
        assigns=["doc._.attributions", "doc._.actor_mentions"],
        requires=["doc._.actor_mentions"],
        func=make_attributions,
    )
    Language.factory(
        "volteface_issues",
        default_config={"issues": []},
        assigns=["doc._.issue_hits"],
        requires=["token.is_sent_start"],
        func=make_issues,
    )
    Language.factory(
        "volteface_stances",
        default_config={"rules": {}, "actors": []},
        assigns=["doc._.stance_hits", "doc._.stance_reading"],
        requires=["doc._.actor_mentions", "doc._.attributions", "doc._.issue_hits"],
        func=make_stances,
    )


def make_actors(nlp: Language, name: str, actors: Rows, cues: Rows) -> Component:  # noqa: ARG001 -- spaCy's signature
    """Return the component that writes ``doc._.actor_mentions``. It needs sentence starts."""
    finder = ActorFinder(nlp, map(Actor.model_validate, actors), map(Cue.model_validate, cues))

    def tag_actors(doc: Doc) -> Doc:
        doc._.actor_mentions = finder.find(doc)
        return doc

    return tag_actors


def make_attributions(nlp: Language, name: str, actors: Rows, cues: Rows) -> Component:  # noqa: ARG001 -- spaCy's signature
    """Return the component that writes ``doc._.attributions`` and adds resolved pronouns to the mentions."""
    finder = AttributionFinder(map(Actor.model_validate, actors), map(Cue.model_validate, cues))

    def tag_attributions(doc: Doc) -> Doc:
        doc._.attributions, doc._.actor_mentions = finder.find(doc)
        return doc

    return tag_attributions


def make_issues(nlp: Language, name: str, issues: Rows) -> Component:  # noqa: ARG001 -- spaCy's signature
    """Return the component that writes ``doc._.issue_hits``. It needs sentence starts."""
    finder = IssueFinder(nlp.make_doc, map(Issue.model_validate, issues))

    def tag_issues(doc: Doc) -> Doc:
        doc._.issue_hits = finder.find(doc)
        return doc

    return tag_issues


def make_stances(nlp: Language, name: str, rules: dict[str, Any], actors: Rows) -> Component:  # noqa: ARG001 -- spaCy's signature
    """Return the component that writes ``doc._.stance_hits``: what everything before it comes to."""
    reader = Reader(nlp.make_doc, StanceRules.model_validate(rules))
    kinship = Kinship(map(Actor.model_validate, actors))

    def tag_stances(doc: Doc) -> Doc:
        doc._.stance_reading = reader.read(doc)
        doc._.stance_hits = tuple(find_stances(doc._.stance_reading, kinship))
        return doc

    return tag_stances


def list_stance_settings(config: Config) -> dict[str, dict[str, Any]]:
    """Return the settings of the components that read who takes which stance, in their order."""
    return {
        "volteface_issues": {"issues": [issue.model_dump(mode="json") for issue in config.issues]},
        "volteface_stances": {
            "rules": config.rules.model_dump(mode="json"),
            "actors": [actor.model_dump(mode="json") for actor in config.actors],
        },
    }


def list_reading_settings(config: Config) -> dict[str, dict[str, Any]]:
    """Return the settings of the components that read who said what, in their order."""
    rows = {
        "actors": [actor.model_dump(mode="json") for actor in config.actors],
        "cues": [cue.model_dump(mode="json") for cue in config.cues],
    }
    return {"volteface_sentences": {}, "volteface_actors": rows, "volteface_attributions": rows}


def add_reading_pipes(nlp: Language, config: Config) -> None:
    """Add the sentence, actor and attribution components to a pipeline that has none of them."""
    register_components()
    for factory, settings in list_reading_settings(config).items():
        if factory not in nlp.pipe_names:
            nlp.add_pipe(factory, config=settings)
