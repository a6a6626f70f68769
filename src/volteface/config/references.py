"""What the files under config/ say of one another: ids that stand twice, ids that nobody has, names claimed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from volteface.config.actors import Actor, ActorKind, expand_offices
from volteface.config.channels import Channel
from volteface.config.feeds import FeedConfig
from volteface.config.files import Files, show_file
from volteface.config.issues import Issue
from volteface.config.rules import StanceRule
from volteface.errors import ConfigError


def find_reference_errors(files: Files) -> Iterator[ConfigError]:
    """Yield everything that is wrong between files that are right by themselves, file by file."""
    actors = {actor.id for actor in files.actors.actors}
    issues = {issue.id for issue in files.issues.issues}
    yield from _check_feeds(files.feeds.feeds, actors, files.settings.language.languages)
    yield from _check_actors(files.actors.actors, actors)
    yield from _check_names(expand_offices(files.actors))
    yield from _check_issues(files.issues.issues, actors)
    yield from _check_rules(files.stance_rules.rules, actors, issues)
    yield from _check_channels(files.channels.channels, actors, issues)
    yield from _find_repeats("cues", "cues", "id", [(cue.id, cue.id) for cue in files.cues.cues])


def _check_feeds(feeds: Sequence[FeedConfig], actors: set[str], languages: Sequence[str]) -> Iterator[ConfigError]:
    yield from _find_repeats("feeds", "feeds", "id", [(feed.id, feed.id) for feed in feeds])
    yield from _find_repeats("feeds", "feeds", "url", [(feed.id, feed.url) for feed in feeds])
    for number, feed in enumerate(feeds):
        key = f"feeds.{number} ({feed.id})"
        yield from _find_unknown("feeds", f"{key}.actor", "actor", [feed.actor] if feed.actor else [], actors)
        if feed.enabled and feed.language not in languages:
            reason = f"{feed.language!r} is not among settings.yml's language.languages: set enabled: false, or add it"
            yield ConfigError(show_file("feeds"), f"{key}.language", reason)


def _check_actors(actors: Sequence[Actor], ids: set[str]) -> Iterator[ConfigError]:
    yield from _find_repeats("actors", "actors", "id", [(actor.id, actor.id) for actor in actors])
    parents = {actor.id: actor.parent for actor in actors}
    for number, actor in enumerate(actors):
        key = f"actors.{number} ({actor.id})"
        yield from _find_unknown("actors", f"{key}.parent", "actor", [actor.parent] if actor.parent else [], ids)
        for place, role in enumerate(actor.roles):
            yield from _find_unknown("actors", f"{key}.roles.{place}.of", "actor", [role.of], ids)
        if _is_circular(actor.id, parents):
            yield ConfigError(show_file("actors"), f"{key}.parent", "the actor is its own ancestor")


def _is_circular(actor_id: str, parents: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    current = parents[actor_id]
    while current and current not in seen:
        if current == actor_id:
            return True
        seen.add(current)
        current = parents.get(current)
    return False


def _check_names(actors: Iterable[Actor]) -> Iterator[ConfigError]:
    """Check that no name is claimed by two actors. Demonyms by themselves: "UN" is a body, and "UN officials" another."""
    names: dict[str, tuple[str, str]] = {}
    demonyms: dict[str, tuple[str, str]] = {}
    for number, actor in enumerate(actors):
        for field, name in _list_names(actor):
            known = demonyms if field == "demonyms" else names
            holder, written = known.setdefault(_fold(name), (actor.id, name))
            if holder != actor.id:
                reason = f"{name!r} is claimed by {holder} too" + ("" if written == name else f" (as {written!r})")
                yield ConfigError(show_file("actors"), f"actors.{number} ({actor.id}).{field}", reason)


def _list_names(actor: Actor) -> Iterator[tuple[str, str]]:
    if actor.kind is ActorKind.PERSON:  # the text matcher knows people by their configured name, too
        yield "name", actor.name
    for field in ("aliases", "offices", "metonyms", "spokespersons", "not_names", "demonyms"):
        for name in getattr(actor, field):
            yield field, name


def _fold(name: str) -> str:
    """Return a name as the text matcher sees it: without its article, with one kind of apostrophe, no "U.S."."""
    bare = name.removeprefix("the ").removeprefix("The ").replace("\u2019", "'")
    return bare.replace("U.S.", "US").replace("U.N.", "UN").replace("U.K.", "UK")


def _check_issues(issues: Sequence[Issue], actors: set[str]) -> Iterator[ConfigError]:
    yield from _find_repeats("issues", "issues", "id", [(issue.id, issue.id) for issue in issues])
    events = [(issue.id, issue.event.id) for issue in issues if issue.event]
    yield from _find_repeats("issues", "issues", "event.id", events)
    for number, issue in enumerate(issues):
        if issue.event:
            key = f"issues.{number} ({issue.id}).event"
            yield from _find_unknown("issues", f"{key}.decided_by", "actor", issue.event.decided_by, actors)
            yield from _find_unknown("issues", f"{key}.participants", "actor", issue.event.participants, actors)


def _check_rules(rules: Sequence[StanceRule], actors: set[str], issues: set[str]) -> Iterator[ConfigError]:
    for number, rule in enumerate(rules):
        key = f"rules.{number} ({rule.id})"
        yield from _find_unknown("stance_rules", f"{key}.issues", "issue", rule.issues, issues)
        yield from _find_unknown("stance_rules", f"{key}.not_issues", "issue", rule.not_issues, issues)
        for place, hit in enumerate(rule.examples.hits):
            at = f"{key}.examples.hits.{place}"
            outlet = [hit.outlet_actor] if hit.outlet_actor else []
            yield from _find_unknown("stance_rules", f"{at}.issue", "issue", [hit.issue], issues)
            yield from _find_unknown("stance_rules", f"{at}.outlet_actor", "actor", outlet, actors)


def _check_channels(channels: Sequence[Channel], actors: set[str], issues: set[str]) -> Iterator[ConfigError]:
    yield from _find_repeats("channels", "channels", "id", [(channel.id, channel.id) for channel in channels])
    for number, channel in enumerate(channels):
        key = f"channels.{number} ({channel.id})"
        yield from _find_unknown("channels", f"{key}.actors", "actor", channel.actors, actors)
        yield from _find_unknown("channels", f"{key}.issues", "issue", channel.issues, issues)


def _find_repeats(file: str, items: str, key: str, values: Sequence[tuple[str, str]]) -> Iterator[ConfigError]:
    """Report each value that an earlier item has. ``values``: the item's id and its value, in the file's order."""
    first: dict[str, tuple[int, str]] = {}
    for number, (item_id, value) in enumerate(values):
        place, holder = first.setdefault(value, (number, item_id))
        if place != number:
            reason = f"{value!r} stands at {items}.{place} ({holder}) already"
            yield ConfigError(show_file(file), f"{items}.{number} ({item_id}).{key}", reason)


def _find_unknown(file: str, key: str, kind: str, named: Iterable[str], known: set[str]) -> Iterator[ConfigError]:
    for name in named:
        if name not in known:
            yield ConfigError(show_file(file), key, f"unknown {kind} {name!r}")
