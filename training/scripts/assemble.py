"""Put the trained parts together into one pipeline, without any path of this machine, and record how it was made.

``meta.json`` gets the digests of the inputs, the seeds, the versions of the tools and the figures of evaluate.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import thinc
from spacy.language import Language
from thinc.api import Config, NumpyOps, set_current_ops

MACHINE_SECTIONS = ("paths", "corpora", "training", "initialize", "pretraining")
RECIPE_SECTIONS = ("system", "training", "corpora")
LARGEST = 40 * 1024 * 1024  # bytes
SOURCES = [
    {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
    {"name": "UD English GUM, openly licensed genres", "license": "annotations CC BY 4.0; texts CC BY, BY-SA or free"},
    {"name": "Universal NER on English EWT", "license": "CC BY-SA 4.0"},
    {"name": "CrossNER politics", "license": "MIT"},
    {"name": "Groningen Meaning Bank, news part", "license": "texts public domain; annotation licence not stated"},
    {"name": "White House documents, 2023-24", "license": "US government, public domain"},
    {"name": "all-MiniLM-L6-v2 (word vectors distilled from it)", "license": "Apache-2.0"},
]


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
    parser.add_argument("--version", required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    set_current_ops(NumpyOps(use_blis=False))
    nlp = assemble(options.syntax, options.entities)
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
                "spacy": spacy.__version__,
                "thinc": thinc.__version__,
                "numpy": np.__version__,
            },
            "syntax": read_recipe(options.syntax),
            "entities": read_recipe(options.entities),
        },
    )
    if options.output.exists():
        shutil.rmtree(options.output)
    nlp.to_disk(options.output)
    size = measure_size(options.output)
    print(f"{options.output}: {size / 1024 / 1024:.1f} MB")
    if size > LARGEST:
        parser.exit(1, f"{options.output} is larger than {LARGEST} bytes\n")


if __name__ == "__main__":
    main()
