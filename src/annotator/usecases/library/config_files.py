"""The files beside the settings, checked before a page or a note needs them."""

from collections.abc import Callable, Iterator, Sequence

from annotator.errors import AnnotatorError, SettingsError
from annotator.extract.site_rules import rules_for
from annotator.fetch.http import read_cookies
from annotator.model.site_rules import SiteRule
from annotator.settings import Folders, Settings
from annotator.settings.site_rules import load_site_rules
from annotator.usecases.exporting.note_templates import check_templates


def check_files(
    settings: Settings, folders: Folders
) -> Iterator[tuple[str, AnnotatorError | None]]:
    """Yield what each of the files is called that are there, and what is wrong with it."""
    checks: Sequence[tuple[str, Callable[[], object]]] = (
        ("Templates", lambda: check_templates(folders.templates_folder, settings.export_preset)),
        ("Site rules", lambda: _check_site_rules(folders)),
        ("Cookies", lambda: settings.cookies and [*read_cookies(settings.cookies)]),
    )
    for name, check in checks:
        try:
            if check():
                yield name, None
        except AnnotatorError as error:
            yield name, error


def _check_site_rules(folders: Folders) -> object:
    """Return the rules; raises `SettingsError` that tells all of their selectors that are none."""
    rules = load_site_rules(folders.site_rules_file)
    problems: list[SettingsError] = []
    for selector in (selector for rule in rules for selector in rule.selectors):
        try:
            rules_for("", [SiteRule("", remove=(selector,))])
        except SettingsError as error:
            problems.append(error)
    if problems:
        message = "\n".join(problem.message for problem in problems)
        raise SettingsError(message, problems[0].hint)
    return rules
