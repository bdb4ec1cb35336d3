"""Dragoman in Python: `from dragoman import read, Record`. docs/python.md tells it by examples.

`reading.py` reads one text, `record.py` opens a record, whose answers are `found.py`'s: looped over, counted, or made a
frame of. Nothing is imported here, so that `import dragoman` stays light.
"""
