"""Rules for the pages of a site: those that come with the program, and the reader's own."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from cssselect import HTMLTranslator, SelectorError
from lxml import etree
from msgspec.structs import replace

from annotator.errors import SettingsError
from annotator.extract.blocks.visibility import BY_SITE
from annotator.extract.dom.elements import Element, attribute, text_of
from annotator.extract.dom.link_targets import parts_of
from annotator.extract.families import VETOES
from annotator.extract.metadata.dates import first_date
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.people import names
from annotator.extract.passages import ArticleDraft, Region, Rule
from annotator.model.data_file import toml_beside
from annotator.model.site_rules import Selector, SiteRule
from annotator.model.text import clean_line

SHIPPED = "sites.toml"

_STEP = "site"


def rules_for(url: str, own: Sequence[SiteRule] = ()) -> tuple[SiteRule, ...]:
    """Return the rules for the site of a URL: those of the program, then the reader's own.

    Raises `SettingsError` if one of these has a selector that is invalid.
    """
    host = (parts_of(url).hostname or "").rstrip(".")
    rules = tuple(rule for rule in (*_shipped(), *own) if f".{host}".endswith(f".{rule.host}"))
    for selector in (selector for rule in rules for selector in rule.selectors):
        _compiled(selector)
    return rules


def hide_removed_elements(root: Element, rules: Sequence[SiteRule]) -> None:
    """Mark the elements that the rules remove as hidden, each with the selector that matched."""
    for selector in (selector for rule in rules for selector in rule.remove):
        for element in _selected(root, selector):
            element.set("hidden", f"{BY_SITE}{selector.text}")


def apply_site_rules(root: Element, draft: ArticleDraft, rules: Sequence[SiteRule]) -> None:
    """Keep the elements that the rules keep, except for vetoed residue, and remove their lines."""
    kept = frozenset(_regions(root, draft.regions, rules))
    phrases = [(text, _pattern(text)) for rule in rules for text in rule.strip]
    for passage in draft.passages:
        line = " ".join(passage.text.split())
        phrase = next((text for text, shape in phrases if shape.fullmatch(line)), None)
        if phrase is not None:
            passage.verdict = Rule(_STEP, phrase, "Removed by a rule for this site.")
        # Prompts stay away whatever a rule keeps, and so does what another rule removed.
        elif passage.verdict is None or passage.verdict.step in {*VETOES, _STEP}:
            continue
        elif any(region.index in kept for region in passage.region.chain()):
            passage.verdict = None


def facts_from_site_rules(root: Element, facts: Facts, rules: Sequence[SiteRule]) -> Facts:
    """Return the facts, overridden by those that the rules find in the page."""
    for rule in rules:
        if title := _text(root, rule.title):
            facts = replace(facts, title=title)
        if byline := names([_text(root, rule.byline)], site=facts.site_name):
            facts = replace(facts, byline=byline)
        if published := first_date(_moments(root, rule.published), language=facts.language):
            facts = replace(facts, published=published)
    return facts


def _regions(root: Element, regions: Sequence[Region], rules: Sequence[SiteRule]) -> Iterator[int]:
    """Yield the regions that the rules keep; for an inline element, the region around it."""
    selectors = [selector for rule in rules for selector in rule.keep]
    indices = {region.element: region.index for region in regions} if selectors else {}
    for selector in selectors:
        for element in _selected(root, selector):
            chain = (element, *element.iterancestors())
            yield next((indices[node] for node in chain if node in indices), -1)


def _text(root: Element, selector: Selector | None) -> str:
    elements = _selected(root, selector) if selector else []
    return clean_line(next((text for element in elements if (text := text_of(element))), ""))


def _moments(root: Element, selector: Selector | None) -> list[object]:
    elements = _selected(root, selector) if selector else []
    names = ("datetime", "content")
    said = (
        [*(attribute(element, name) for name in names), text_of(element)] for element in elements
    )
    return [value for values in said for value in values]


def _selected(root: Element, selector: Selector) -> list[Element]:
    try:
        matches = _compiled(selector)(root)
    except etree.XPathError as error:
        raise _no_selector(selector, error) from error
    elements = matches if isinstance(matches, list) else []
    return [match for match in elements if isinstance(match, Element)]


@cache
def _compiled(selector: Selector) -> etree.XPath:
    try:
        if selector.is_xpath:
            return etree.XPath(selector.text)
        return etree.XPath(HTMLTranslator().css_to_xpath(selector.text))
    except (SelectorError, etree.XPathError) as error:
        raise _no_selector(selector, error) from error


def _no_selector(selector: Selector, error: Exception) -> SettingsError:
    kind = "XPath" if selector.is_xpath else "CSS selector"
    place = f"{selector.place}: " if selector.place else ""
    return SettingsError(
        f"{place}“{clean_line(selector.text)}” is not a valid {kind}: {clean_line(str(error))}.",
        "Selectors are CSS, such as .promo, or XPath, such as //aside.",
    )


def _pattern(phrase: str) -> re.Pattern[str]:
    pieces = (re.escape(" ".join(piece.split())) for piece in phrase.split("*"))
    return re.compile(r"\s*.{0,500}".join(pieces), re.IGNORECASE)


@cache
def _shipped() -> tuple[SiteRule, ...]:
    """Return the rules that come with the program."""
    return tuple(
        SiteRule(host, remove=tuple(map(Selector, table["remove"])))
        for host, table in toml_beside(__package__, SHIPPED).items()
    )
