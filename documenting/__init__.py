"""Writes the pages of docs/reference from the program itself, and its pictures."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
