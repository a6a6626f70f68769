"""Which entry is which: canonical URLs and entry ids.

A canonical URL is a name for a page, not an address to fetch. Two addresses get one name where they differ only in:

- http or https (the name says https), the case of the host, a default port, a user name, a trailing dot of the host;
- the fragment;
- whether a letter beyond ASCII is percent-encoded;
- a tracking parameter (``TRACKING_PREFIXES``, ``TRACKING_PARAMETERS``); the other parameters keep their order.

Nothing else is folded: "www.", a trailing slash and the order of parameters can each mean another page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from volteface.feeds.limits import MAX_URL
from volteface.models import Entry, identify

TRACKING_PREFIXES = ("utm_", "at_", "mc_", "pk_", "mtm_", "hsa_")
TRACKING_PARAMETERS = frozenset(
    [
        "fbclid",
        "gclid",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "igshid",
        "mkt_tok",
        "_ga",
        "_gl",
        "cmpid",
        "ns_mchannel",
        "ns_campaign",
        "ns_source",
        "ns_linkname",
        "ns_fee",
        "ocid",
        "ftag",
        "smid",
        "traffic_source",
        "taid",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "__twitter_impression",
        "spref",
        "rss_feed",
    ]
)
_URL_SAFE = "%/:?#@!$&'()*+,;=-._~[]"  # all else is percent-encoded, as browsers send it
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonicalize_url(url: str) -> str | None:
    """Return the canonical form of an http(s) URL, or None where it is none or is longer than 2,048 characters."""
    url = url.strip()
    if len(url) > MAX_URL or any(character <= " " for character in url):
        return None
    try:
        parts = urlsplit(url)
        host = _canonicalize_host(parts)
    except ValueError:  # a broken IPv6 address or port
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return None
    kept = [pair for pair in parts.query.split("&") if pair and not _is_tracking(pair)]
    path, query = (quote(part, safe=_URL_SAFE) for part in (parts.path or "/", "&".join(kept)))
    return urlunsplit(("https", host, path, query, ""))


def _canonicalize_host(parts: SplitResult) -> str:
    """Return host[:port] in lower case, without user name, default port or trailing dot. Raises ValueError."""
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    is_default = parts.port in {None, _DEFAULT_PORTS.get(parts.scheme)}
    return host if is_default or not host else f"{host}:{parts.port}"


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name.startswith(TRACKING_PREFIXES) or name in TRACKING_PARAMETERS


def make_entry_id(entry: Entry) -> str:
    """Return the id of an entry by itself: of (feed, guid), else (feed, canonical URL), else (feed, title, date)."""
    if entry.guid:
        return identify("guid", entry.feed_id, entry.guid)
    if entry.canonical_url:
        return identify("url", entry.feed_id, entry.canonical_url)
    return identify("text", entry.feed_id, entry.title, entry.published_raw, "" if entry.title else entry.summary)


def assign_entry_ids(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries of one document with their ids, each entry once, in the document's order.

    A guid that several pages of the document share names none of them: each of those gets its id from guid and URL,
    whatever their order, so that the ids do not move as the document rolls. The later one of two entries with the same
    id is the same entry and is left out.
    """
    pages = Counter(guid for guid, _ in {(entry.guid, entry.canonical_url) for entry in entries})
    named: dict[str, Entry] = {}
    for entry in entries:
        if entry.guid and pages[entry.guid] > 1:
            entry_id = identify("guid", entry.feed_id, entry.guid, entry.canonical_url)
        else:
            entry_id = make_entry_id(entry)
        named.setdefault(entry_id, replace(entry, entry_id=entry_id))
    return tuple(named.values())
