"""Put the trained parts together into one pipeline, without any path of this machine, and record how it was made.

``meta.json`` gets the digests of the inputs, the seeds, the versions of the tools and the figures of evaluate.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from thinc.api import Config, NumpyOps, set_current_ops

from volteface.language.attribution_model import FACTORY as ATTRIBUTION_MODEL
from volteface.language.components import register_components

MACHINE_SECTIONS = ("paths", "corpora", "training", "initialize", "pretraining")
RECIPE_SECTIONS = ("system", "training", "corpora")
PACKAGES = ("spacy", "thinc", "numpy")
LARGEST = 40_000_000  # bytes
SOURCES = [
    {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
    {"name": "UD English GUM, openly licensed genres", "license": "annotations CC BY 4.0; texts CC BY, BY-SA or free"},
    {"name": "Universal NER on English EWT", "license": "CC BY-SA 4.0"},
    {"name": "CrossNER politics", "license": "MIT"},
    {"name": "Groningen Meaning Bank, news part", "license": "texts public domain; annotation licence not stated"},
    {"name": "PolNeAR 1.0 (attribution)", "license": "none stated; texts (c) their publishers, none is in the model"},
    {"name": "White House documents, 2023-24", "license": "US government, public domain"},
    {"name": "news articles of 2023, labelled by a teacher", "license": "(c) their outlets; no text is in the model"},
    {
        "name": "all-MiniLM-L6-v2 (word vectors distilled from it)",
        "license": "Apache-2.0 by its README; the package that it was taken from says MIT",
    },
]

LICENCE = """# Licence of this model

volteface_news (C) the volteface authors, CC BY-SA 4.0: https://creativecommons.org/licenses/by-sa/4.0/legalcode

Trained on UD English EWT and Universal NER (CC BY-SA 4.0), GUM (annotations CC BY 4.0), CrossNER (MIT), the Groningen
Meaning Bank (no licence stated for its annotation) and PolNeAR (no licence stated); word vectors from all-MiniLM-L6-v2
(Apache-2.0 by its README). No text of these is in the model. training/MODEL_CARD.md says more.
"""


def assemble(syntax: Path, entities: Path) -> Language:
    """Return the syntax pipeline with the entity recognizer behind it."""
    nlp = spacy.load(syntax)
    nlp.add_pipe("ner", source=spacy.load(entities))
    default = spacy.blank("en").config
    for section in MACHINE_SECTIONS:
        if section in default:
            nlp.config[section] = default[section]
        else:
            nlp.config.pop(section, None)
    return nlp


def halve_vectors(nlp: Language) -> None:
    """Keep the word vectors in half precision: half the room, and not one label of 8,000 words came out different."""
    nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype("float16")


def add_attribution(nlp: Language, source: Path) -> None:
    """Add the trained attribution component, which reads the parse and the word vectors of this pipeline."""
    register_components()
    nlp.add_pipe(ATTRIBUTION_MODEL, source=spacy.load(source))


def read_recipe(path: Path) -> dict[str, Any]:
    """Return the settings of a training run, without its paths."""
    config = Config().from_disk(path / "config.cfg", interpolate=False)
    return {section: config[section] for section in RECIPE_SECTIONS}


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def measure_size(folder: Path) -> int:
    """Return the bytes of all files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Read the command line, write the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--syntax", type=Path, required=True)
    parser.add_argument("--entities", type=Path, required=True)
    parser.add_argument("--inputs", nargs="+", type=Path, required=True, help="files whose digests are recorded")
    parser.add_argument("--figures", type=Path, help="JSON of evaluate.py")
    parser.add_argument("--attribution", type=Path, help="pipeline that holds the trained attribution component")
    parser.add_argument("--version", required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    set_current_ops(NumpyOps(use_blis=False))
    nlp = assemble(options.syntax, options.entities)
    halve_vectors(nlp)
    if options.attribution:
        add_attribution(nlp, options.attribution)
    nlp.meta.update(
        name="volteface_news",
        version=options.version,
        spacy_version=">=3.8.0,<3.9.0",
        description="English for news: tags, morphology, lemmas, dependencies, sentences, entities.",
        author="the volteface authors",
        license="CC BY-SA 4.0",
        sources=SOURCES,
        performance=json.loads(options.figures.read_text()) if options.figures else {},
        made_with={
            "inputs_sha256": {path.name: digest(path) for path in sorted(options.inputs)},
            "versions": {
                "python": platform.python_version(),
                **{package: version(package) for package in PACKAGES},
            },
            "syntax": read_recipe(options.syntax),
            "entities": read_recipe(options.entities),
        },
    )
    if options.attribution:
        nlp.meta["attribution"] = json.loads((options.attribution / "meta.json").read_text())["attribution"]
    if options.output.exists():
        shutil.rmtree(options.output)
    nlp.to_disk(options.output)
    (options.output / "LICENSE.md").write_text(LICENCE)
    size = measure_size(options.output)
    print(f"{options.output}: {size / 1e6:.1f} MB")
    if size > LARGEST:
        parser.exit(1, f"{options.output} is larger than {LARGEST} bytes\n")


if __name__ == "__main__":
    main()
