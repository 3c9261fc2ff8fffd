"""Reports of pages: each page is cleaned as it was fetched and without what is private in it.

What a report explains is also asked alone: why each passage of a page is part of the article.
"""

import asyncio
import platform
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from msgspec.structs import replace

from annotator.errors import CleaningError, InvalidInput
from annotator.fetch import FetchOptions
from annotator.model import NO_OVERRIDES, Extraction, Original, Overrides, Page, PassageDecision
from annotator.model.site_rules import Selector, SiteRule
from annotator.settings import Folders
from annotator.settings.site_rules import load_site_rules
from annotator.store import Library
from annotator.usecases.articles.add import read_page
from annotator.usecases.articles.sites import site_lines
from annotator.usecases.articles.sources import Source
from annotator.usecases.page_report import Circumstances, Metadata, PageReport, redacted
from annotator.usecases.sandbox.clean import clean, explain


async def report_source(source: Source, options: FetchOptions, *, now: datetime) -> PageReport:
    """Return the report of the page at `source`, which is fetched or read."""
    page = _page(await read_page(source, options))
    return await _report(page, NO_OVERRIDES, now=now, has_cookies=options.cookies is not None)


async def report_saved(
    library: Library, article_id: str, *, now: datetime, has_cookies: bool
) -> PageReport:
    """Return the report of the saved page of an article, cleaned by the rules of today."""
    saved = await asyncio.to_thread(library.article(article_id).extraction)
    original = await asyncio.to_thread(library.article(article_id).page, saved.article.revision)
    return await _report(_page(original), saved.choices, now=now, has_cookies=has_cookies)


def _page(original: Original) -> Page:
    if isinstance(original, Page):
        return original
    raise InvalidInput(
        "Reports are made of pages, not of documents.", "Please attach the file to an issue."
    )


async def _report(
    fetched: Page, choices: Overrides, *, now: datetime, has_cookies: bool
) -> PageReport:
    page = redacted(fetched)
    circumstances = Circumstances(
        python=platform.python_version(),
        system=platform.system(),
        has_cookies=has_cookies,
        rules=_rules_of_user(page.url),
        choices=choices,
    )
    report = PageReport(page=page, made=now.date(), circumstances=circumstances)
    before, _ = await _cleaned(fetched, choices)
    extraction, error = await _cleaned(page, choices)
    report = replace(report, error=error, is_same_as_fetched=_look_alike(before, extraction))
    if extraction is None:
        return report
    article = extraction.article
    return replace(
        report,
        text=article.text,
        metadata=Metadata(**{name: getattr(article, name) for name in Metadata.__struct_fields__}),
        completeness=extraction.completeness,
        offers=extraction.offers,
        removals=extraction.removals,
        reasons=await explain(page, choices=choices),
    )


async def _cleaned(page: Page, choices: Overrides) -> tuple[Extraction | None, str]:
    try:
        return await clean(page, choices=choices), ""
    except CleaningError as error:
        return None, str(error)


def _look_alike(one: Extraction | None, other: Extraction | None) -> bool:
    """Return whether two pages came out alike; an e-mail address in a line may differ."""
    if one is None or other is None:
        return one is other
    shapes = [
        (
            [block.kind for block in each.article.blocks],
            [(removal.step, removal.rule) for removal in each.removals],
            each.completeness.access,
        )
        for each in (one, other)
    ]
    return shapes[0] == shapes[1]


def _rules_of_user(url: str) -> tuple[SiteRule, ...]:
    """Return the user's rules for the site, without the paths of the file that they are in."""
    host = (urlsplit(url).hostname or "").lower()
    rules = load_site_rules(Folders.of_user().site_rules_file)
    return tuple(_unplaced(rule) for rule in rules if f".{host}".endswith(f".{rule.host}"))


def _unplaced(rule: SiteRule) -> SiteRule:
    def bare(selectors: Sequence[Selector | None]) -> list[Selector | None]:
        return [selector and replace(selector, place="") for selector in selectors]

    title, byline, published = bare((rule.title, rule.byline, rule.published))
    return replace(
        rule,
        keep=tuple(filter(None, bare(rule.keep))),
        remove=tuple(filter(None, bare(rule.remove))),
        title=title,
        byline=byline,
        published=published,
    )


async def explain_source(
    source: Source, *, options: FetchOptions | None = None
) -> tuple[PassageDecision, ...]:
    """Return the decision about each passage of the page at `source`."""
    return await explain(await read_page(source, options))


async def explain_saved(library: Library, article_id: str) -> tuple[PassageDecision, ...]:
    """Return the decision about each passage of an article's saved page."""
    saved = library.article(article_id).extraction()
    page = await asyncio.to_thread(library.article(article_id).page, saved.article.revision)
    repeated = await asyncio.to_thread(site_lines, library, page.url, article_id)
    return await explain(page, choices=saved.choices, repeated=repeated)
