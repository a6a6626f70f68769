"""Which texts are copies of one another: candidates by MinHash bands, decided by how much of the shorter the longer has.

A copy is edited, cut, retitled, re-ordered or padded, and yet a part of the reporter's own wording stays. So two texts
are compared by the shingles outside of quotation marks (``articles/shingles.py``), and by containment: a story cut to
a third shares a third with the whole by Jaccard's measure, and all of it by this one.

A relation of two texts and of nothing else: what was seen before, or how often a phrase is used, does not count. So the
order in which texts arrive changes no result.

It does not see through a rewriting in other words or a translation, and it takes for copies two short reports that
print one statement in full without quotation marks, where that is two fifths of the shorter one.

Method: A. Broder, "On the resemblance and containment of documents", 1997; MinHash by the library rensa (R-MinHash),
bands of two slots. The thresholds were chosen by benchmarks/near_duplicates.py on one half of its texts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from rensa import RMinHash

from volteface.articles.shingles import Hashes, build_shingles
from volteface.models import TextSignature

SLOTS = 256  # of the MinHash
SLOTS_PER_BAND = 2
SEED = 42
MIN_SHARED_BANDS = 3  # of 128: 98 % of pairs at Jaccard .25 are looked at, 55 % at .15, 1 in 5,000 at .03
# Signatures of another scheme cannot be compared with these: rensa's figures changed with 0.4 and with 0.5.
SCHEME = f"rensa{RMinHash.ALGORITHM_VERSION}-{SLOTS}x{SLOTS_PER_BAND}-w4-1"

SHORT_WORDS = 40  # below, the title counts too, and a copy is the same words: Jaccard
BRIEF_SHINGLES = 120  # up to so many, an outlet's footer may be most of the text: nearly all of it must be shared
MIN_OWN = 30  # shingles outside of quotations; a text with fewer is nearly all quotation and is compared whole
MIN_CONTAINMENT = 0.4
BRIEF_CONTAINMENT = 0.8
MIN_JACCARD = 0.15  # a page that has a whole story, and six times as much besides, is no copy of it
SHORT_JACCARD = 0.8
DOCUMENT_JACCARD = 0.5  # an authority's document is copied by what is mostly the document, not by a story that has it
_SAMPLING = ((100, 1), (2_000, 4))  # up to so many shingles: one in so many is kept
_SAMPLING_LONG = 16


@dataclass(frozen=True, slots=True)
class Copy:
    """Two versions of which one has its words from the other, or both from a third. The order tells nothing."""

    version_id: str
    other_id: str
    similarity: float


def sign_texts(texts: Sequence[tuple[str, str, str]]) -> list[TextSignature]:
    """Return the signature of each (version id, title, text), in order.

    The title counts only for a text of less than ``SHORT_WORDS`` words: copies are retitled, and two short items of one
    template differ in little else. A text without four words has no bands and is nobody's copy.
    """
    chosen = [_choose_shingles(title, text) for _, title, text in texts]
    bands = _band_all([hashes for hashes, _ in chosen])
    return [
        TextSignature(
            version_id=version_id,
            scheme=SCHEME,
            is_short=is_short,
            shingle_count=len(hashes),
            bands=tuple(row.tolist()) if len(hashes) else (),
            sample=_sample(hashes),
        )
        for (version_id, _, _), (hashes, is_short), row in zip(texts, chosen, bands, strict=True)
    ]


def find_copies(
    pairs: Iterable[tuple[str, str]], signatures: Mapping[str, TextSignature], documents: Collection[str] = ()
) -> Iterator[Copy]:
    """Yield those of the pairs that are copies. ``documents`` are the versions that are an authority's own words.

    A report that carries a document in full, among its own words, is no copy of it: else all such reports would be one.
    """
    thinned: dict[tuple[str, int], set[int]] = {}  # a text is most often compared with many others
    for pair in pairs:
        one, other = signatures[pair[0]], signatures[pair[1]]
        modulus = _common_modulus(one, other)
        for version_id, signature in zip(pair, (one, other), strict=True):
            if (version_id, modulus) not in thinned:
                thinned[version_id, modulus] = _thin(signature, modulus)
        is_carried = (pair[0] in documents) != (pair[1] in documents)
        sets = (thinned[pair[0], modulus], thinned[pair[1], modulus])
        similarity = _decide(one, other, sets, DOCUMENT_JACCARD if is_carried else MIN_JACCARD)
        if similarity is not None:
            yield Copy(*pair, similarity)


def measure_copy(one: TextSignature, other: TextSignature, min_jaccard: float = MIN_JACCARD) -> float | None:
    """Return how much of the shorter text's wording stands in the longer, 0 to 1; None where neither copies the other.

    An estimate from samples: its standard error is near .05 for texts of 500 words and near .1 for texts of 120.
    """
    modulus = _common_modulus(one, other)
    return _decide(one, other, (_thin(one, modulus), _thin(other, modulus)), min_jaccard)


def _decide(
    one: TextSignature, other: TextSignature, sets: tuple[set[int], set[int]], min_jaccard: float
) -> float | None:
    first, second = sets
    shared = len(first & second)
    if not shared:
        return None
    containment = shared / min(len(first), len(second))
    jaccard = shared / (len(first) + len(second) - shared)
    if one.is_short or other.is_short:
        return containment if jaccard >= SHORT_JACCARD else None
    is_brief = min(one.shingle_count, other.shingle_count) <= BRIEF_SHINGLES
    wanted = BRIEF_CONTAINMENT if is_brief else MIN_CONTAINMENT
    return containment if containment >= wanted and jaccard >= min_jaccard else None


def _choose_shingles(title: str, text: str) -> tuple[Hashes, bool]:
    shingles = build_shingles(text)
    if shingles.word_count < SHORT_WORDS:
        return build_shingles(f"{title}\n{text}").all, True
    return (shingles.own if len(shingles.own) >= MIN_OWN else shingles.all), False


def _band_all(sets: Sequence[Hashes]) -> Hashes:
    """Return one row of 32-bit band values for each set; a band's place is part of its value."""
    offsets = np.array([0, *accumulate(len(hashes) for hashes in sets)], dtype=np.uint64)
    flat = np.concatenate(sets) if sets else np.zeros(0, dtype=np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, SLOTS, SEED).to_rows()
    slots = np.array(matrix, dtype=np.uint64).reshape(len(sets), SLOTS // SLOTS_PER_BAND, SLOTS_PER_BAND)
    places = np.arange(1, SLOTS // SLOTS_PER_BAND + 1, dtype=np.uint64)
    mixed = (slots[:, :, 0] * np.uint64(0x9E3779B97F4A7C15)) ^ (slots[:, :, 1] + places * np.uint64(0xC2B2AE3D27D4EB4F))
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return mixed >> np.uint64(32)


def _modulus(shingle_count: int) -> int:
    return next((modulus for most, modulus in _SAMPLING if shingle_count <= most), _SAMPLING_LONG)


def _sample(hashes: Hashes) -> tuple[int, ...]:
    kept = hashes[hashes % np.uint64(_modulus(len(hashes))) == 0]
    return tuple((kept & np.uint64(0xFFFFFFFF)).tolist())


def _common_modulus(one: TextSignature, other: TextSignature) -> int:
    """Return how thinly both must be sampled to be compared: as the longer one is."""
    return _modulus(max(one.shingle_count, other.shingle_count))


def _thin(signature: TextSignature, modulus: int) -> set[int]:
    if modulus == _modulus(signature.shingle_count):
        return set(signature.sample)
    return {value for value in signature.sample if value % modulus == 0}
