"""`volteface actors`: who is watched, and who speaks in the articles without being watched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from volteface.adapters.snapshot.candidates import load_candidates
from volteface.commands.candidate_rows import make_json, make_yaml, print_candidate
from volteface.commands.context import Session, pass_session
from volteface.config.actors import Actor
from volteface.language.candidate_list import CandidateSeen, CandidateSummary, gather_candidates
from volteface.language.known_names import KnownNames
from volteface.models import CandidateKind
from volteface.visible import show_line


@click.command()
@click.option("--candidates", is_flag=True, help="Who speaks in the articles and is not configured.")
@click.option(
    "--min-count", type=click.IntRange(min=1), default=1, show_default=True, help="Candidates in so many articles."
)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="So many candidates.")
@click.option("--outlets", is_flag=True, help="Papers, agencies and their reporters too: they tell what others hold.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--yaml", "as_yaml", is_flag=True, help="Print candidates as entries for config/actors.yml.")
@click.option("--snapshot", type=click.Path(path_type=Path), help="Read this snapshot, not the configured one.")
@pass_session
def actors(
    session: Session,
    *,
    candidates: bool,
    min_count: int,
    limit: int,
    outlets: bool,
    as_json: bool,
    as_yaml: bool,
    snapshot: Path | None,
) -> None:
    """List the configured actors, or with --candidates those that speak in the articles and are not configured.

    Candidates are read from the last published snapshot, those in most articles first. A name in its several spellings
    is one candidate. Look at an entry before you paste it: roles need a body and dates.
    """
    config = session.config()
    if not candidates:
        _list_configured(config.actors, as_json=as_json)
        return
    rows = load_candidates(snapshot or config.path(config.settings.paths.snapshot))
    seen = [CandidateSeen(**{**row, "kind": CandidateKind(row["kind"])}) for row in rows]
    found = gather_candidates(seen, KnownNames(config.actors))
    often = [one for one in found if one.article_count >= min_count]
    chosen = [one for one in often if outlets or one.kind is not CandidateKind.OUTLET]
    for one in chosen[:limit]:
        click.echo(_write(one, as_json=as_json, as_yaml=as_yaml), nl=not as_yaml)
    if not as_json:
        _tell_rest(often, chosen, limit)


def _write(candidate: CandidateSummary, *, as_json: bool, as_yaml: bool) -> str:
    if as_yaml:
        return make_yaml(candidate)
    if as_json:
        return json.dumps(make_json(candidate), ensure_ascii=False)
    return "\n".join(print_candidate(candidate))


def _tell_rest(often: Sequence[CandidateSummary], chosen: Sequence[CandidateSummary], limit: int) -> None:
    """Say on standard error how many there are beyond those listed."""
    more, left = max(0, len(chosen) - limit), len(often) - len(chosen)
    click.echo(
        f"{min(len(chosen), limit)} candidates; {more} more by --limit; {left} outlets and reporters by --outlets",
        err=True,
    )


def _list_configured(known: Sequence[Actor], *, as_json: bool) -> None:
    for actor in known:
        if as_json:
            click.echo(json.dumps(actor.model_dump(mode="json"), ensure_ascii=False))
        else:
            watched = "" if actor.listed else "  (known by name, not watched)"
            click.echo(f"{actor.id:<32} {actor.kind:<13} {show_line(actor.name)}{watched}")
