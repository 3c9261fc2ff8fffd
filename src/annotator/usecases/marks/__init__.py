"""Use cases of marks: make, edit, link, list, find again, and review."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.usecases.marks import annotate, claims, links, mark_bin, proposals, reattach

__getattr__ = lazy(__name__, __file__)
