"""Keep what the teacher says of texts: probabilities, and what the network reads of the texts, which is hashes.

No word of a text is in such a file; it is for training on one machine all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
from corpus import Lesson

from volteface.language.attribution_features import Reading
from volteface.language.attribution_syntax import Tree

_ARRAYS = tuple(field.name for field in fields(Reading) if field.name != "tree")
_TREE = tuple(field.name for field in fields(Tree))


def save_lessons(path: Path, lessons: Mapping[str, Lesson]) -> None:
    """Write lessons by name."""
    held: dict[str, np.typing.NDArray[np.generic]] = {}
    for name, lesson in lessons.items():
        for column in _ARRAYS:
            held[f"{name}/reading/{column}"] = getattr(lesson.reading, column)
        for column in _TREE:
            held[f"{name}/tree/{column}"] = getattr(lesson.reading.tree, column)
        held[f"{name}/tags"] = lesson.tags.astype("float16")
        held[f"{name}/roles"] = lesson.roles.astype("float16")
        held[f"{name}/starts"], held[f"{name}/ends"] = lesson.starts, lesson.ends
    np.savez_compressed(path, **held)  # type: ignore[arg-type]  # the stubs take names for options


def load_lessons(path: Path) -> dict[str, Lesson]:
    """Read lessons by name."""
    held = np.load(path, allow_pickle=False)
    names = [key.removesuffix("/tags") for key in held.files if key.endswith("/tags")]
    lessons = {}
    for name in names:
        tree = Tree(**{column: held[f"{name}/tree/{column}"] for column in _TREE})
        reading = Reading(tree=tree, **{column: held[f"{name}/reading/{column}"] for column in _ARRAYS})
        lessons[name] = Lesson(
            reading,
            held[f"{name}/tags"].astype("float32"),
            held[f"{name}/starts"],
            held[f"{name}/ends"],
            held[f"{name}/roles"].astype("float16"),
        )
    return lessons


def mix(gold: Lesson, taught: Lesson, share: float) -> Lesson:
    """Return the annotators' lesson with ``share`` of the teacher's in it. Both must have the same cues."""
    if len(gold.tags) != len(taught.tags) or not np.array_equal(gold.starts, taught.starts):
        message = "the teacher read another text: label it again with this pipeline"
        raise ValueError(message)
    return replace(
        gold,
        tags=gold.tags * (1 - share) + taught.tags * np.float32(share),
        roles=gold.roles * (1 - share) + taught.roles * np.float32(share),
    )
