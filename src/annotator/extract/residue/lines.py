"""Judge passages by their lines: by their wording, and by their place on the page.

A line is judged in three steps. `hit_of_line` finds the first pattern of all
families that matches it. If the learned score says that the line has words that
no line of a site has, the match does not count. Last, the place of the line
decides (`_Page.is_certain`): a heading with text under it, a step of a list, or a
line amid the text can say the same as residue does. Lines that no pattern matches
are left to `learned_lines`.
"""

import re
from itertools import groupby

from msgspec.structs import replace

from annotator.extract.blocks.cuts import part
from annotator.extract.choice.density import MOST_LINKS, is_prose
from annotator.extract.families import LONGEST_LINE, Hit, hit_of_line, line_of, policy_of
from annotator.extract.passages import ArticleDraft, Passage, Rule
from annotator.extract.residue.boxes import is_certain, is_over
from annotator.extract.residue.line_scorer import (
    LIKELY,
    belongs_to_text,
    is_foreign,
    line_score,
    reports,
    tells,
)
from annotator.model.data_file import wordings
from annotator.model.span import Span

MOST_OF_A_LIST = 0.6  # share of a list's items that must be residue for any of them to go
DECKS = 2  # paragraphs that can come before a byline
SURE = 0.9  # likelihood of an item that belongs to the text, although it is a date or a name
MOST_ROWS = 0.25  # share of the text in rows of links; a page with more consists of them
MOST_TALK = 3  # whole paragraphs that address the reader about the site
CERTAIN = 2.0  # log-odds of a line that is the site's wherever it is
REMARK = 2  # words of such a sentence
UNLIKE = -1.5  # log-odds of a short sentence that stays although a rule knows its words
LINK = 0.8  # share of an item's characters that makes it a link

LEAST_TEXT = 25  # characters under a heading
LEAST_SHOUT = 4  # words in capitals
LEAST_ROW = 40  # characters of several links in a row
LONGEST_RIGHTS = 1_200

# A sentence can begin with the word "copyright", and a picture's maker with the sign: text
# follows those.
_RIGHTS = re.compile(wordings(__package__, "wordings.toml")["rights"], re.IGNORECASE)
_UNFILLED = re.compile(r"\s*(?:[\d.,]+ )?\{\{[^{}]{1,120}\}\}\s*")  # “{{ post.message }}”
_UNFILLED_RULE = Rule("template", "unfilled", "Placeholder of the page's template.")
_RIGHTS_RULE = Rule("footer", "rights", "Copyright notice.")
_LINKS_RULE = Rule("related", "row-of-links", "Nothing but links to other articles.")
_SOFT = frozenset({"edge", "margin"})
_LINES = frozenset({"paragraph", "heading", "list_item", "quote", "footnote"})


def judge_lines(passages: list[Passage]) -> list[Passage]:
    """Give a verdict on the kept passages whose line is residue.

    Return those that match a rule, but are no residue in their place.
    """
    kept = [passage for passage in passages if passage.is_kept]
    hits = list(map(_hit_of, kept))
    page = _Page(kept, hits)
    certain = {i: hit for i, hit in enumerate(page.hits) if hit and page.is_certain(i, hit)}
    talk = page.talk()
    spared = _instructions(kept, certain) | talk | page.listed_links()
    for index, hit in certain.items():
        if index not in spared:
            kept[index].verdict = hit.rule
    known = talk | {index for index, hit in enumerate(page.hits) if hit}
    return [kept[index] for index in sorted(known) if kept[index].is_kept]


def is_site_line(text: str) -> bool:
    """Return whether a line alone is the site's, by its wording."""
    hit = _believed(hit_of_line(line_of(text)), text)
    is_known = hit is not None and hit.place not in _SOFT
    return is_known or line_score(text) > LIKELY


def match_of_kept(text: str) -> Rule | None:
    """Return why a line is in the article although a family matches it; None if none does."""
    hit = hit_of_line(line_of(text))
    if hit is None:
        return None
    by = "score" if _believed(hit, text) is None else "place"
    return Rule(hit.rule.step, f"kept-by-{by}", f"Matched {hit.rule.step}, kept by the {by}.")


def part_lines(draft: ArticleDraft) -> None:
    """Split paragraphs at lines that are residue wherever they are.

    Some pages separate a wall or a counter from the text by only a line break.
    """
    parted: list[Passage] = []
    for passage in draft.passages:
        cuts = _cuts(passage) if passage.is_kept and passage.block.kind == "paragraph" else []
        if cuts:
            parted += [replace(passage, block=part(passage.block, cut)) for cut in cuts]
        else:
            parted.append(passage)
    draft.passages = parted


def _cuts(passage: Passage) -> list[Span]:
    """Return each line of residue, and the runs of other lines; nothing without residue."""
    if "\n" not in passage.text:
        return []
    cuts: list[Span] = []
    residue: list[bool] = []
    start = 0
    for line in passage.text.split("\n"):
        hit = hit_of_line(line_of(line)) if line.strip() else None
        is_residue = hit is not None and hit.place == "always"
        if cuts and not is_residue and not residue[-1]:
            cuts[-1] = Span(cuts[-1].start, start + len(line))
        else:
            cuts.append(Span(start, start + len(line)))
            residue.append(is_residue)
        start += len(line) + 1
    return cuts if any(residue) else []


class _Page:
    """The kept passages, the rules that they match, and where the text begins and ends."""

    def __init__(self, kept: list[Passage], hits: list[Hit | None]) -> None:
        self.kept = kept
        self.hits = hits
        pairs = zip(kept, hits, strict=True)
        self.prose = [hit is None and is_prose(passage) for passage, hit in pairs]
        places = [index for index, is_text in enumerate(self.prose) if is_text]
        self.begun = places[DECKS] if len(places) > DECKS else len(self.kept)
        self.ended = places[-1] if places else 0

    def is_certain(self, index: int, hit: Hit) -> bool:
        """Return whether a line that matches a rule is residue in its place."""
        # "Exit mobile version" or a counter of free articles is no text wherever it is.
        if hit.place == "always":
            return True
        passage, policy = self.kept[index], policy_of(hit.rule.step)
        follows = self.is_prose_at(index + 1)
        is_heading = passage.block.kind == "heading"
        # "Newsletters" can be the heading of a section, as in a report on them.
        if is_heading and self.has_text_at(index + 1) and is_over(passage, self.kept[index + 1]):
            return False
        # "No comment." in an interview, "Share." in a list of commands.
        if _is_sentence(passage) and (hit.is_label or _is_brief_remark(passage.text)):
            return False
        # "Last updated: 14 March 2024, 16:05 GMT" amid the text, in words of sites alone.
        is_apart = not is_heading and not passage.block.depth
        is_clear = hit.place in _SOFT and is_apart and line_score(passage.text) > CERTAIN
        # A date or a byline between the deck and the text; amid a diary it dates an entry.
        if hit.place == "margin":
            is_told = policy.reports_stay and reports(passage.text)
            is_text = is_told or (passage.block.depth and passage.likelihood >= SURE)
            return is_clear or not (is_text or self.begun <= index <= self.ended)
        # "Read more: …" alone is a link to another story; between two paragraphs it may be a title.
        if hit.place == "edge":
            return is_clear or not (follows and self.is_prose_at(index - 1))
        # A step of instructions such as "Sign in" has a number. "Read also: Sánchez resigned" reads
        # like a report, and is a title.
        is_title = policy.names_articles and not _is_sentence(passage)
        return passage.block.ordinal is None and (is_title or not reports(passage.text))

    def talk(self) -> frozenset[int]:
        """Return the prompts amid the text of a page that consists of such, as a policy does.

        Such a page speaks to the reader in words of its own as well, so what a
        pattern knows counts whatever its words, and so does what the score is sure of.
        """
        prompts = [
            index
            for index, passage in enumerate(self.kept[: self.ended])
            if is_prose(passage) and self._is_prompt(index)
        ]
        return frozenset(prompts if len(prompts) > MOST_TALK else ())

    def _is_prompt(self, index: int) -> bool:
        text, hit = self.kept[index].text, self.hits[index]
        if hit is not None:
            return hit.place == "apart"
        # Of 2,350 long lines the score took none for residue.
        if len(text) > LONGEST_LINE or is_certain(self.kept[index]):
            return False
        known = hit_of_line(line_of(text))
        return (known is not None and known.place == "apart") or line_score(text) > LIKELY

    def listed_links(self) -> frozenset[int]:
        """Return the rows of links of a page that is a list of links, such as one of offers."""
        rows = [i for i, hit in enumerate(self.hits) if hit and hit.rule is _LINKS_RULE]
        linked = sum(len(self.kept[index].text) for index in rows)
        whole = sum(len(passage.text) for passage in self.kept)
        return frozenset(rows if linked > MOST_ROWS * whole else ())

    def has_text_at(self, index: int) -> bool:
        """Return whether the passage at an index is one that a heading can have under it."""
        if index >= len(self.kept) or self.hits[index]:
            return False
        passage = self.kept[index]
        is_label = len(passage.text) < LEAST_TEXT or passage.block.kind in {"heading", "image"}
        return not is_label and passage.link_density < MOST_LINKS

    def is_prose_at(self, index: int) -> bool:
        """Return whether there is a passage of prose at an index."""
        return 0 <= index < len(self.prose) and self.prose[index]


def _hit_of(passage: Passage) -> Hit | None:
    # A picture of the words "Subscribe" or "Share on X" is a button.
    if passage.block.kind == "image":
        return None if passage.text else _button(passage)
    if passage.block.kind not in _LINES or len(passage.text) > LONGEST_RIGHTS:
        return None
    # "© 2024 The Herald. All rights reserved. …" with all that follows it, however long.
    if _RIGHTS.match(passage.text) and not tells(passage.text):
        return Hit(_RIGHTS_RULE, "always")
    if _UNFILLED.fullmatch(passage.text):
        return Hit(_UNFILLED_RULE, "always", is_exact=True)
    line = line_of(passage.text)
    if not line or belongs_to_text(passage.text):
        return None
    return _believed(hit_of_line(line), passage.text) or _link_hit(passage)


def _believed(hit: Hit | None, text: str) -> Hit | None:
    """Return a hit unless the line has words that such lines do not contain."""
    if hit is None or hit.is_exact or policy_of(hit.rule.step).open_wording:
        return hit
    return None if is_foreign(text) else hit


def _link_hit(passage: Passage) -> Hit | None:
    """Return a hit for a paragraph of nothing but links: several of them, or one in capitals."""
    if passage.block.kind != "paragraph" or passage.link_density < LINK:
        return None
    # "NASA'S NEW PROBE | ROVERS ON MARS", and "CLICK HERE FOR MORE NEWS" between paragraphs.
    links = sum(1 for mark in passage.block.marks if mark.kind == "link")
    is_shouting = passage.text.isupper() and len(passage.text.split()) >= LEAST_SHOUT
    is_row = links > 1 and len(passage.text) >= LEAST_ROW
    return Hit(_LINKS_RULE, "apart") if is_shouting or is_row else None


def _button(picture: Passage) -> Hit | None:
    """Return the hit of a picture's alternative text: some pictures are buttons."""
    hit = hit_of_line(line_of(picture.block.alternative))
    return hit if hit and policy_of(hit.rule.step).is_button else None


def _is_sentence(passage: Passage) -> bool:
    return passage.text.rstrip().endswith((".", "。", "!", "?")) and passage.link_density < LINK


def _is_brief_remark(text: str) -> bool:
    """Return whether a sentence is one of a few words that an article says: "No comment."."""
    return text.endswith(".") and len(text.split()) <= REMARK and line_score(text) < UNLIKE


def _instructions(kept: list[Passage], certain: dict[int, Hit]) -> frozenset[int]:
    """Return the items that stay because most of their list is not residue."""
    spared: set[int] = set()
    lines = (index for index, passage in enumerate(kept) if passage.block.kind != "image")
    for is_item, group in groupby(lines, key=lambda index: kept[index].block.depth > 0):
        items = list(group) if is_item else []
        residue = sum(1 for item in items if item in certain or kept[item].link_density > LINK)
        if residue < MOST_OF_A_LIST * len(items):
            known = ((item, certain[item]) for item in items if item in certain)
            spared.update(
                item
                for item, hit in known
                if hit.place != "always" and not policy_of(hit.rule.step).certain_in_lists
            )
    return frozenset(spared)
