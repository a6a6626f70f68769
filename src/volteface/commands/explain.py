"""`volteface explain`: why a change or a statement is what it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from volteface.adapters.snapshot.explain import load_explanation
from volteface.commands.context import Session, pass_session
from volteface.commands.edits import head_edit
from volteface.visible import show_line, show_link

Row = Mapping[str, Any]


@click.command()
@click.argument("identifier", metavar="CHANGE_OR_STATEMENT_ID")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object, words verbatim.")
@click.option("--snapshot", type=click.Path(path_type=Path), help="Read this snapshot, not the configured one.")
@pass_session
def explain(session: Session, *, identifier: str, as_json: bool, snapshot: Path | None) -> None:
    """Print what stands behind a change of position or a statement: words, place, rule, model, origins, doubts.

    The id may be cut short, as long as no other begins so. Reads the last published snapshot.
    """
    path = snapshot or session.config().path(session.config().settings.paths.snapshot)
    found = load_explanation(path, identifier)
    if as_json:
        click.echo(json.dumps(found, indent=1, default=_show_json))
        return
    lines = _explain_change(found) if "change" in found else _explain_statement(found)
    click.echo("\n".join(lines))


def _explain_change(found: Row) -> Iterator[str]:
    change = found["change"]
    who = change["actor_name"] + (f" against {change['counter_actor_name']}" if change["counter_actor_name"] else "")
    about = f" on {change['issue_name']}" if change["issue_name"] else ""
    yield show_line(f"{_words(change['kind']).capitalize()}: {who}{about}: {change['state']}")
    yield f"  change      {change['change_id']}"
    yield f"  changed     {_day(change['changed_at'])}, known from {_minute(change['known_from'])}"
    yield f"  {change['state']:<11} since {_minute(change['state_since'])}"
    yield f"  confidence  {change['confidence']:.2f}"
    yield f"  basis       {_words(change['basis'])}"
    if change["event_id"]:
        yield f"  event       {change['event_id']}"
    if change["summary"]:
        yield "  " + show_line(f"why         {change['summary']}")
    for reason in change["against"]:
        yield "  " + show_line(f"against     {reason}")
    for label in ("before", "after"):
        yield ""
        yield f"{label.upper()} (independent origins: n={change[f'{label}_origin_count']})"
        yield from _describe(found[label])


def _explain_statement(found: Row) -> Iterator[str]:
    yield _words(found["statement"]["evidence_kind"]).capitalize()
    yield from _describe(found["statement"])
    for change in found["changes"]:
        yield f"  part of     {_words(change['kind'])} {change['change_id']} ({change['state']})"
    for edit in found["edits"]:
        yield from _describe_edit(edit)


def _describe_edit(edit: Row) -> Iterator[str]:
    """Yield how the outlet edited the words after publication."""
    now = f", now {edit['after_actor_name']}" if edit["after_actor_name"] else ""
    yield "  " + show_line(f"edited      {head_edit(edit)}{now}, seen {_minute(edit['known_from'])}")
    if edit["after_text"]:
        yield f"              “{show_line(edit['after_text'])}”"
    if edit["word_diff"]:
        yield "  " + show_line(f"            {edit['word_diff']}")


def _describe(spoken: Row | None) -> Iterator[str]:
    """Yield the lines of one statement or claim: who, what, the words, the place, how it was read."""
    if spoken is None:
        yield "  nothing earlier is known"
        return
    about = f" on {spoken['issue_name']}" if spoken["issue_name"] else ""
    yield "  " + show_line(f"{spoken['actor_name']}: {_words(spoken['stance'])}{about}, {_words(spoken['basis'])}")
    yield f"  “{show_line(spoken['quote'])}”"
    yield "  " + show_line(f"said by     {spoken['speaker_text']}{_path(spoken)}")
    yield "  " + show_line(f"in          {spoken['outlet']}, {_day(spoken['stated_at'])}: {spoken['title']}")
    yield f"  link        {show_link(spoken['url']) or '(no web link)'}"
    yield f"  place       {_place(spoken)}"
    yield f"  id          {spoken['statement_id']}"
    yield "  " + show_line(f"read by     {_reader(spoken)}")
    yield f"  confidence  {spoken['confidence']:.2f}{_shares(spoken)}"
    yield f"  origin      {spoken['origin_id']} ({_words(spoken['origin_basis'] or 'own')})"
    for line in _shades(spoken):
        yield "  " + show_line(line)


def _place(spoken: Row) -> str:
    kept = "verbatim in the stored text" if spoken["is_verbatim"] else "NOT FOUND in the stored text"
    where = f"{spoken['evidence_in']}[{spoken['evidence_start']}:{spoken['evidence_end']}]"
    return f"{where} of version {spoken['version_number']} of article {spoken['article_id']}: {kept}"


def _path(spoken: Row) -> str:
    """Return how the words came to mean the actor: by a pronoun, a role, an office."""
    via = spoken["speaker_via"]
    return f", who is {spoken['actor_id']} by {_words(via)}" if via else ""


def _shares(spoken: Row) -> str:
    """Return what the trained reader gave each sign, where it read the sentence."""
    if spoken["reader_support"] is None:
        return ""
    shares = f"support {spoken['reader_support']:.2f}, oppose {spoken['reader_oppose']:.2f}"
    alone = "no rule" if spoken["decided_by"] == "reader" else "and the rule"
    return f" (trained reader: {shares}; {alone})"


def _reader(spoken: Row) -> str:
    rule = f"rule {spoken['rule_id']}, " if spoken["rule_id"] else ""
    cue = f', cue "{spoken["cue"]}"' if spoken["cue"] else ""
    return f"{rule}model {spoken['model_version']}{cue}"


def _shades(spoken: Row) -> Iterator[str]:
    """Yield what colours a statement: hedged, conditional, private, not actual."""
    if spoken["strength"] == 1:
        yield "shade       hedged or implied"
    if spoken["conditional"]:
        yield f"shade       conditional: {spoken['condition'] or 'condition not read'}"
    if spoken["modality"] and spoken["modality"] != "actual":
        yield f"shade       {spoken['modality']}"
    if spoken["is_private"]:
        yield "shade       said in private"
    yield from _others(spoken)


def _others(spoken: Row) -> Iterator[str]:
    """Yield who else is behind a statement, or is what it is done to."""
    if spoken["source_count"] or spoken["source_rank"]:
        yield f"sources     {_count_sources(spoken)}"
    if spoken["event_root"]:
        sureness = f"{spoken['event_confidence']:.2f}"
        yield f"event       {spoken['event_root']} towards {spoken['target_actor_id']} (PLOVER root, {sureness})"
    if spoken["reported_by"]:
        yield f"shade       as told by {spoken['reported_by']}"


def _count_sources(spoken: Row) -> str:
    """Return "4 unnamed, senior": what the words tell of people without a name."""
    number = f"{spoken['source_count']} unnamed" if spoken["source_count"] else "unnamed"
    return number + (f", {spoken['source_rank']}" if spoken["source_rank"] else "")


def _words(name: str) -> str:
    return name.replace("_", " ")


def _day(moment: datetime | None) -> str:
    return "undated" if moment is None else f"{moment:%Y-%m-%d}"


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _show_json(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
