"""Revisions of the record's tables, in order and only ever appended to; alembic runs them (`record.py` calls it)."""
