"""The files beside the settings, checked before a page needs them."""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from annotator.errors import SettingsError
from annotator.extract.site_rules import rules_for
from annotator.fetch.http import read_cookies
from annotator.model.site_rules import SiteRule
from annotator.model.text import clean_line
from annotator.registry import Registry
from annotator.settings import Folders, Settings, expanded
from annotator.settings.site_rules import load_site_rules
from annotator.usecases.library.installing import how_to_install

_ORDERS = Registry[Any]({"program": "annotator.reading.layout.visual_order:VisualOrder"})
_SAMPLE = "نص عربي (١٢٣) טקסט עברי (123) abc"  # Arabic, Hebrew, numbers, Latin letters


def check_site_rules(folders: Folders) -> bool:
    """Return whether there are rules for sites; raises `SettingsError` for all mistakes in them."""
    rules = load_site_rules(folders.site_rules_file)
    problems: list[SettingsError] = []
    for selector in (selector for rule in rules for selector in rule.selectors):
        try:
            rules_for("", [SiteRule("", remove=(selector,))])
        except SettingsError as error:
            problems.append(error)
    if problems:
        raise SettingsError("\n".join(error.message for error in problems), problems[0].hint)
    return bool(rules)


def check_cookies(settings: Settings) -> bool:
    """Return whether there is a file of cookies; raises `FetchError` if it cannot be read."""
    read_cookies(settings.cookies)
    return settings.cookies is not None


def check_download_folder(settings: Settings) -> bool:
    """Return whether there is a folder of downloads; raises `SettingsError` if it is missing."""
    folder = settings.download_folder
    if folder is not None and not expanded(folder).is_dir():
        raise SettingsError(
            f"There is no folder {clean_line(str(folder))}, which download_folder names.",
            "Set download_folder to the folder that your browser saves pages into.",
        )
    return folder is not None


def check_bidi(settings: Settings) -> bool:
    """Return whether the program puts letters in order; raises `SettingsError` if it cannot."""
    if settings.bidi == "program" and find_spec("bidi") is None:
        how = how_to_install("'annotator-tui[bidi]'")
        raise SettingsError('bidi = "program" needs one more package.', f"Install it with: {how}")
    return settings.bidi == "program"


def bidi_samples() -> Mapping[str, str]:
    """Return a line by the values of `bidi`: the one that reads right is the value to set.

    It is empty without the package that puts letters in order.
    """
    if find_spec("bidi") is None:
        return {}
    order = _ORDERS.load("program")()
    return {"terminal": _SAMPLE, "program": order.words(_SAMPLE)}


# Of settings that name a file, a folder or what needs a package, whether it is there.
CHECKS = {"cookies": check_cookies, "download_folder": check_download_folder, "bidi": check_bidi}
