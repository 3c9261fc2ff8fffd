"""Dialogs: screens above a screen, each of which returns an answer or nothing."""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.tui.dialogs import command_palette, help  # noqa: A004  the name of a module

__getattr__ = lazy(__name__, __file__)
