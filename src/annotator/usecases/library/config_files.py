"""The files beside the settings, checked before a page needs them."""

from annotator.errors import SettingsError
from annotator.extract.site_rules import rules_for
from annotator.fetch.http import read_cookies
from annotator.model.site_rules import SiteRule
from annotator.model.text import clean_line
from annotator.settings import Folders, Settings, expanded
from annotator.settings.site_rules import load_site_rules


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


# Of settings that name a file or a folder, whether it is there.
CHECKS = {"cookies": check_cookies, "download_folder": check_download_folder}
