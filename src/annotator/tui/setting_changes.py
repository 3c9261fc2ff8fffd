"""Changing a setting from the screens: written into the settings file, and used at once."""

import asyncio
from typing import Any

from textual.screen import Screen

from annotator import usecases
from annotator.settings import Settings
from annotator.settings.choices import export_place, forget
from annotator.tui.context import AppContext, use_settings
from annotator.tui.notifications import hint
from annotator.tui.theming import theme_in_use

_CHOSEN = ("theme", "export_folder", "export_preset")  # elsewhere too, until they are set here


async def change_setting(
    screen: Screen[Any], context: AppContext, name: str, value: str | int
) -> None:
    """Set a setting for good; the default, or nothing, by removing its line.

    Raises `SettingsError` if the file cannot be written, or for a folder that is missing,
    `FetchError` for cookies that cannot be read.
    """
    watch = context.settings_watch
    if watch is None:
        hint(screen, "These settings have no file.")
        return
    written = None if value in ("", getattr(Settings(), name)) else value
    settings = await asyncio.to_thread(watch.write, name, written)
    if name in _CHOSEN:
        await asyncio.to_thread(forget, context.state, name)
    use_settings(screen.app, context, settings)
    if check := usecases.library.config_files.CHECKS.get(name):
        await asyncio.to_thread(check, settings)


def value_in_use(context: AppContext, name: str) -> object:
    """Return the value of a setting, also where it was chosen elsewhere; nothing for none."""
    settings, state = context.settings, context.state
    if name == "theme":
        return theme_in_use(state, settings)
    if name in ("export_folder", "export_preset"):
        return export_place(state, settings)[name == "export_preset"]
    value = getattr(settings, name)
    return "" if value is None else value
