"""The stages of extraction, in order; their article, or the reasons for each passage.

An article is assembled from the passages that were kept, and the ledger of removals from
the others.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import UNSET
from msgspec.structs import replace

from annotator.extract.blocks.walker import read_passages
from annotator.extract.choice.density import is_prose, measure
from annotator.extract.completeness.alternates import find_alternates, join_parts, label_first_part
from annotator.extract.completeness.assess import assess_completeness, tell_kind
from annotator.extract.completeness.lost_text import may_be_text
from annotator.extract.dom.parse import MAX_CHARACTERS, Tree, parse
from annotator.extract.families import policy_of
from annotator.extract.finish import repair_block, repair_line
from annotator.extract.formats import read_markdown, read_plain_text
from annotator.extract.kinds.page_kind import tells_an_article
from annotator.extract.kinds.threads import find_thread
from annotator.extract.metadata import Facts, host_of, read_metadata
from annotator.extract.metadata.page_elements import page_headings
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.extract.residue.boxes import LEARNED
from annotator.extract.residue.lines import match_of_kept
from annotator.extract.site_rules import facts_from_site_rules, hide_removed_elements, rules_for
from annotator.extract.steps import BY_READER, CHOICE, CLEANING, Cleaning, run
from annotator.model.article import Article, Block
from annotator.model.document import MARKDOWN, PLAIN_TEXT, TITLE, Page
from annotator.model.extraction import EXTRACTOR, OUTSIDE, Extraction, PassageDecision, Removal
from annotator.model.identity import doi_in, id_of_article
from annotator.model.multipart import is_joined, split
from annotator.model.overrides import NO_OVERRIDES, Overrides, name_of, numbered
from annotator.model.site_rules import SiteRule
from annotator.model.text import clean_line

_CHOSEN = Rule("choose", "chosen", "Inside the article, by the structure of the page.")
_LIKELY = Rule("score", "likely", "Reads like part of the article.")
_PUT_BACK = Rule("reader", "put-back", "You restored it.")

MAX_BLOCKS = 50_000  # a book has ten thousand paragraphs
# Verdicts on whole parts of a page, which read better as a single entry.
_JOINED = frozenset({OUTSIDE, "hidden", "site"})


class Assembled(NamedTuple):
    """The blocks of an article, and the removed passages."""

    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...]


def assemble(passages: list[Passage]) -> Assembled:
    """Return the kept passages as blocks and the others as removals, each with its place."""
    shown = frozenset(map(id, shown_passages(passages)))
    blocks: list[Block] = []
    removed: list[tuple[tuple[Rule, int, int], str, str, bool]] = []
    for passage, number in zip(passages, numbered(p.block for p in passages), strict=True):
        rule, text = passage.verdict, passage.text
        if rule is not None and text.strip():
            # A paragraph has an entry of its own, so that the reader can restore it; lines of one
            # part of the page, such as a menu, have one together.
            may_join = _is_mergeable(rule) and not is_prose(passage)
            entry = -1 if may_join else len(removed)
            key = rule, len(blocks), entry
            removed.append((key, text, name_of(*number), may_be_text(passage)))
        elif id(passage) in shown:
            blocks.append(repair_block(passage.block))
    removals: list[Removal] = []
    for (rule, before, _), group in groupby(removed, key=itemgetter(0)):
        _, lines, names, doubts = zip(*group, strict=True)
        words, doubt = "\n".join(lines), any(doubts)
        removals.append(Removal(rule.step, rule.name, rule.reason, words, before, names, doubt))
    return Assembled(tuple(blocks), tuple(removals))


def shown_passages(passages: list[Passage]) -> list[Passage]:
    """Return the kept passages that are shown: no repeated images or stray rules."""
    shown: list[Passage] = []
    sources: set[str] = set()
    for passage in passages:
        block = passage.block
        is_echo = block.kind == "image" and block.source in sources and not block.text
        is_idle_rule = block.kind == "rule" and (not shown or shown[-1].block.kind == "rule")
        is_empty = not block.text and block.kind not in {"image", "rule", "embed"}
        is_shown = passage.is_kept and not (is_empty or is_echo or is_idle_rule)
        if is_shown and len(shown) < MAX_BLOCKS:
            shown.append(passage)
            sources.update({block.source} - {""})
    while shown and shown[-1].block.kind == "rule":
        shown.pop()
    return shown


def _is_mergeable(rule: Rule) -> bool:
    is_box = rule.name.startswith("box-") or rule.name.endswith("-element")
    return rule.step in _JOINED or (is_box and policy_of(rule.step).merge_adjacent)


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
    cleaning = read(page, rules)
    cleaning.choices, cleaning.repeated = choices, frozenset(repeated)
    blocks, removals = clean(cleaning)
    article = _article(page.url, cleaning.facts, blocks)
    completeness = assess_completeness(
        article, cleaning.draft, cleaning.facts, root=cleaning.root, is_cut=cleaning.is_cut
    )
    completeness = tell_kind(completeness, cleaning.told)
    return Extraction(article, removals, completeness, EXTRACTOR, choices, cleaning.offers)


def read(page: Page, rules: Sequence[SiteRule] = ()) -> Cleaning:
    """Return the passages of a page, with those of its article chosen."""
    if page.media_type == PLAIN_TEXT:
        return _read_plain_text(page)
    return _read_markdown(page) if page.media_type == MARKDOWN else _read_html(page, rules)


def clean(cleaning: Cleaning) -> Assembled:
    """Remove residue from the chosen passages, and return the blocks that are left."""
    run(CLEANING, cleaning)
    return assemble(cleaning.draft.passages)


def _read_html(page: Page, own: Sequence[SiteRule]) -> Cleaning:
    tree, cleaning = open_page(page, own)
    run(CHOICE, cleaning)
    cleaning.offers = find_alternates(tree, page.url, is_thread=cleaning.thread is not None)
    return cleaning


def open_page(page: Page, own: Sequence[SiteRule] = ()) -> tuple[Tree, Cleaning]:
    """Return the tree of a page in HTML, and its passages, none of which is chosen yet."""
    tree = parse(page.html, url=page.url)
    rules = rules_for(page.url, own)
    facts = facts_from_site_rules(tree.root, read_metadata(tree, page.url), rules)
    facts = replace(facts, title=page.header(TITLE) or facts.title)
    hide_removed_elements(tree.root, rules)
    draft = _draft(read_passages(tree), facts)
    thread = find_thread(draft, facts, page.url)
    facts = thread.fill(facts) if thread else facts
    is_cut = page.is_truncated or tree.is_lossy
    return tree, Cleaning(draft, facts, tree.root, thread, rules, is_cut=is_cut, url=page.url)


def _read_markdown(page: Page) -> Cleaning:
    html, facts = read_markdown(page.html[:MAX_CHARACTERS])
    tree = parse(html, url=page.url)
    headings = [page.header(TITLE), facts.title, *page_headings(tree.root), _file_name(page.url)]
    facts = replace(facts, title=next(filter(None, headings), ""))
    return Cleaning(_draft(read_passages(tree), facts), facts, is_cut=page.is_truncated)


def _read_plain_text(page: Page) -> Cleaning:
    named = page.header(TITLE)
    text = f"Title: {named}\n{page.html}" if named else page.html
    draft, facts = read_plain_text(text[:MAX_CHARACTERS], name=_file_name(page.url))
    return Cleaning(draft, facts, is_cut=page.is_truncated or len(page.html) > MAX_CHARACTERS)


def _draft(parts: tuple[list[Passage], list[Region]], facts: Facts) -> ArticleDraft:
    passages, regions = parts
    measure(passages, regions)
    is_article = tells_an_article(facts)
    return ArticleDraft(passages, regions, facts.title, facts.byline, is_article=is_article)


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
        doi=facts.doi or doi_in(url) or UNSET,
        blocks=blocks,
    )
    return replace(article, id=id_of_article(url, article.text))


def _file_name(url: str) -> str:
    """Return the name of a local file without its extension, the title of last resort."""
    if not url.startswith("file:"):
        return ""
    name = unquote(url).rsplit("/", 1)[-1]
    return clean_line(name.rpartition(".")[0] or name).replace("_", " ")


def explain(
    page: Page,
    *,
    choices: Overrides = NO_OVERRIDES,
    rules: Sequence[SiteRule] = (),
    repeated: Sequence[str] = (),
) -> tuple[PassageDecision, ...]:
    """Return the decision about each passage of a page, in the page's order.

    The decisions are those of `extract` with the same choices, rules and repeated lines.
    """
    parts, _ = split(page)
    return tuple(
        decision for part in parts for decision in _decisions(part, choices, rules, repeated)
    )


def _decisions(
    page: Page, choices: Overrides, rules: Sequence[SiteRule], repeated: Sequence[str]
) -> Iterator[PassageDecision]:
    cleaning = read(page, rules)
    cleaning.choices, cleaning.repeated = choices, frozenset(repeated)
    clean(cleaning)
    ruled, likely = cleaning.decision
    chances = dict(zip(ruled, map(likely.get, range(len(ruled))), strict=True))
    for passage in cleaning.draft.passages:
        if not passage.text.strip():
            continue
        kept = _LIKELY if ruled.get(passage) else _CHOSEN  # the rules alone had removed it
        rule = passage.verdict or match_of_kept(passage.text) or kept
        if passage.is_kept and passage.judge == BY_READER:
            rule = _PUT_BACK
        elif rule.name == LEARNED:
            rule = rule._replace(reason=f"{rule.reason} Removed by the score.")
        chance = chances.get(passage)
        yield PassageDecision(
            is_kept=passage.is_kept,
            step=rule.step,
            rule=rule.name,
            reason=rule.reason,
            score=None if chance is None else round(chance, 3),
            kind=passage.block.kind,
            text=passage.text,
        )
