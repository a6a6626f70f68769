"""The program `volteface`: its commands gathered, and its errors told in one line."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from volteface import __version__
from volteface.commands.context import Session, find_home
from volteface.errors import VoltefaceError

# Each command's module is imported when the command is called: spaCy, DuckDB and requests cost a second together.
COMMANDS: dict[str, str] = {
    "actors": "volteface.commands.actors:actors",
    "alerts": "volteface.commands.alerts:alerts",
    "attribute": "volteface.commands.attribute:attribute",
    "changes": "volteface.commands.changes:changes",
    "demo": "volteface.commands.demo:demo",
    "doctor": "volteface.commands.doctor:doctor",
    "edits": "volteface.commands.edits:edits",
    "events": "volteface.commands.events:events",
    "explain": "volteface.commands.explain:explain",
    "export": "volteface.commands.export:export",
    "extract": "volteface.commands.pages:extract",
    "feeds": "volteface.commands.feed_files:feeds",
    "parse-feed": "volteface.commands.feed_files:parse_feed_files",
    "recover": "volteface.commands.recover:recover",
    "replay": "volteface.commands.replay:replay",
    "report": "volteface.commands.report:report",
    "run": "volteface.commands.run:run",
    "serve": "volteface.commands.serve:serve",
    "sql": "volteface.commands.sql:sql",
    "tag": "volteface.commands.tag:tag",
}


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's signature
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="volteface")
@click.option(
    "--home",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    envvar="VOLTEFACE_HOME",
    help="The folder that holds config/ and warehouse/ (default: the nearest above the current one).",
)
@click.pass_context
def program(context: click.Context, home: Path | None) -> None:
    """Watch the news; tell, with the words to prove it, when somebody has changed position."""
    context.obj = Session(home=(home or find_home(Path.cwd())).resolve())


def main(arguments: list[str] | None = None) -> None:
    """Run the program. An error that volteface raises on purpose is one line on standard error and exit code 2."""
    try:
        program(args=arguments, standalone_mode=False)
    except click.Abort:
        click.echo("volteface: interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except VoltefaceError as error:
        click.echo(f"volteface: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output has gone: `volteface tag ... | head`
        sys.stderr.close()
        sys.exit(141)
