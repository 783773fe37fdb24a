"""A large store to measure in: the sample city with 100,000 assets and 5,000 proposals.

It knows nothing about what is measured.
"""

from __future__ import annotations

from typing import Final

import psycopg2

ASSETS: Final = 100_000
PROPOSALS: Final = 5_000
OWN: Final = ("id", "version", "created_at", "updated_at")


def fill(url: str) -> None:
    """Copies of the assets and proposals that are there, each moved by some metres."""
    connection = psycopg2.connect(url.replace("postgresql+psycopg2", "postgresql"))
    with connection, connection.cursor() as cursor:
        for name, wanted in (("asset", ASSETS), ("proposal", PROPOSALS)):
            cursor.execute(
                "select column_name from information_schema.columns where table_name = %s and is_generated = 'NEVER'",
                (name,),
            )
            columns = [row[0] for row in cursor.fetchall() if row[0] not in OWN]
            moved = "st_translate(geom, (random() - 0.5) * 0.02, (random() - 0.5) * 0.02)"
            values = ", ".join(
                moved if c == "geom" else f"{c} || '-' || n" if c == "external_id" else c for c in columns
            )
            cursor.execute(f"select count(*) from {name}")
            (there,) = cursor.fetchone() or (0,)
            cursor.execute(
                f"insert into {name} ({', '.join(columns)}) select {values} from {name}, generate_series(1, %s) n "
                f"limit %s",
                (wanted // there + 1, wanted - there),
            )
        cursor.execute("select count(*) from asset union all select count(*) from proposal")
        print("assets and proposals in the store:", [row[0] for row in cursor.fetchall()])
    connection.close()
