"""The record in a browser: pages rendered on the server, the same as data at the same address, and the live stream.

`app.py` puts it together, `server.py` runs it. A request goes through `guard.py` to a view (`latest.py`, `report.py`,
`pair.py`, `fact.py`, `about.py`, `api.py`), which asks the store and answers by `shown.py` and `respond.py`. What a
reader sees of a fact is made in `words.py`, `sentences.py` and `rows.py`, once for all pages.
"""
