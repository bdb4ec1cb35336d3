"""From a parsed report to facts: one stage a module, listed in `stages.py`."""
