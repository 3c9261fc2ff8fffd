"""The contents of a report: the page, what cleaning made of it, and why, as values."""

from datetime import date
from typing import Literal

from msgspec import Struct

from annotator import __version__
from annotator.model import NO_OVERRIDES, Overrides, Page, PassageDecision, Removal
from annotator.model.extraction import EXTRACTOR, NO_ALTERNATES, AlternateVersions, Completeness
from annotator.model.site_rules import SiteRule

ISSUES = "https://github.com/annotator-tui/annotator/issues/new?template=page.yml"
NO_COMPLETENESS = Completeness()


class Metadata(Struct, frozen=True):
    """The metadata that were found on a page."""

    title: str = ""
    byline: tuple[str, ...] = ()
    site_name: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    excerpt: str = ""
    lead_image: str = ""
    canonical_url: str = ""


class Circumstances(Struct, frozen=True):
    """Versions, rules and choices that decide, beside the page, how it comes out.

    `rules` are the user's own rules for the site, `choices` the passages that the user
    restored and removed, and `has_cookies` says whether pages are fetched with cookies.
    """

    version: str = __version__
    extractor: str = EXTRACTOR
    python: str = ""
    system: str = ""
    has_cookies: bool = False
    rules: tuple[SiteRule, ...] = ()
    choices: Overrides = NO_OVERRIDES


class PageReport(Struct, frozen=True, kw_only=True):
    """A report. `error` is the message if no article could be made of the page.

    `is_same_as_fetched` says whether the page as fetched, with what was private in it,
    came out in the same way.
    """

    format: Literal["annotator page report"] = "annotator page report"
    page: Page
    made: date
    text: str = ""
    metadata: Metadata = Metadata()
    completeness: Completeness = NO_COMPLETENESS
    offers: AlternateVersions = NO_ALTERNATES
    removals: tuple[Removal, ...] = ()
    reasons: tuple[PassageDecision, ...] = ()
    error: str = ""
    is_same_as_fetched: bool = True
    circumstances: Circumstances = Circumstances()
