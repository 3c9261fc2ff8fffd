"""The choice of the article's passages by rules.

The smallest region with nine tenths of the page's prose is the frame of the
article. Passages in it are chosen, except for those in residue containers and
for lists of links. Where readability was asked, its regions are chosen, too.
At last the deck and the lead picture above the text come back.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from annotator.extract.choice.containers import TEASERS
from annotator.extract.choice.density import first_prose, is_prose, is_wide
from annotator.extract.dom.elements import folded
from annotator.extract.families import policy_of
from annotator.extract.metadata.titles import is_same
from annotator.extract.passages import ArticleDraft, Passage, Region, Rule
from annotator.model.data_file import wordings
from annotator.model.extraction import OUTSIDE

READABLE_ENOUGH = 0.7  # share of the page's prose outside residue that readability must keep
FRAME_SHARE = 0.9  # share of the prose in the frame of the article
MOST_LINKS = 0.5  # share of links in a chosen passage outside readability's regions
MOST_CODE = 4  # times the prose; a page with more is a preformatted text,
MOST_BESIDE = 1  # with at most a paragraph of the site beside it
LEAST_SHOWN = 0.15  # of the hidden prose; with less shown, the hidden prose is the article
LEAD = 60  # passages before the text among which its title and deck may be
LEAST_STANDFIRST = 30  # letters
DECK_WORDS = 12  # of the shortest deck that does not end like a sentence
LIKELY_DECK = 0.2  # likelihood of a deck that nothing names
NAMED_DECK_WORDS = 5  # of the shortest that is named as one; a date and a place have four
MOST_NUMBERS = 0.15  # share of its words
ABOVE = 4  # passages above the title among which a picture may be

_WORDINGS = wordings(__package__, "wordings.toml")
_DECK = re.compile(_WORDINGS["deck"])
_PRICE = re.compile(_WORDINGS["price"], re.IGNORECASE)
_CAPTION = re.compile(_WORDINGS["caption"])
_ENDS = (".", "!", "…", "。")
_BESIDE = frozenset({"navigation", "related"})
_NOT_THE_ARTICLE = Rule(OUTSIDE, "not-the-article", "Outside the article.")


def choose(
    draft: ArticleDraft, readable: frozenset[int], containers: Sequence[Rule | None]
) -> None:
    """Set the verdicts of all passages: None for those of the article, else a reason.

    `readable` are the indices of the regions that readability keeps, empty if it
    was not asked. `containers` gives for each region the rule that calls it
    residue as a whole, if any.
    """
    _reveal(draft)  # a page that hides its text until a script has run
    shown = [p for p in draft.passages if not p.region.hidden]
    prose = [p for p in shown if is_prose(p)]
    text = _article_like([p for p in shown if containers[p.region.index] is None])
    chosen = [p for p in prose if p.region.index in readable]
    # An article in several containers, or of short lines, of which readability found one part.
    is_enough = _length(chosen) >= READABLE_ENOUGH * _length(text) > 0
    framed = _within(_frame(chosen if is_enough else text, draft.regions), draft.regions)
    for passage in draft.passages:
        region = passage.region
        rule = containers[region.index]
        if region.hidden:  # a menu for phones, a dialog that a button opens
            passage.verdict = region.hidden
        elif region.index in readable:
            # readability keeps share bars and forms amid the text, but also knows better than
            # a container's name, which can be that of a sidebar.
            is_element = rule is not None and rule.name.endswith("-element")
            is_trusted = is_element or (rule and policy_of(rule.step).trusted_container)
            passage.verdict = rule if is_trusted else None
        elif region.index in framed and rule is None and _is_text(passage):
            passage.verdict = None
        else:
            # A line that is mostly link, such as a teaser, is outside although it is framed.
            passage.verdict = rule or _NOT_THE_ARTICLE
    _restore_leads(draft, containers)


def _article_like(passages: list[Passage]) -> list[Passage]:
    """Return the passages that read like an article: prose, or preformatted text.

    Standards, letters and old manuals are preformatted as a whole, with hardly a
    paragraph beside. Without any such text, all passages are returned.
    """
    prose = [p for p in passages if is_prose(p)]
    code = [p for p in passages if p.block.kind == "code"]
    is_typed = len(prose) <= MOST_BESIDE and _length(code) > MOST_CODE * _length(prose)
    return prose + code if is_typed else prose or passages


def _reveal(draft: ArticleDraft) -> None:
    """Show the hidden prose of a page that has hardly any other: its script would show it."""
    prose = [p for p in draft.passages if is_prose(p)]
    hidden = [p for p in prose if p.region.hidden]
    if _length(prose) - _length(hidden) < LEAST_SHOWN * _length(hidden):
        for region in draft.regions:
            if region.hidden and region.hidden.step != "site":
                region.hidden = None


def _is_text(passage: Passage) -> bool:
    return passage.block.kind in {"embed", "code", "table"} or passage.link_density < MOST_LINKS


def _restore_leads(draft: ArticleDraft, containers: Sequence[Rule | None]) -> None:
    """Restore the deck and the lead picture, which are often above the frame of the article."""
    passages = draft.passages
    first = first_prose(passages)
    title = _title_before(passages[:first], draft.title)
    for index in range(max(0, title - ABOVE), first):
        passage = passages[index]
        rule = containers[passage.region.index]
        is_teaser = rule is not None and rule.name.startswith("box-teaser")  # German for a deck
        if (
            passage.verdict not in {_NOT_THE_ARTICLE, rule}
            or passage.linked
            or not (rule is None or is_teaser)
        ):
            continue
        # A picture can be above the title, as in magazines; a deck above it is a line of the site.
        is_picture = passage.block.kind == "image" and bool(passage.text)
        if is_picture or (index > title and _is_lead(passage)):
            passage.verdict = None


def restore_standfirst(draft: ArticleDraft, excerpt: str) -> None:
    """Restore the line above the text that the page gives as its excerpt, or names as a deck.

    It becomes a paragraph: some pages mark it as a heading.
    """
    standfirst = _by_excerpt(draft, folded(excerpt)) or _by_name(draft)
    if standfirst is None:
        return
    standfirst.verdict = None
    if standfirst.block.kind == "heading" and not is_same(standfirst.text, draft.title):
        standfirst.block = replace(standfirst.block, kind="paragraph", level=0)


def prices_of(draft: ArticleDraft) -> list[Passage]:
    """Return the line near the title with the price of a course or a product, if there is one."""
    first = first_prose(draft.passages)
    start = max(0, _title_before(draft.passages[:first], draft.title) - 2 * ABOVE)
    # In the text of an article, a price is that of something else.
    near = draft.passages[start : first + (0 if draft.is_article else ABOVE)]
    shown = (p for p in near if not (p.region.hidden or p.linked))
    return [p for p in shown if _PRICE.fullmatch(p.text)][:1]


def _by_excerpt(draft: ArticleDraft, wanted: str) -> Passage | None:
    if len(wanted) < LEAST_STANDFIRST:
        return None
    passages = draft.passages
    first = first_prose(passages)
    # A copy in a teaser or in the head of the page comes before the one above the text.
    shown = next((p for p in passages if p.is_kept and folded(p.text).startswith(wanted)), None)
    # A line above the title that is the same on all pages is the site's motto.
    title = _title_before(passages[:first], draft.title)
    start = title if title < first else max(0, first - LEAD)
    candidates = [p for p in passages[start:first] if _is_excerpt(p, wanted)]
    return shown or (candidates[-1] if candidates else None)


def _by_name(draft: ArticleDraft) -> Passage | None:
    """Return the line between title and text that is named as a deck, reads or stands like one."""
    first = first_prose(draft.passages)
    title = _title_before(draft.passages[:first], draft.title)
    below = [p for p in draft.passages[title + 1 : first] if p.text and not p.region.hidden]
    beside = (p for p in below[:1] if _stands_as_deck(p, draft.passages[title]))
    return next(filter(_is_deck, below), None) or next(beside, None)


def _is_deck(passage: Passage) -> bool:
    names = f"{passage.region.names} {passage.region.parent.names if passage.region.parent else ''}"
    is_likely = passage.likelihood >= LIKELY_DECK and passage.text.endswith(_ENDS)
    return _may_be_deck(passage) and (is_likely or _DECK.search(names) is not None)


def _may_be_deck(passage: Passage) -> bool:
    is_line = passage.block.kind in {"heading", "paragraph"} and not passage.linked
    is_long = len(passage.text.split()) >= NAMED_DECK_WORDS or is_wide(passage.text)
    return is_line and passage.is_outside and is_long


def _stands_as_deck(passage: Passage, title: Passage) -> bool:
    """Return whether a line shares the box of the title, and is no “13 May 2031 | 5 min read”."""
    words, region = passage.text.split(), passage.region
    is_text = sum(any(map(str.isdigit, word)) for word in words) <= MOST_NUMBERS * len(words)
    is_beside = region.parent is title.region.parent and not _CAPTION.search(region.names)
    return _may_be_deck(passage) and is_beside and is_text


def _is_excerpt(passage: Passage, wanted: str) -> bool:
    verdict = passage.verdict
    is_line = passage.block.kind in {"heading", "paragraph"}
    if verdict is None or not is_line or passage.linked or passage.region.hidden:
        return False
    is_beside = verdict.step in _BESIDE and verdict.name.startswith(("box-", TEASERS))
    if not passage.is_outside and not is_beside:
        return False
    letters = folded(passage.text)
    return len(letters) >= LEAST_STANDFIRST and (
        letters == wanted or wanted.startswith(letters) or letters.startswith(wanted)
    )


def _title_before(passages: list[Passage], title: str) -> int:
    """Return the index of the heading that is the title, or the end if there is none."""
    end = len(passages)
    headings = [i for i in range(max(0, end - LEAD), end) if passages[i].block.kind == "heading"]
    same = [index for index in headings if is_same(passages[index].text, title)]
    first_rank = [index for index in headings if passages[index].block.level == 1]
    return next(iter(same), first_rank[-1] if first_rank else end)


def _is_lead(passage: Passage) -> bool:
    region = passage.region
    names = f"{region.names} {region.parent.names if region.parent else ''}"
    is_deck = passage.block.kind == "paragraph" and len(passage.text.split()) >= DECK_WORDS
    return (is_prose(passage) or is_deck) and not _CAPTION.search(names)


def _frame(passages: list[Passage], regions: list[Region]) -> Region:
    """Return the smallest region with nearly all of the passages."""
    lengths = [0] * len(regions)
    for passage in passages:
        lengths[passage.region.index] += len(passage.text)
    for region in reversed(regions):
        if region.parent is not None:
            lengths[region.parent.index] += lengths[region.index]
    enough = FRAME_SHARE * lengths[0]
    return next(region for region in reversed(regions) if lengths[region.index] >= enough)


def _within(frame: Region, regions: list[Region]) -> frozenset[int]:
    below = {frame.index}
    for region in regions[frame.index :]:
        if region.parent is not None and region.parent.index in below:
            below.add(region.index)
    return frozenset(below)


def _length(passages: list[Passage]) -> int:
    return sum(len(passage.text) for passage in passages)
