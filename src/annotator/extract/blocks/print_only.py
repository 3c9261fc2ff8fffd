"""Text that a page shows in print alone: shown after all if the page has it nowhere else.

Some put the notes of an article there, or the ingredients and steps of a recipe, which
the screen shows in folded cards. Others repeat their text, or say where it is printed from.
"""

import re

from annotator.extract.dom.elements import folded
from annotator.extract.passages import Passage, Region
from annotator.model.data_file import wordings

LEAST_TEXT = 200  # characters in a box for print
MOST_REPEATED = 0.3  # share of it that the page shows as well
LEAST_REPEATED = 20  # letters of a line that is not there by chance

_FOR_PRINT = re.compile(
    r"\b(?:print-only|only-print|visible-print(?:-block|-inline)?|d-print-(?:block|inline))\b"
)

_WORDINGS = wordings(__package__, "wordings.toml")
# How to cite the page, and whose it is.
_ABOUT_THE_PAGE = re.compile(_WORDINGS["about-the-page"], re.IGNORECASE)


def show_print_only(passages: list[Passage], regions: list[Region]) -> None:
    """Show the boxes for print whose text is on the page only once."""
    boxes = _boxes(regions)
    if not boxes:
        return
    shown = "\n".join(folded(p.text) for p in passages if not p.region.hidden)
    texts: dict[int, list[str]] = {}
    for passage in passages:
        if passage.region.index in boxes:
            texts.setdefault(boxes[passage.region.index], []).append(passage.text)
    missed = {box for box, lines in texts.items() if _is_missed(lines, shown)}
    for region in regions:
        if boxes.get(region.index) in missed:
            region.hidden = None


def _boxes(regions: list[Region]) -> dict[int, int]:
    """Return the number of the box for print that each region is in."""
    boxes: dict[int, int] = {}
    for region in regions:
        parent = region.parent
        if parent is not None and parent.index in boxes:
            boxes[region.index] = boxes[parent.index]
        elif region.hidden and not (parent and parent.hidden) and _FOR_PRINT.search(region.names):
            boxes[region.index] = region.index
    return boxes


def _is_missed(lines: list[str], shown: str) -> bool:
    """Return whether most of some text is not among the letters that are shown."""
    if any(map(_ABOUT_THE_PAGE.search, lines)):
        return False
    length = sum(map(len, lines))
    keys = ((line, folded(line)) for line in lines)
    again = [line for line, key in keys if len(key) >= LEAST_REPEATED and key in shown]
    return length >= LEAST_TEXT and sum(map(len, again)) <= MOST_REPEATED * length
