"""The screens, the only part of the program that uses Textual.

The command line opens them, and checks settings for them, by the functions
here. Every module of the screens imports this one, so it imports them only when
a function is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from annotator.settings import Settings
    from annotator.store import Library
    from annotator.tui.app import AnnotatorApp
    from annotator.tui.settings_check import Problem


def make_app(
    library: Library, settings: Settings, *, article_id: str | None, settings_file: Path
) -> AnnotatorApp:
    """Return the app on the library screen, or on the article with that id."""
    from annotator.tui.app import AnnotatorApp

    return AnnotatorApp(library, settings, article_id=article_id, settings_file=settings_file)


def settings_problems(settings: Settings) -> Iterable[Problem]:
    """Return what is wrong with the keys and the theme that settings name."""
    from annotator.tui.keys.keymap import Keymap
    from annotator.tui.keys.presets import wished_keys
    from annotator.tui.settings_check import problems

    return problems(settings, Keymap(wished_keys(settings)))
