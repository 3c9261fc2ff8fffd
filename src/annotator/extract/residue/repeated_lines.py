"""Remove the lines that a site repeats from article to article, whatever they say.

Which lines those are is known to whoever has other articles of the site; here
they are names of passages (`model.overrides.name_of`). Two copies of one
article share all their lines, so nothing is removed from a page that shares
much of its text. Headings and items of lists stay, since reviews have the same
headings and recipes the same ingredients, and so do questions in bold, which
are headings too.
"""

from collections.abc import Collection, Sequence

from annotator.extract.choice.density import width_of
from annotator.extract.passages import Passage, Rule
from annotator.extract.residue.editor_notes import is_editors_note
from annotator.model.overrides import name_of

SHORTEST = 20  # characters
MOST_SHARED = 0.2  # share of a page's text; a copy of the same article has more

_RULE = Rule("line", "repeated", "Other articles of this site in your library have this line too.")


def remove_repeated_lines(passages: Sequence[Passage], names: Collection[str]) -> None:
    """Give a verdict on the kept passages whose names are among those of the site's lines."""
    if not names:
        return
    kept = [passage for passage in passages if passage.is_kept]
    lines = [p for p in kept if _may_be_of_site(p) and name_of(p.text) in names]
    total = sum(len(passage.text) for passage in kept)
    if sum(len(passage.text) for passage in lines) > MOST_SHARED * total:
        return
    for passage in lines:
        passage.verdict = _RULE


def _may_be_of_site(passage: Passage) -> bool:
    block = passage.block
    if block.kind != "paragraph" or block.depth or block.quote_depth:
        return False
    bold = sum(len(mark.span) for mark in block.marks if mark.kind == "strong")
    is_heading = bold >= len(block.text) - 1
    return not is_heading and width_of(block.text) >= SHORTEST and not is_editors_note(block.text)
