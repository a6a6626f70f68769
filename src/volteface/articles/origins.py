"""Which independent source of reporting a text comes from: forty reprints of one wire story are one voice, not forty.

An origin is counted as one witness. So in doubt two texts share an origin: a change then waits for another witness,
where the other way round a report would confirm itself.
"""

from __future__ import annotations

from volteface.articles.agencies import find_credited_agency
from volteface.models import ArticleVersion, Origin

WIRE = "wire"
FAMILY = "publisher_family"
NEAR_DUPLICATE = "near_duplicate"
OWN = "own"


def assign_origin(
    version: ArticleVersion,
    *,
    publisher_family: str,
    credited_agency: str | None,
    source_title: str | None,
    same_text: Origin | None,
) -> Origin:
    """Return the origin of one article version. The first of these that applies:

    1. the same text is known from another version: its origin, so that reprints stay together whoever is credited;
    2. a news agency is credited, in the page or as the feed's <source>: ``wire:reuters``;
    3. the publisher's family: ``family:reach``;
    4. nothing is known: ``own:`` and the article's id.

    All stories of one agency share its origin: an agency repeating itself does not confirm itself.
    """
    if same_text is not None and same_text.version_id != version.version_id:
        return Origin(version_id=version.version_id, origin_id=same_text.origin_id, basis=NEAR_DUPLICATE)
    agency = credited_agency or (find_credited_agency("", [source_title]) if source_title else None)
    if agency:
        return Origin(version_id=version.version_id, origin_id=f"wire:{agency}", basis=WIRE)
    if publisher_family:
        return Origin(version_id=version.version_id, origin_id=f"family:{publisher_family}", basis=FAMILY)
    return Origin(version_id=version.version_id, origin_id=f"own:{version.article_id}", basis=OWN)
