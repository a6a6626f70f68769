"""How candidates are shown: as lines to read, as JSON, as rows ready for actors.yml."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Any

import yaml

from volteface.language.candidate_list import CandidateSummary
from volteface.language.known_names import fold_name
from volteface.models import CandidateKind
from volteface.visible import show_line, show_link

_SHOWN = 3  # names, introductions, outlets of one candidate
_CONTEXT = 200  # characters
_ID_LENGTH = 63
_NO_ID = re.compile(r"[^a-z0-9-]")
_KINDS = {CandidateKind.BODY: "organization"}  # an unknown one is taken for a person: look before you paste


def print_candidate(candidate: CandidateSummary) -> Iterator[str]:
    """Yield the lines about one candidate: counts, other spellings, roles, and where it was heard last."""
    counts = f"{candidate.article_count:4} articles {candidate.speech_count:4} times {candidate.statement_count:3} statements"
    days = f"{candidate.first_seen_at:%Y-%m-%d} to {candidate.last_seen_at:%Y-%m-%d}"
    yield f"{counts}  {show_line(candidate.name)} ({candidate.kind}), {days}, {_count_outlets(candidate)}"
    others = [name for name in candidate.names if name != candidate.name][:_SHOWN]
    if others:
        yield f"      also {show_line(', '.join(others))}"
    for words, count in candidate.introductions[:_SHOWN]:
        yield f"      as   {show_line(words)} ({count})"
    newest = candidate.contexts[0]
    yield f"      in   {show_line(textwrap.shorten(newest.context, _CONTEXT, placeholder=' ...'))}"
    yield f"           {show_line(newest.outlet)}, {show_link(newest.url) or 'no link'}"


def make_json(candidate: CandidateSummary) -> dict[str, Any]:
    """Return a candidate for a program; instants are ISO, words are verbatim."""
    return {
        "name": candidate.name,
        "names": list(candidate.names),
        "kind": candidate.kind,
        "candidate_ids": list(candidate.candidate_ids),
        "article_count": candidate.article_count,
        "speech_count": candidate.speech_count,
        "statement_count": candidate.statement_count,
        "outlets": list(candidate.outlets),
        "first_seen_at": candidate.first_seen_at.isoformat(),
        "last_seen_at": candidate.last_seen_at.isoformat(),
        "introduced_as": [{"words": words, "count": count} for words, count in candidate.introductions],
        "contexts": [
            {"words": seen.context, "outlet": seen.outlet, "url": seen.url, "seen_at": seen.seen_at.isoformat()}
            for seen in candidate.contexts
        ],
    }


def make_yaml(candidate: CandidateSummary) -> str:
    """Return a candidate as an entry of actors.yml, its roles and counts as comments: they need a body and dates."""
    spellings = [name for name in candidate.names if name != candidate.name and len(fold_name(name)) > 1]
    row = {
        "id": _NO_ID.sub("", "-".join(fold_name(candidate.name)))[:_ID_LENGTH].strip("-"),
        "name": candidate.name,
        "kind": _KINDS.get(candidate.kind, "person"),
        "aliases": [candidate.name, *spellings],
    }
    text = yaml.safe_dump([row], sort_keys=False, allow_unicode=True, default_flow_style=None, width=110)
    notes = [f"# introduced as: {show_line(words)} ({count})" for words, count in candidate.introductions[:_SHOWN]]
    notes.append(
        f"# {candidate.article_count} articles, {_count_outlets(candidate)}, {candidate.first_seen_at:%Y-%m-%d} to "
        f"{candidate.last_seen_at:%Y-%m-%d}"
    )
    return textwrap.indent(text, "  ") + "".join(f"    {note}\n" for note in notes)


def _count_outlets(candidate: CandidateSummary) -> str:
    count = len(candidate.outlets)
    named = show_line(", ".join(candidate.outlets[:_SHOWN]))
    return f"{count} outlet{'s' if count > 1 else ''}: {named}{', ...' if count > _SHOWN else ''}"
