"""The stages of cleaning, in their order."""

from dataclasses import replace
from urllib.parse import unquote

from annotator.extract.assemble import Assembled, assemble
from annotator.extract.completeness import Signs, judge_completeness
from annotator.extract.decide import decide
from annotator.extract.measure import measure
from annotator.extract.metadata import Facts, read_metadata
from annotator.extract.metadata.page import page_headings
from annotator.extract.parse import MAX_CHARACTERS, parse
from annotator.extract.passages import Draft
from annotator.extract.plain_text import read_plain_text
from annotator.extract.steps.belonging import keep_belonging
from annotator.extract.steps.captions import join_captions
from annotator.extract.steps.ending import remove_endings
from annotator.extract.steps.guard import give_back
from annotator.extract.steps.head import remove_kickers
from annotator.extract.steps.lines import judge_lines, part_lines
from annotator.extract.steps.repeated import remove_repeated
from annotator.extract.typography import mend_line
from annotator.extract.walk import read_passages
from annotator.model.article import Article, Block
from annotator.model.extraction import Extraction
from annotator.model.identity import id_of_text, id_of_url, is_web_address
from annotator.model.page import MARKDOWN, PLAIN_TEXT, Page
from annotator.model.text import clean_line

EXTRACTOR = "1"  # of the rules: articles cleaned by older ones may be cleaned again


def extract(page: Page) -> Extraction:
    """Return the article of a page, what was taken away from the page, and how whole it is.

    A page without any article gives one without blocks, and says so in its
    completeness; nothing that a page holds makes this raise.
    """
    if page.media_type == PLAIN_TEXT:
        return _from_plain_text(page)
    return _from_markdown(page) if page.media_type == MARKDOWN else _from_html(page)


def clean(draft: Draft) -> Assembled:
    """Take residue from what was chosen of a page, and return what is left."""
    join_captions(draft)
    part_lines(draft)
    chosen = draft.kept
    judge_lines(draft.passages)
    remove_repeated(draft)
    remove_kickers(draft)
    remove_endings(draft)
    keep_belonging(draft)
    give_back(chosen)
    return assemble(draft.passages)


def _from_html(page: Page) -> Extraction:
    tree = parse(page.html, url=page.url)
    facts = read_metadata(tree, page.url)
    passages, regions = read_passages(tree)
    measure(passages, regions)
    draft = Draft(passages, regions, facts.title, facts.byline)
    decide(draft, tree.root, facts)
    signs = Signs(tree.root, is_cut=page.is_truncated or tree.is_lossy)
    return _cleaned(page, draft, facts, signs)


def _from_markdown(page: Page) -> Extraction:
    from annotator.extract.markdown import read_markdown  # a tenth of the start, for few pages

    html, facts = read_markdown(page.html[:MAX_CHARACTERS])
    tree = parse(html, url=page.url)
    passages, regions = read_passages(tree)
    measure(passages, regions)
    headings = [facts.title, *page_headings(tree.root), _file_name(page.url)]
    facts = replace(facts, title=next(filter(None, headings), ""))
    draft = Draft(passages, regions, facts.title, facts.byline)
    return _cleaned(page, draft, facts, Signs(is_cut=page.is_truncated))


def _from_plain_text(page: Page) -> Extraction:
    reading = read_plain_text(page.html[:MAX_CHARACTERS], name=_file_name(page.url))
    draft = Draft(reading.passages, reading.regions, reading.facts.title, reading.facts.byline)
    is_cut = page.is_truncated or len(page.html) > MAX_CHARACTERS
    return _cleaned(page, draft, reading.facts, Signs(is_cut=is_cut))


def _cleaned(page: Page, draft: Draft, facts: Facts, signs: Signs) -> Extraction:
    assembled = clean(draft)
    article = _article(page.url, facts, assembled.blocks)
    completeness = judge_completeness(article, draft, facts, signs)
    return Extraction(article, assembled.removals, completeness, EXTRACTOR)


def _article(url: str, facts: Facts, blocks: tuple[Block, ...]) -> Article:
    article = Article(
        id="",
        url=url,
        title=mend_line(facts.title),
        byline=facts.byline,
        site_name=facts.site_name,
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
    """Return the name of a local file without its extension, as a title of last resort."""
    if not url.startswith("file:"):
        return ""
    name = unquote(url).rsplit("/", 1)[-1]
    return clean_line(name.rpartition(".")[0] or name).replace("_", " ")
