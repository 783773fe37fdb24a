"""What was worked out from whole counts of households: rankings, plans and studies, behind row-level security.

It knows nothing about what a result is. Beside each stands, in the table of its kind, what others may read of it.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session


def insert(session: Session, owner: str, kelurahan: str, result: dict[str, Any] | None) -> None:
    """Keep the exact result of a run, plan or study (owner: its id). Needs household_scope of the kelurahan."""
    if result is None:
        return
    query = text("""
        insert into counted (id, kelurahan, result) values (cast(:id as uuid), :kelurahan, cast(:result as jsonb))
    """)
    session.execute(query, {"id": owner, "kelurahan": kelurahan, "result": json.dumps(result)})
