"""Where texts come from, in the warehouse: origins, clusters of copies, and the signatures that copies are found by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from volteface.adapters.warehouse.rows import column_names, decode_row, encode_model
from volteface.adapters.warehouse.store import TableStore, dump_ids
from volteface.models import ArticleVersion, Origin, TextSignature

_IDS = """(SELECT unnest(from_json_strict(?, '["VARCHAR"]')))"""


class OriginTables(TableStore):
    """origin, text_signature."""

    def load_unsigned_versions(self, scheme: str, limit: int) -> list[ArticleVersion]:
        """Return versions that have an origin but no signature of this scheme, oldest first."""
        sql = """SELECT v.version_id, v.seen_at FROM article_version AS v JOIN origin USING (version_id)
                 LEFT JOIN text_signature AS s ON s.version_id = v.version_id AND s.scheme = ?
                 WHERE s.version_id IS NULL ORDER BY v.seen_at, v.version_id LIMIT ?"""
        waiting = self.query(sql, [scheme, limit])
        if not waiting:
            return []
        # The instants spare DuckDB the texts of all other times: ids are digests, and tell it nothing.
        tail = f"""FROM article_version AS t WHERE seen_at BETWEEN ? AND ? AND version_id IN {_IDS}
                   ORDER BY seen_at, version_id"""
        ids = dump_ids([str(row["version_id"]) for row in waiting])
        return self.load(ArticleVersion, tail, [waiting[0]["seen_at"], waiting[-1]["seen_at"], ids])

    def save_signatures(self, signatures: Sequence[TextSignature], seen_at: Mapping[str, datetime]) -> None:
        """Save what texts are compared by; one of another scheme is replaced. ``seen_at`` is by version id."""
        rows = [{**encode_model(signature), "seen_at": seen_at[signature.version_id]} for signature in signatures]
        self.save_rows("text_signature", rows, is_updating=True)

    def load_signatures(self, version_ids: Collection[str]) -> dict[str, TextSignature]:
        """Return signatures by version id, without their bands: they are for choosing whom to compare, not for comparing."""
        sql = f"""SELECT version_id, scheme, is_short, shingle_count, [] AS bands, sample FROM text_signature
                  WHERE version_id IN {_IDS}"""  # noqa: S608 -- a constant
        rows = self.load(TextSignature, f"FROM ({sql}) AS t", [dump_ids(version_ids)])
        return {signature.version_id: signature for signature in rows}

    def load_copy_candidates(
        self, version_ids: Collection[str], scheme: str, *, min_shared_bands: int, window_days: int
    ) -> list[tuple[str, str]]:
        """Return (version, other) where the other shares so many bands and was first seen at most so many days apart.

        Each of the versions is compared with all that are stored, with one another too; such pairs come once.
        """
        sql = f"""
          WITH fresh AS (SELECT rowid AS id, seen_at, unnest(bands) AS band FROM text_signature
                         WHERE scheme = $scheme AND version_id IN {_IDS.replace("?", "$ids")}),
          reach AS (SELECT min(seen_at) - to_days($days) AS since, max(seen_at) + to_days($days) AS until FROM fresh),
          stored AS (SELECT rowid AS id, seen_at, unnest(bands) AS band FROM text_signature
                     WHERE scheme = $scheme AND seen_at BETWEEN (SELECT since FROM reach) AND (SELECT until FROM reach)),
          pair AS (SELECT fresh.id AS fresh_id, stored.id AS stored_id FROM stored JOIN fresh USING (band)
                   WHERE fresh.id <> stored.id AND stored.seen_at BETWEEN fresh.seen_at - to_days($days)
                                                                     AND fresh.seen_at + to_days($days)
                   GROUP BY ALL HAVING count(*) >= $shared)
          SELECT DISTINCT least(a.version_id, b.version_id) AS one, greatest(a.version_id, b.version_id) AS other
          FROM pair JOIN text_signature AS a ON a.rowid = fresh_id JOIN text_signature AS b ON b.rowid = stored_id
          ORDER BY ALL"""  # noqa: S608 -- a constant
        values = {"ids": dump_ids(version_ids), "scheme": scheme, "days": window_days, "shared": min_shared_bands}
        return [(str(row["one"]), str(row["other"])) for row in self.query(sql, values)]

    def load_clusters(self, version_ids: Collection[str]) -> list[tuple[Origin, datetime]]:
        """Return every member of every cluster that one of these versions belongs to, with when it was first seen."""
        sql = f"""SELECT {column_names(Origin, "o")}, v.seen_at FROM origin AS o JOIN article_version AS v USING (version_id)
                  WHERE version_id IN {_IDS} OR cluster_id IN (SELECT cluster_id FROM origin WHERE version_id IN {_IDS})
                  ORDER BY v.seen_at, version_id"""  # noqa: S608 -- constants
        ids = dump_ids(version_ids)
        return [(decode_row(Origin, row), _read_instant(row["seen_at"])) for row in self.query(sql, [ids, ids])]

    def load_ids_of_basis(self, version_ids: Collection[str], own_basis: str) -> set[str]:
        """Return those of the versions whose own origin, without their copies, has this basis."""
        sql = f"SELECT version_id FROM origin WHERE own_basis = ? AND version_id IN {_IDS}"  # noqa: S608 -- a constant
        return self.load_ids(sql, [own_basis, dump_ids(version_ids)])

    def save_origins(self, origins: Sequence[Origin]) -> None:
        """Save which origin each version belongs to; the last one saved counts.

        ``assigned_at`` stays as it was where the origin's id does: it says since when the version counts as that
        origin's, for those who counted it as another's.
        """
        before = self._load_origins({origin.version_id for origin in origins})
        chosen = [_keep_instant(origin, before.get(origin.version_id)) for origin in origins]
        fresh = [origin for origin in chosen if origin != before.get(origin.version_id)]
        self.save_models("origin", fresh, is_updating=True)

    def _load_origins(self, version_ids: Collection[str]) -> dict[str, Origin]:
        found = self.load(Origin, f"FROM origin AS t WHERE version_id IN {_IDS}", [dump_ids(version_ids)])
        return {origin.version_id: origin for origin in found}


def _keep_instant(origin: Origin, before: Origin | None) -> Origin:
    is_same = before is not None and before.origin_id == origin.origin_id
    return replace(origin, assigned_at=before.assigned_at) if before is not None and is_same else origin


def _read_instant(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value.astimezone(UTC)
