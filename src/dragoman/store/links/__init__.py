"""What reports tell together, in the record: happenings of events, stories of reports.

`change.py` keeps any graph of links and its clusters, whatever comes or goes; `happenings.py` and `stories.py` say what
is compared in each; `linking.py` is what `add` and `dragoman link --record` call, `asking.py` what readers ask.
"""
