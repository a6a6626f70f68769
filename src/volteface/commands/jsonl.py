"""Files in, JSON Lines out: what the commands that work on files share. An input may be gzipped."""

from __future__ import annotations

import gzip
import json
import os
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import track

from volteface.errors import InputError

Row = dict[str, Any]
Item = TypeVar("Item")
_GZIP = b"\x1f\x8b"
_ERRORS = "backslashreplace"  # half a surrogate pair becomes \\ud83d, which is what JSON calls it


def read_input(path: Path) -> bytes:
    """Return a file's bytes, unpacked where they are gzipped. Raises InputError for a file that cannot be read."""
    try:
        body = path.read_bytes()
        return gzip.decompress(body) if body.startswith(_GZIP) else body
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(path, f"not gzip: {error}") from error
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror or error}") from error


def read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield each line's number (from 1) and its object; blank lines are left out.

    Raises InputError for a file that cannot be read, and for a line that is not UTF-8 or holds no JSON object.
    """
    for number, line in enumerate(read_input(path).split(b"\n"), start=1):
        if line.strip():
            yield number, _parse_line(path, number, line)


def track_files(files: Iterable[Item], stage: str, *, total: int | None = None) -> Iterator[Item]:
    """Yield the files one by one, with a progress bar on standard error where that is a terminal."""
    console = Console(stderr=True)
    yield from track(files, stage, total=total, console=console, transient=True, disable=not console.is_terminal)


def write_rows(rows: Iterable[Mapping[str, Any]], target: Path | None) -> None:
    """Write objects one a line, to a file or to standard output. Raises InputError where it cannot be written."""
    write_text((json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows), target)


def write_text(chunks: Iterable[str], target: Path | None) -> None:
    """Write text to a file or to standard output. A file takes its name only when everything has been written.

    Raises InputError where the file cannot be written.
    """
    if target is None:
        for chunk in chunks:
            sys.stdout.write(chunk.encode("utf-8", _ERRORS).decode("utf-8"))
        sys.stdout.flush()
    elif target.exists() and not target.is_file():  # a pipe or a device: there is nothing to rename onto
        with _refuse_as_input_error(target), target.open("w", encoding="utf-8", errors=_ERRORS) as stream:
            stream.writelines(chunks)
    else:
        _write_whole(chunks, target)


def _write_whole(chunks: Iterable[str], target: Path) -> None:
    with _refuse_as_input_error(target):
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors=_ERRORS) as stream:
            stream.writelines(chunks)
        with _refuse_as_input_error(target):
            draft.chmod(target.stat().st_mode & 0o777 if target.exists() else _get_new_mode())
            draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextmanager
def _refuse_as_input_error(path: Path) -> Iterator[None]:
    """Turn an OSError of the block into an InputError about the file."""
    try:
        yield
    except OSError as error:
        raise InputError(path, f"cannot be written: {error.strerror or error}") from error


def _get_new_mode() -> int:
    """Return the mode that a new file of this user has; a temporary file's is private."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _parse_line(path: Path, number: int, line: bytes) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # a UnicodeDecodeError is a ValueError
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "not UTF-8 JSON"
        raise InputError(path, f"not JSON: {reason}", line=number) from error
    if not isinstance(row, dict):
        raise InputError(path, f"a JSON object is expected, not {type(row).__name__}", line=number)
    return row
