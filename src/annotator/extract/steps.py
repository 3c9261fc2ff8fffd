"""The steps that decide which passages are the article: their order, and what each may overrule.

The tables CHOICE and CLEANING say all of it. A step sees every passage with its
verdict, that is, the rule that removed it, or none. It can remove a passage that is
kept, if its row says so. A verdict that an earlier step gave is another matter: to
restore that passage, or to remove it for another reason, a step has to name the
earlier step in its row. Verdicts of a family in `never` stay whoever gave them.

`run` holds the steps to their rows: a change that a row does not allow is undone, and
listed in `Cleaning.refused`. On no page should there be any.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec import Struct

from annotator.extract.blocks.captions import join_captions
from annotator.extract.blocks.typed_lists import read_typed_lists
from annotator.extract.choice.decide import NO_DECISION, Decision, decide_by_rules
from annotator.extract.choice.rules import restore_standfirst
from annotator.extract.choice.scorer.decisions import apply_probabilities
from annotator.extract.dom.elements import Element, words
from annotator.extract.families import VETOES
from annotator.extract.finish import read_bold_headings, read_named_quotes
from annotator.extract.kinds.data import keep_data
from annotator.extract.kinds.documentation import read_documentation
from annotator.extract.kinds.interviews import read_interview
from annotator.extract.kinds.link_pages import read_links
from annotator.extract.kinds.live_blogs import read_live_blog
from annotator.extract.kinds.offers import read_offer
from annotator.extract.kinds.page_kind import PageKind
from annotator.extract.kinds.threads import Thread, keep_posts
from annotator.extract.kinds.verses import read_verse
from annotator.extract.metadata.facts import Facts
from annotator.extract.passages import ArticleDraft, Passage, Rule
from annotator.extract.residue.boxes import remove_emptied, remove_offers
from annotator.extract.residue.endings import remove_endings, remove_next_articles
from annotator.extract.residue.gaps import JUDGES, fill_gaps
from annotator.extract.residue.learned_lines import judge_by_wording
from annotator.extract.residue.lines import judge_lines, part_lines
from annotator.extract.residue.repetitions import (
    remove_kickers,
    remove_repeated,
    remove_repeated_lines,
)
from annotator.extract.residue.restoring import apply_overrides, give_back, keep_together
from annotator.extract.site_rules import apply_site_rules
from annotator.model.extraction import NO_ALTERNATES, AlternateVersions
from annotator.model.overrides import NO_OVERRIDES, Overrides
from annotator.model.site_rules import SiteRule


class Refusal(NamedTuple):
    """A change of a verdict that the row of a step does not allow."""

    step: str
    passage: Passage
    verdict: Rule | None  # what the step wanted


class Cleaning(Struct):
    """A page on its way through the steps, and what one step leaves for a later one.

    `root` is the tree of the page, None for a source that is not HTML; `thread` its posts, if
    it is one. `choices` are the reader's overrides, `repeated` the names of the lines that the
    site repeats. The source of the page is not complete if it `is_cut`.
    """

    draft: ArticleDraft
    facts: Facts = Facts()
    root: Element | None = None
    thread: Thread | None = None
    rules: Sequence[SiteRule] = ()
    choices: Overrides = NO_OVERRIDES
    repeated: frozenset[str] = frozenset()
    decision: Decision = NO_DECISION
    chosen: list[Passage] = []  # what was kept before lines were judged
    spared: list[Passage] = []  # lines that a rule matches or keeps, no residue in their place
    kind: PageKind | None = None  # what the page is read as, unless it is an article
    refused: list[Refusal] = []
    is_cut: bool = False
    offers: AlternateVersions = NO_ALTERNATES
    url: str = ""

    @property
    def told(self) -> str:
        """What the page was read as, in a sentence for the reader; empty for an article."""
        if self.thread is not None:
            return f"Read as a thread of {len(self.thread.posts)} posts."
        return self.kind.told if self.kind is not None else ""


class CleaningStep(NamedTuple):
    """A row of the table: a step, and what it may do to passages and verdicts.

    `removes` says whether it gives verdicts to passages that are kept. `restores` and
    `renames` name the earlier steps whose verdicts it may clear, or replace by its own;
    `never` names the families whose verdicts it may not clear. A step that is `of_articles`
    leaves threads alone: whatever people write to each other may read like a line of the site.
    """

    name: str
    act: Callable[[Cleaning], None]
    removes: bool = False
    restores: frozenset[str] = frozenset()
    renames: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    of_articles: bool = False


def _choose(cleaning: Cleaning) -> None:
    cleaning.decision = decide_by_rules(cleaning.draft, cleaning.root, cleaning.facts)


def _apply_site_rules(cleaning: Cleaning) -> None:
    if cleaning.rules and cleaning.root is not None:
        apply_site_rules(cleaning.root, cleaning.draft, cleaning.rules)


def _read_typed_lists(cleaning: Cleaning) -> None:
    cleaning.draft.passages = read_typed_lists(cleaning.draft.passages)


# Kinds of pages, the surest first.
_KINDS = (read_documentation, read_live_blog, read_verse, read_interview, read_offer, read_links)


def _read_kind(cleaning: Cleaning) -> None:
    kinds = (read(cleaning.draft, cleaning.facts, cleaning.url) for read in _KINDS)
    cleaning.kind = next(filter(None, kinds), None)
    if cleaning.kind is not None:
        cleaning.kind.restore()


def _keep_kind(cleaning: Cleaning) -> None:
    if cleaning.kind is not None:
        cleaning.kind.keep()


def _judge_lines(cleaning: Cleaning) -> None:
    cleaning.chosen = cleaning.draft.kept
    # What a rule for the site keeps is no matter of wording, nor is a deck that is named as one.
    named = [p for p in cleaning.draft.kept if p.judge in {"site", "standfirst"}]
    cleaning.spared = [*judge_lines(cleaning.draft.passages), *named]


def _fill(cleaning: Cleaning) -> None:
    # A page of another kind was read in its own way.
    is_article = bool(cleaning.told) or cleaning.draft.is_article
    fill_gaps(cleaning.draft, is_article=is_article)
    remove_offers(cleaning.draft.passages)
    remove_emptied(cleaning.draft.passages)  # of boxes that nothing filled


def _choosing(
    name: str, act: Callable[[Cleaning], None], over: frozenset[str], *, of_articles: bool = False
) -> CleaningStep:
    """Return a step that chooses again where the steps `over` have chosen."""
    return CleaningStep(
        name, act, removes=True, restores=over, renames=over, never=_HIDDEN, of_articles=of_articles
    )


def _removing(name: str, act: Callable[[ArticleDraft], None]) -> CleaningStep:
    """Return a step that only removes passages of articles."""
    return CleaningStep(name, lambda cleaning: act(cleaning.draft), removes=True, of_articles=True)


BY_READER = "reader"
_HIDDEN = words("hidden site")
_BY_CHOICE = words("rules scorer thread kind")
_BY_LINES = words("lines repeats kickers endings wording shared gaps")
_BY_ALL = _BY_CHOICE | _BY_LINES | words("site next")
# Which passages of a page in HTML are the article. Other sources have no frame around theirs.
CHOICE = (
    # The frame of the article, without containers that are residue as a whole.
    CleaningStep("rules", _choose, removes=True),
    # What the rules missed or took too much of. What is outside can get a better reason.
    _choosing(
        "scorer",
        lambda cleaning: apply_probabilities(cleaning.draft, cleaning.decision.likely),
        words("rules"),
    ),
    # The posts of a thread, whatever their boxes are called.
    _choosing(
        "thread",
        lambda cleaning: keep_posts(cleaning.draft, cleaning.thread),
        words("rules scorer"),
    ),
    # Signatures between code, the oldest post of a live blog, the song between its notes.
    _choosing("kind", _read_kind, words("rules scorer"), of_articles=True),
    # The ingredients of a recipe in a box beside the text.
    CleaningStep(
        "data",
        lambda cleaning: keep_data(cleaning.draft),
        restores=words("rules scorer"),
        never=_HIDDEN | VETOES,
        of_articles=True,
    ),
    # The deck in a header or a box that the page's metadata has as the excerpt.
    CleaningStep(
        "standfirst",
        lambda cleaning: restore_standfirst(cleaning.draft, cleaning.facts.excerpt),
        restores=_BY_CHOICE,
        never=_HIDDEN | VETOES,
    ),
    # The rules of one site know its pages better than all the others, but prompts stay away.
    CleaningStep(
        "site",
        _apply_site_rules,
        removes=True,
        restores=_BY_CHOICE,
        renames=_BY_CHOICE,
        never=words("site") | VETOES,
    ),
)

# What is residue in the article.
CLEANING = (
    CleaningStep("captions", lambda cleaning: join_captions(cleaning.draft)),
    # A wall that only a line break separates from the text.
    CleaningStep("parts", lambda cleaning: part_lines(cleaning.draft), of_articles=True),
    CleaningStep("lists", _read_typed_lists),
    # The stories below the first one of an endless page.
    _removing("next", remove_next_articles),
    CleaningStep("lines", _judge_lines, removes=True, of_articles=True),
    _removing("repeats", remove_repeated),
    _removing("kickers", remove_kickers),
    _removing("endings", remove_endings),
    CleaningStep(
        "wording",
        lambda cleaning: judge_by_wording(cleaning.draft.passages, cleaning.spared),
        removes=True,
        of_articles=True,
    ),
    CleaningStep(
        "shared",
        lambda cleaning: remove_repeated_lines(cleaning.draft.passages, cleaning.repeated),
        removes=True,
    ),
    # The notes of a text that stand after its end, and headings that were judged alone.
    CleaningStep(
        "together",
        lambda cleaning: keep_together(cleaning.draft),
        restores=_BY_CHOICE | words("endings"),
        never=_HIDDEN | VETOES,
    ),
    # The shop among shops, the option above what it does, the question above its answer.
    CleaningStep(
        "gaps", _fill, removes=True, restores=JUDGES, renames=JUDGES, never=VETOES, of_articles=True
    ),
    # A refrain, the last question of an interview, what a manual calls further reading.
    CleaningStep(
        "of-kind", _keep_kind, restores=_BY_LINES | words("next"), never=_HIDDEN, of_articles=True
    ),
    # A policy on cookies, all of whose lines speak of cookies. But prompts stay away.
    CleaningStep(
        "safety", lambda cleaning: give_back(cleaning.chosen), restores=_BY_LINES, never=VETOES
    ),
    # The reader has the last word about every passage.
    CleaningStep(
        BY_READER,
        lambda cleaning: apply_overrides(cleaning.draft, cleaning.choices),
        removes=True,
        restores=_BY_ALL,
        renames=_BY_ALL,
    ),
    CleaningStep("quotes", lambda cleaning: read_named_quotes(cleaning.draft.kept)),
    CleaningStep("headings", lambda cleaning: read_bold_headings(cleaning.draft.kept)),
)


def run(steps: Sequence[CleaningStep], cleaning: Cleaning) -> None:
    """Let the steps work on a page, each within what its row allows."""
    passages: list[Passage] = []
    before: list[Rule | None] = []
    for step in steps:
        if step.of_articles and cleaning.draft.is_thread:
            continue
        if cleaning.draft.passages is not passages:  # some were split
            passages = cleaning.draft.passages
            before = [passage.verdict for passage in passages]
        step.act(cleaning)
        after = [passage.verdict for passage in passages]
        if after != before:
            for passage, verdict in zip(passages, before, strict=True):
                if passage.verdict is not verdict:
                    _allow(step, passage, verdict, cleaning.refused)
            before = [passage.verdict for passage in passages]


def _allow(
    step: CleaningStep, passage: Passage, before: Rule | None, refused: list[Refusal]
) -> None:
    """Note who gave a passage its new verdict, or undo the change if the step may not make it."""
    if before is None:
        is_allowed = step.removes
    elif passage.verdict is None:
        is_allowed = passage.judge in step.restores and before.step not in step.never
    else:
        is_allowed = passage.judge in step.renames
    if is_allowed:
        passage.judge = step.name
    else:
        refused.append(Refusal(step.name, passage, passage.verdict))
        passage.verdict = before
