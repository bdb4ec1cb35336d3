"""Handing the record on as files, in the formats that the field loads.

`formats.py` is the table of formats, each with a module of its own; `run.py` writes one to a file. On the way from the
record to a row: `selection.py` leaves out what a format can't say, `pairs.py` parts an event into pairs, `daily.py`
joins reports of one day. Nothing is imported here, so that commands pay only for what they use.
"""
