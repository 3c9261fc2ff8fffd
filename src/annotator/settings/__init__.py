"""Where the program's files are, and what a person has set, checked once and said in words."""

from annotator.settings.folders import Folders, expanded
from annotator.settings.loading import load
from annotator.settings.values import Settings

__all__ = ["Folders", "Settings", "expanded", "load"]
