"""Drawings from a query's answer: pure functions from typed points to SVG text, without a dependency."""
