"""Leave out of a reader's folder the word pieces that no text of ours uses: a third of its table. Needs onnx for ONNX.

usage: trim_pieces.py FOLDER --texts TEXTS.jsonl.gz ... [--least 1]

Keeps marks, every continuation ("##ing"), every piece of one or two characters, and what the texts use: a word left out is
read by its parts. Works on a folder with vocab.txt, meta.json and weights.npz or network.onnx; writes the new digests.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from pathlib import Path

import numpy as np

from volteface.language.word_pieces import WordPieces

TABLE = "embeddings.word_embeddings.weight"
_SHORT = 2  # characters


def main() -> None:
    """Count, choose, cut."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--least", type=int, default=1)
    options = parser.parse_args()
    vocabulary = options.folder / "vocab.txt"
    pieces = vocabulary.read_text(encoding="utf-8").splitlines()
    counts = count_pieces(WordPieces(vocabulary), options.texts)
    kept = [number for number, piece in enumerate(pieces) if is_kept(piece, counts[number], options.least)]
    cut_weights(options.folder, kept, len(pieces))
    vocabulary.write_text("\n".join(pieces[number] for number in kept) + "\n", encoding="utf-8")
    write_digests(options.folder)
    print(f"{len(kept)} of {len(pieces)} pieces kept")


def count_pieces(words: WordPieces, texts: list[Path]) -> Counter[int]:
    """Return how often each piece stands in the titles and texts of some files."""
    counts: Counter[int] = Counter()
    for path in texts:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                for word in f"{row.get('title', '')} {row['text']}".split():
                    counts.update(words.split(word))
    return counts


def is_kept(piece: str, count: int, least: int) -> bool:
    """Tell whether a piece stays."""
    is_mark = piece.startswith("[") and piece.endswith("]") and len(piece) > _SHORT
    return count >= least or len(piece) <= _SHORT or piece.startswith("##") or (is_mark and not _is_spare(piece))


def _is_spare(piece: str) -> bool:
    return piece.startswith("[unused") and int(piece[len("[unused") : -1]) > 3  # noqa: PLR2004 -- four serve as marks


def cut_weights(folder: Path, kept: list[int], count: int) -> None:
    """Keep these rows of the table of word pieces."""
    packed, network = folder / "weights.npz", folder / "network.onnx"
    if packed.exists():
        with np.load(packed, allow_pickle=False) as stored:
            weights = dict(stored)
        for name in (TABLE, f"{TABLE}.scale"):
            weights[name] = weights[name][kept]
        np.savez_compressed(packed, **weights)
    if network.exists():
        _cut_network(network, kept, count)


def _cut_network(path: Path, kept: list[int], count: int) -> None:
    import onnx  # noqa: PLC0415 -- for this kind of folder alone
    from onnx import numpy_helper  # noqa: PLC0415

    model = onnx.load(path)
    for tensor in model.graph.initializer:
        if tensor.dims and tensor.dims[0] == count:
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor)[kept], tensor.name))
    onnx.save(model, path)


def write_digests(folder: Path) -> None:
    """Write the digests of the folder's files into its meta.json."""
    path = folder / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta["files"] = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in meta["files"]}
    path.write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
