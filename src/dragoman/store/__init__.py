"""The record: reports and their facts in SQLite (or PostgreSQL), each report with its facts in one transaction.

`record.py` opens it, `writing.py` adds to it, `query.py` and `reports.py` read it, `exports/` hands it on,
`payload.py` says how a fact looks as JSON. Nothing is imported here, so that commands pay only for what they use.
"""
