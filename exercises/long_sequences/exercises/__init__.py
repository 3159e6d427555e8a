"""Lets `python FILE` work in the folder above: imports from `exercises` are found through this."""

from pathlib import Path

__path__ = [str(Path(__file__).parents[2])]
