"""The stages of extraction, in order."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import unquote

from msgspec.structs import replace

from annotator.extract.blocks.typed_lists import read_typed_lists
from annotator.extract.blocks.walker import read_passages
from annotator.extract.choice.decide import NO_DECISION, Decision, decide
from annotator.extract.choice.density import measure
from annotator.extract.completeness.alternates import find_alternates
from annotator.extract.completeness.assess import Signs, assess_completeness
from annotator.extract.completeness.multi_page import join_parts, label_first_part
from annotator.extract.dom.parse import MAX_CHARACTERS, parse
from annotator.extract.finish.assemble import Assembled, assemble
from annotator.extract.finish.bold_headings import read_bold_headings
from annotator.extract.finish.named_quotes import read_named_quotes
from annotator.extract.finish.typography import repair_line
from annotator.extract.formats.plain_text import read_plain_text
from annotator.extract.metadata import Facts, host_of, read_metadata
from annotator.extract.metadata.page_elements import page_headings
from annotator.extract.passages import ArticleDraft
from annotator.extract.residue.article_end import remove_endings
from annotator.extract.residue.captions import join_captions
from annotator.extract.residue.duplicates import remove_kickers, remove_repeated
from annotator.extract.residue.keep_together import keep_together
from annotator.extract.residue.learned_lines import judge_by_wording
from annotator.extract.residue.lines import judge_lines, part_lines
from annotator.extract.residue.next_article import remove_next_articles
from annotator.extract.residue.repeated_lines import remove_repeated_lines
from annotator.extract.residue.safety_net import apply_overrides, give_back
from annotator.extract.site_rules import (
    apply_site_rules,
    facts_from_site_rules,
    hide_removed_elements,
    rules_for,
)
from annotator.model.article import Article, Block
from annotator.model.extraction import EXTRACTOR, NO_ALTERNATES, AlternateVersions, Extraction
from annotator.model.identity import id_of_text, id_of_url, is_web_address
from annotator.model.multipart import is_joined, split
from annotator.model.overrides import NO_OVERRIDES, Overrides
from annotator.model.page import MARKDOWN, PLAIN_TEXT, Page
from annotator.model.site_rules import SiteRule
from annotator.model.text import clean_line


def extract(
    page: Page,
    *,
    choices: Overrides = NO_OVERRIDES,
    rules: Sequence[SiteRule] = (),
    repeated: Sequence[str] = (),
) -> Extraction:
    """Return the article of a page, what was removed from the page, and how complete it is.

    `choices` are the reader's overrides for passages of this page, `rules` the
    reader's own rules for sites, `repeated` the names of the lines that other
    articles of the site have too. A page without an article gives an article
    without blocks, and its completeness says why. No content of a page makes
    this raise. Raises `SettingsError` for a selector in `rules` that is invalid.
    """
    with _without_collector():
        if is_joined(page):
            parts, missing = split(page)
            return join_parts([_extract(part, choices, rules, repeated) for part in parts], missing)
        return label_first_part(_extract(page, choices, rules, repeated))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the garbage collector: a page becomes many objects, and hardly any is in a cycle.

    That saves a twentieth of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _extract(
    page: Page, choices: Overrides, rules: Sequence[SiteRule], repeated: Sequence[str]
) -> Extraction:
    reading = read(page, rules)
    assembled = clean(reading.draft, choices, repeated)
    article = _article(page.url, reading.facts, assembled.blocks)
    completeness = assess_completeness(article, reading.draft, reading.facts, reading.signs)
    offers = reading.offers
    return Extraction(article, assembled.removals, completeness, EXTRACTOR, choices, offers)


class Reading(NamedTuple):
    """A page whose article has been chosen but still has residue in it."""

    draft: ArticleDraft
    facts: Facts
    signs: Signs
    offers: AlternateVersions = NO_ALTERNATES
    decision: Decision = NO_DECISION


def read(page: Page, rules: Sequence[SiteRule] = ()) -> Reading:
    """Return the passages of a page, with those of its article chosen."""
    if page.media_type == PLAIN_TEXT:
        return _read_plain_text(page)
    return _read_markdown(page) if page.media_type == MARKDOWN else _read_html(page, rules)


def clean(
    draft: ArticleDraft, choices: Overrides = NO_OVERRIDES, repeated: Sequence[str] = ()
) -> Assembled:
    """Remove residue from the chosen passages, and return the blocks that are left."""
    join_captions(draft)
    part_lines(draft)
    draft.passages = read_typed_lists(draft.passages)
    remove_next_articles(draft)
    chosen = draft.kept
    spared = judge_lines(draft.passages)
    remove_repeated(draft)
    remove_kickers(draft)
    remove_endings(draft)
    judge_by_wording(draft.passages, spared)
    remove_repeated_lines(draft.passages, frozenset(repeated))
    keep_together(draft)
    give_back(chosen)
    apply_overrides(draft, choices)
    read_named_quotes(draft.kept)
    read_bold_headings(draft.kept)
    return assemble(draft.passages)


def _read_html(page: Page, own: Sequence[SiteRule]) -> Reading:
    tree = parse(page.html, url=page.url)
    rules = rules_for(page.url, own)
    facts = facts_from_site_rules(tree.root, read_metadata(tree, page.url), rules)
    hide_removed_elements(tree.root, rules)
    passages, regions = read_passages(tree)
    measure(passages, regions)
    draft = ArticleDraft(passages, regions, facts.title, facts.byline)
    decision = decide(draft, tree.root, facts)
    if rules:
        apply_site_rules(tree.root, draft, rules)
    signs = Signs(tree.root, is_cut=page.is_truncated or tree.is_lossy)
    return Reading(draft, facts, signs, find_alternates(tree, page.url), decision)


def _read_markdown(page: Page) -> Reading:
    # The renderer takes 14 ms to load.
    from annotator.extract.formats.markdown_source import read_markdown

    html, facts = read_markdown(page.html[:MAX_CHARACTERS])
    tree = parse(html, url=page.url)
    passages, regions = read_passages(tree)
    measure(passages, regions)
    headings = [facts.title, *page_headings(tree.root), _file_name(page.url)]
    facts = replace(facts, title=next(filter(None, headings), ""))
    draft = ArticleDraft(passages, regions, facts.title, facts.byline)
    return Reading(draft, facts, Signs(is_cut=page.is_truncated))


def _read_plain_text(page: Page) -> Reading:
    text = read_plain_text(page.html[:MAX_CHARACTERS], name=_file_name(page.url))
    draft = ArticleDraft(text.passages, text.regions, text.facts.title, text.facts.byline)
    is_cut = page.is_truncated or len(page.html) > MAX_CHARACTERS
    return Reading(draft, text.facts, Signs(is_cut=is_cut))


def _article(url: str, facts: Facts, blocks: tuple[Block, ...]) -> Article:
    article = Article(
        id="",
        url=url,
        title=repair_line(facts.title),
        byline=facts.byline,
        site_name=facts.site_name or host_of(url),
        published=facts.published,
        modified=facts.modified,
        language=facts.language,
        excerpt=facts.excerpt,
        lead_image=facts.lead_image,
        canonical_url=facts.canonical_url,
        blocks=blocks,
    )
    return replace(article, id=id_of_url(url) if is_web_address(url) else id_of_text(article.text))


def _file_name(url: str) -> str:
    """Return the name of a local file without its extension, the title of last resort."""
    if not url.startswith("file:"):
        return ""
    name = unquote(url).rsplit("/", 1)[-1]
    return clean_line(name.rpartition(".")[0] or name).replace("_", " ")
