"""Measurements that the documentation quotes: `python -m benchmarks` runs them and writes docs/quality.md."""
