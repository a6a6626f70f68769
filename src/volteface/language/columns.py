"""What spaCy knows of each token, for a whole Doc at once: asking token by token takes ten times as long."""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.parts_of_speech import NAMES  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc


def read_strings(doc: Doc, attribute: str) -> list[str]:
    """Return an attribute that spaCy keeps as a string, of each token: ORTH, LOWER, NORM, DEP."""
    return _read(doc, attribute, doc.vocab.strings)


def read_parts_of_speech(doc: Doc) -> list[str]:
    """Return the part of speech of each token, "" where no tagger has been."""
    return _read(doc, "POS", NAMES)


def read_numbers(doc: Doc, attribute: str) -> list[int]:
    """Return an attribute that is a number, of each token. HEAD is relative to the token."""
    values: Any = doc.to_array(attribute)
    numbers: list[int] = np.asarray(values).astype(np.int64).tolist()
    return numbers


def _read(doc: Doc, attribute: str, names: Any) -> list[str]:
    values: Any = doc.to_array(attribute)
    kinds, places = np.unique(np.asarray(values), return_inverse=True)
    words = [str(names[kind]) for kind in kinds.tolist()]
    return [words[place] for place in places.reshape(-1).tolist()]
