"""Dragoman keeps the record of relations between states from foreign-affairs reporting."""

__version__ = "0.1.0"
