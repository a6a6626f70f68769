"""A cluster of copies has one origin, whichever of them comes first, last or with a credit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from volteface.articles.clusters import Member, merge_clusters
from volteface.articles.near_duplicates import Copy
from volteface.models import Origin

NOW = datetime(2024, 3, 27, tzinfo=UTC)
BASES = {"wire:reuters": "wire", "wire:ap": "wire", "family:capitol": "official", "family:one": "publisher_family",
         "family:two": "publisher_family", "own:x": "own"}  # fmt: skip


def make_member(number: int, origin_id: str, hours: float = 0) -> Member:
    basis = BASES[origin_id]
    origin = Origin(
        version_id=f"v{number:02}", origin_id=origin_id, basis=basis, own_origin_id=origin_id, own_basis=basis,
        cluster_id=f"v{number:02}",
    )  # fmt: skip
    return Member(origin, NOW + timedelta(hours=hours))


def chain(*numbers: int) -> list[Copy]:
    return [Copy(f"v{one:02}", f"v{other:02}", 0.9) for one, other in pairwise(numbers)]


def test_forty_reprints_of_one_wire_story_are_one_origin_though_one_alone_credits_it() -> None:
    members = [make_member(number, "wire:reuters" if number == 31 else "family:one", number) for number in range(40)]

    found = merge_clusters(members, chain(*range(40)))

    assert {origin.origin_id for origin in found} == {"wire:reuters"}
    assert {origin.cluster_id for origin in found} == {"v00"}
    assert [origin.version_id for origin in found if origin.basis == "wire"] == ["v31"]
    assert {origin.basis for origin in found} == {"wire", "near_duplicate"}


def test_cluster_without_a_wire_is_its_first_ones() -> None:
    found = merge_clusters([make_member(1, "family:two", 5), make_member(2, "own:x", 2)], chain(1, 2))

    assert [(origin.origin_id, origin.basis, origin.cluster_id) for origin in found] == [
        ("own:x", "near_duplicate", "v02"),
        ("own:x", "own", "v02"),
    ]


def test_authoritys_own_document_counts_before_whoever_posted_it_first() -> None:
    members = [make_member(1, "family:one", 0), make_member(2, "family:capitol", 3)]

    assert {origin.origin_id for origin in merge_clusters(members, chain(1, 2))} == {"family:capitol"}


def test_of_two_agencies_the_first_seen_counts() -> None:
    members = [make_member(1, "wire:reuters", 4), make_member(2, "wire:ap", 3), make_member(3, "family:one", 0)]

    assert {origin.origin_id for origin in merge_clusters(members, chain(3, 1, 2))} == {"wire:ap"}


def test_member_of_the_same_family_keeps_its_basis() -> None:
    found = merge_clusters([make_member(1, "family:one"), make_member(2, "family:one", 1)], chain(1, 2))

    assert [origin.basis for origin in found] == ["publisher_family", "publisher_family"]


def test_what_has_no_copy_stays_as_it_was() -> None:
    member = make_member(1, "family:one")

    assert merge_clusters([member], []) == [member.origin]
    assert merge_clusters([], []) == []


def test_late_copy_joins_two_clusters_and_changes_their_origin() -> None:
    members = [make_member(number, "family:one" if number < 3 else "family:two", number) for number in range(1, 5)]
    first = merge_clusters(members, [*chain(1, 2), *chain(3, 4)])
    late = make_member(5, "wire:ap", 9)
    kept = [Member(origin, member.seen_at) for origin, member in zip(first, members, strict=True)]

    found = merge_clusters([*kept, late], [Copy("v05", "v02", 0.5), Copy("v04", "v05", 0.7)])

    assert {(origin.origin_id, origin.cluster_id) for origin in found} == {("wire:ap", "v01")}
    assert [origin.similarity for origin in found] == [0.9, 0.9, 0.9, 0.9, 0.7]


def test_origin_that_was_stored_before_copies_were_looked_for_is_its_own() -> None:
    old = Member(Origin(version_id="v09", origin_id="family:one", basis="publisher_family"), NOW)

    found = merge_clusters([old, make_member(1, "wire:ap", 1)], chain(9, 1))

    assert [origin.origin_id for origin in found] == ["wire:ap", "wire:ap"]


@given(
    origins=st.lists(st.sampled_from(sorted(BASES)), min_size=2, max_size=9),
    links=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=9),
    hours=st.lists(st.integers(0, 3), min_size=9, max_size=9),
    cuts=st.lists(st.integers(1, 3), min_size=1, max_size=9),
    order=st.randoms(use_true_random=False),
)
def test_order_of_arrival_does_not_matter(
    origins: list[str], links: list[tuple[int, int]], hours: list[int], cuts: list[int], order: object
) -> None:
    members = {f"v{n:02}": make_member(n, origin_id, hours[n]) for n, origin_id in enumerate(origins)}
    copies = [
        Copy(f"v{a:02}", f"v{b:02}", 0.4 + a / 20 + b / 20) for a, b in links if a != b and max(a, b) < len(origins)
    ]
    at_once = {origin.version_id: origin for origin in merge_clusters(list(members.values()), copies)}

    arrivals = list(members)
    order.shuffle(arrivals)  # type: ignore[attr-defined]
    stored: dict[str, Member] = {}
    step = 0
    while arrivals:
        count = cuts[step % len(cuts)]
        fresh, arrivals, step = arrivals[:count], arrivals[count:], step + 1
        stored |= {version_id: members[version_id] for version_id in fresh}
        known = [
            c for c in copies if {c.version_id, c.other_id} & set(fresh) and {c.version_id, c.other_id} <= set(stored)
        ]
        for origin in merge_clusters(list(stored.values()), known):
            stored[origin.version_id] = Member(origin, members[origin.version_id].seen_at)

    assert {version_id: member.origin for version_id, member in stored.items()} == at_once
