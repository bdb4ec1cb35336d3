"""Rebuilding the weights that Dragoman ships: for maintainers, not part of the installed package."""
