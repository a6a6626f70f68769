"""Write the stance reader's folder as the package reads it."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from volteface.language.stance_model import LINEAR, META, NETWORK, VOCABULARY

NAME, VERSION = "volteface_stance", "1.0.0"


def write_folder(
    folder: Path,
    encoder: Path,
    *,
    linear: Mapping[str, Any],
    issues: Mapping[str, str],
    labels: Mapping[str, int],
    gate: float,
) -> None:
    """Write vocabulary, linear parts and meta.json beside the network. weigh.py adds the judge's weights and thresholds."""
    shutil.copyfile(encoder / "vocab.txt", folder / VOCABULARY)
    (folder / LINEAR).write_text(json.dumps(linear, sort_keys=True) + "\n", encoding="utf-8")
    meta = {
        "name": NAME,
        "version": VERSION,
        "licence": "CC BY-SA 4.0",
        "propositions": dict(issues),
        "labels": dict(labels),
        "thresholds": {"gate": gate},
        "encoder": digest(encoder / "model.safetensors"),
        "python": platform.python_version(),
    }
    write_meta(folder, meta)


def write_meta(folder: Path, meta: dict[str, Any]) -> None:
    """Write meta.json with the digests of the other files."""
    meta["files"] = {name: digest(folder / name) for name in (NETWORK, VOCABULARY, LINEAR)}
    (folder / META).write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
