"""Which independent source of reporting a text comes from, looked at by itself; ``clusters`` then looks at its copies.

An origin is counted as one witness. So in doubt two texts share an origin: a change then waits for another witness,
where the other way round a report would confirm itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from volteface.articles.agencies import AGENCIES, find_credited_agency
from volteface.config.feeds import FeedConfig, SourceType
from volteface.models import ArticleVersion, Origin

WIRE = "wire"
OFFICIAL = "official"
FAMILY = "publisher_family"
SOURCE = "source"
NEAR_DUPLICATE = "near_duplicate"
OWN = "own"

_AGENCY_IDS = frozenset(agency.id for agency in AGENCIES)
_NO_NAME = re.compile(r"^(?:https?://)?(?:www\.|the )|\.(?:com|org|net|co\.[a-z]{2})\b|\W+|_")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes a feed: what counts as one voice ("" where nobody said), and of what kind it is."""

    family: str = ""
    source_type: SourceType = SourceType.INTERNATIONAL


def list_publishers(feeds: Iterable[FeedConfig]) -> dict[str, Publisher]:
    """Return the publishers by the names of their outlets, as ``fold_name`` writes them: a <source> names an outlet."""
    return {fold_name(feed.outlet): Publisher(feed.publisher_family, feed.source_type) for feed in feeds}


def fold_name(name: str) -> str:
    """Return a publisher's name without case, punctuation, a leading "The" and a domain's ending."""
    return _NO_NAME.sub("", name.strip().casefold())


def assign_origin(
    version: ArticleVersion,
    *,
    publisher: Publisher,
    credited_agency: str | None,
    source_title: str | None,
    publishers: Mapping[str, Publisher],
) -> Origin:
    """Return the origin of one article version, alone in its cluster. The first of these that applies:

    1. the feed is a news agency's: ``wire:reuters``;
    2. a news agency is credited, in the page or as the feed's <source>: ``wire:reuters`` too;
    3. the feed's <source> names an outlet of ``publishers``: that outlet's family;
    4. an aggregator's item has any other <source>: ``source:examplepost``;
    5. the publisher's family: ``family:reach``; its basis is ``official`` where an authority speaks for itself;
    6. nothing is known: ``own:`` and the article's id.

    All stories of one agency share its origin: an agency repeating itself does not confirm itself.
    """
    source = fold_name(source_title or "")
    agency = credited_agency or (find_credited_agency("", [source_title]) if source_title else None)
    if agency and publisher.source_type is not SourceType.WIRE:
        origin_id, basis = f"wire:{agency}", WIRE
    elif source and source not in publishers and publisher.source_type is SourceType.AGGREGATOR:
        origin_id, basis = f"source:{source}", SOURCE
    else:
        origin_id, basis = _name_publisher(publishers.get(source, publisher), version)
    return Origin(
        version_id=version.version_id,
        origin_id=origin_id,
        basis=basis,
        own_origin_id=origin_id,
        own_basis=basis,
        cluster_id=version.version_id,
    )


def _name_publisher(publisher: Publisher, version: ArticleVersion) -> tuple[str, str]:
    if not publisher.family:
        return f"own:{version.article_id}", OWN
    if publisher.source_type is SourceType.WIRE or publisher.family in _AGENCY_IDS:
        return f"wire:{publisher.family}", WIRE
    return f"family:{publisher.family}", OFFICIAL if publisher.source_type is SourceType.OFFICIAL else FAMILY
