"""Turn models into rows of a table and rows back into models, by the names and types of the dataclass fields.

Rows travel into DuckDB as one JSON document per batch, which it reads some thirty times faster than bound lists
(measured with DuckDB 1.5.6: 29 columns, 20,000 rows, 17-26 thousand rows a second against 500).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, TypeVar, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Model = TypeVar("Model", bound="DataclassInstance")

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def encode_model(model: DataclassInstance) -> dict[str, object]:
    """Return the fields of a model by name, as they are."""
    return {field.name: getattr(model, field.name) for field in fields(model)}


def decode_row(cls: type[Model], row: Mapping[str, object]) -> Model:
    """Build a model from the columns that bear its fields' names; other columns are left alone."""
    return cls(**{name: _decode_value(kind, row[name]) for name, kind in _field_kinds(cls).items()})


def column_names(cls: type[DataclassInstance], alias: str = "") -> str:
    """Return the fields of a model as a list of columns for SELECT, each behind ``alias`` where one is given."""
    prefix = f"{alias}." if alias else ""
    return ", ".join(f'{prefix}"{field.name}"' for field in fields(cls))


def dump_rows(rows: Iterable[Mapping[str, object]]) -> str:
    """Write rows as the JSON document that ``json_structure`` describes.

    A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD: lengths stay, so offsets into the text stay true.
    Raises ValueError for an instant without a time zone, which would have to be guessed, and for a figure that is none.
    """
    text = json.dumps(
        [{k: _encode_value(v) for k, v in row.items()} for row in rows], ensure_ascii=False, allow_nan=False
    )
    return _LONE_SURROGATE.sub("\ufffd", text)


def json_structure(types: Mapping[str, str]) -> str:
    """Write the structure that DuckDB's from_json_strict needs, from column names and their SQL types."""
    return json.dumps([{name: _json_type(kind) for name, kind in types.items()}])


def _json_type(kind: str) -> object:
    if kind.endswith("[]"):
        return [_json_type(kind[:-2])]
    return "VARCHAR" if kind == "JSON" else kind


def _encode_value(value: object) -> object:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            message = f"{value!r} has no time zone"
            raise ValueError(message)
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value


@cache
def _field_kinds(cls: type[DataclassInstance]) -> dict[str, type]:
    """Return the one type of each field, seen through ``X | None``, ``tuple[X, ...]`` and ``dict[X, Y]``."""
    return {name: _plain_type(hint) for name, hint in get_type_hints(cls).items()}


def _plain_type(hint: object) -> type:
    arguments = [argument for argument in get_args(hint) if argument is not NoneType]
    if NoneType in get_args(hint):
        return _plain_type(arguments[0])
    plain = get_origin(hint) or hint
    assert isinstance(plain, type)
    return plain


def _decode_value(kind: type, value: object) -> object:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if kind is tuple:
        assert isinstance(value, list)
        return tuple(value)
    if kind is dict:
        assert isinstance(value, str)
        return json.loads(value)
    return kind(str(value)) if issubclass(kind, StrEnum) else value
