"""Write a trained network as the package reads it: eight-bit matrices, the vocabulary, and meta.json with every digest."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from volteface.language.encoder_net import SCALE
from volteface.language.marked_reader import META, VOCABULARY, WEIGHTS

_STEPS = 127  # of a whole number of eight bits, to each side of zero


def pack(name: str, values: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """Return a matrix as whole numbers with one scale for each row; a vector, and a head, in half precision."""
    if values.ndim != 2 or name.startswith("heads."):  # noqa: PLR2004 -- a matrix
        return {name: values.astype("float16")}
    scales = np.maximum(np.abs(values).max(axis=1), 1e-8) / _STEPS
    return {name: np.rint(values / scales[:, None]).astype("int8"), name + SCALE: scales.astype("float32")}


def write_reader(
    folder: Path, weights: Mapping[str, NDArray[np.float32]], vocabulary: Path, meta: dict[str, Any]
) -> None:
    """Write the folder. Weights are named as in training: ``bert.`` before the encoder's, ``heads.`` before the heads'."""
    folder.mkdir(parents=True, exist_ok=True)
    packed: dict[str, Any] = {}
    for name, values in sorted(weights.items()):
        packed |= pack(name.removeprefix("bert."), values)
    np.savez(folder / WEIGHTS, **packed)
    shutil.copyfile(vocabulary, folder / VOCABULARY)
    digests = {name: digest_file(folder / name) for name in (WEIGHTS, VOCABULARY)}
    text = json.dumps({**meta, "files": digests}, indent=1, ensure_ascii=False) + "\n"
    (folder / META).write_text(text, encoding="utf-8")


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
