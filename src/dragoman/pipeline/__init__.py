"""From inputs to answers: `run.py` maps one function over reports, `answer.py` says how an answer looks as JSON."""
