"""Searches that readers keep, by name."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Final

import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.store.devices import drop_idle
from dragoman.store.record import Record, now
from dragoman.store.tables import BELLS, SAVED

MOST_SAVED: Final = 500
"""Saved searches of one owner."""
MOST_NAME: Final = 120
LOCAL: Final = ""
"""The owner in a record that has one user."""
_ID_BYTES: Final = 5


@dataclass(frozen=True, slots=True)
class Saved:
    """A search with its name. `bells` is the number of devices that are told of it; `made_at` is a UTC time."""

    key: int
    id: str
    owner: str
    name: str
    query: str
    made_at: str
    bells: int = 0


def saved_searches(record: Record, owner: str = LOCAL) -> list[Saved]:
    """The saved searches of OWNER by name."""
    bells = sa.select(sa.func.count()).where(BELLS.c.saved_key == SAVED.c.key).scalar_subquery()
    statement = sa.select(SAVED, bells.label("bells")).where(SAVED.c.owner == owner)
    with record.reading() as connection:
        found = [Saved(**row._mapping) for row in connection.execute(statement)]
    return sorted(found, key=lambda saved: (saved.name.casefold(), saved.key))


def saved_search(record: Record, ident: str) -> Saved | None:
    """The saved search with the id IDENT, whoever owns it; its `bells` are not counted."""
    with record.reading() as connection:
        row = connection.execute(sa.select(SAVED).where(SAVED.c.id == ident)).first()
    return None if row is None else Saved(**row._mapping)


def save_search(record: Record, query: str, name: str = "", owner: str = LOCAL) -> Saved:
    """Keep QUERY, which the caller has understood, under NAME (else under itself).

    One that OWNER keeps already gets the new name. Raises QueryError where a name is too long or too many are kept.
    """
    query, name = " ".join(query.split()), " ".join(name.split()) or " ".join(query.split())[:MOST_NAME]
    if not query:
        raise QueryError("a saved search: there is nothing to look for; write a search such as EGY ISR type:AGREE")
    if len(name) > MOST_NAME:
        raise QueryError(f"name: it has {len(name)} characters; give one of at most {MOST_NAME}")
    same = sa.and_(SAVED.c.owner == owner, SAVED.c.query == query)
    with record.writing() as connection:
        found = connection.execute(sa.select(SAVED).where(same)).first()
        if found is not None:
            connection.execute(SAVED.update().where(same).values(name=name))
            return Saved(**{**found._mapping, "name": name})
        kept = connection.scalar(sa.select(sa.func.count()).select_from(SAVED).where(SAVED.c.owner == owner)) or 0
        if kept >= MOST_SAVED:
            raise QueryError(f"a saved search: {kept} are kept already; remove some first")
        new = Saved(0, secrets.token_hex(_ID_BYTES), owner, name, query, now())
        values = {"id": new.id, "owner": owner, "name": name, "query": query, "made_at": new.made_at}
        key = connection.execute(SAVED.insert().values(**values).returning(SAVED.c.key)).scalar_one()
    return replace(new, key=key)


def remove_search(record: Record, ident: str, owner: str = LOCAL) -> bool:
    """Forget the saved search with the id IDENT, and its bells; whether OWNER had one."""
    with record.writing() as connection:
        statement = sa.select(SAVED.c.key).where(SAVED.c.id == ident, SAVED.c.owner == owner)
        key = connection.scalar(statement)
        if key is None:
            return False
        rung = connection.scalars(sa.select(BELLS.c.device_key).where(BELLS.c.saved_key == key)).all()
        connection.execute(BELLS.delete().where(BELLS.c.saved_key == key))
        drop_idle(connection, rung)
        connection.execute(SAVED.delete().where(SAVED.c.key == key))
        return True
