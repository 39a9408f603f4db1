"""Events: what happened, who did it and why. Only ever added."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from opgavelib.opslag.tabellen import TABEL


def voeg_toe(
    verbinding: sa.Connection,
    tijdstip: datetime,
    wie: str,
    wat: str,
    object_: str,
    oud: object = None,
    nieuw: object = None,
    reden: str | None = None,
    sessie: str | None = None,
    handeling: str | None = None,
    herroept: str | None = None,
) -> int:
    """Add one event and give its number. `oud` and `nieuw` are JSON values."""
    uitkomst = verbinding.execute(
        TABEL["gebeurtenissen"]
        .insert()
        .values(
            tijdstip=tijdstip.astimezone(UTC).isoformat(timespec="seconds"),
            wie=wie,
            wat=wat,
            object=object_,
            oud=oud,
            nieuw=nieuw,
            reden=reden,
            sessie=sessie,
            handeling=handeling,
            herroept=herroept,
        )
    )
    return int(uitkomst.inserted_primary_key[0])
