"""Elements that a browser does not show, and drop caps, which it shows as part of a word.

What a page shows in print alone is shown after all if the page has it nowhere else. Some put
the notes of an article there, or the ingredients and steps of a recipe, which the screen shows
in folded cards. Others repeat their text, or say where it is printed from.
"""

import re
from functools import lru_cache

from annotator.extract.dom.elements import (
    HEADINGS,
    Element,
    attribute,
    contains_any,
    folded,
    names_of,
    tag_of,
    text_of,
    words_of,
)
from annotator.extract.passages import Passage, Region, Rule
from annotator.model.data_file import wordings

_STEP = "hidden"
_BY_ATTRIBUTE = Rule(_STEP, "hidden-attribute", "Marked by the page as hidden.")
_BY_STYLE = Rule(_STEP, "hidden-style", "Hidden by the page's styles.")
_BY_CLASS = Rule(_STEP, "hidden-class", "Hidden by its class.")
_BY_NAME = Rule(_STEP, "for-screen-readers", "Not meant for screens.")
_BY_ARIA = Rule(_STEP, "decoration", "Marked by the page as decoration.")

# Prefix of the `hidden` attribute of elements that a site rule removes.
BY_SITE = "annotator-site: "

LONGEST_QUESTION = 300  # characters
LEAST_OF_A_HEADING = 5  # words on a button; menus have fewer
LEAST_OF_A_QUESTION = 4  # words: "Need help?" opens a chat

HIDING = frozenset({"hidden", "style", "class", "aria-hidden"})
_INLINE = frozenset({"span", "i", "b", "a", "em"})
_WORDINGS = wordings(__package__, "wordings.toml")
_INVISIBLE = re.compile(_WORDINGS["invisible"], re.IGNORECASE)
_BLURRED = re.compile(r"(?:^|[;\s])filter\s{0,9}:\s{0,9}blur\((?!0)", re.IGNORECASE)
# `field-label-visually-hidden` says that the label of a field is hidden, not the field.
_NAMES = re.compile(_WORDINGS["hidden"])
# Classes of style frameworks that hide an element, unless another class shows it on wide screens.
_UTILITIES = frozenset({"hidden", "d-none"})
_ON_WIDER_SCREENS = re.compile(r"(?:^|[ -])(?:xs|sm|md|lg|\d?xl|xxl|print)-")
_BESIDE_HEADINGS = re.compile(_WORDINGS["beside-headings"])
# What a tab, or a button with a question, opens; a dialog has a label, too.
_PANELS = frozenset({"", "region", "group"})
_UNFOLDED = re.compile(
    r"(?:^|[\s_-])(?:collapse|accordion|tabs?[_-]{1,2}(?:pane|panel|content)|expander)(?:[\s_-]|$)"
)
_SIGNS_OF_UNFOLDING = frozenset({"aria-expanded", "aria-controls", "data-toggle"})
_OF_FRAME = re.compile("banner|nav|menu|modal|search|filter|header|footer|cart", re.IGNORECASE)
_OF_DEVICES = ("sr-only", "screen", "hid", "print", "assistive", "rollover", "tooltip", "shcb")
# Every element that is hidden by its names has one of these in them.
OF_HIDDEN = (*_OF_DEVICES, "d-none", "editsection", "headerlink", "anchor", "permalink")
_DROP_CAP = re.compile(r"\b(?:drop-?cap\w*|initial|lettrine|first-letter)\b")
OF_DROP_CAP = ("drop", "initial", "lettrine", "first-letter")


def hidden_rule(element: Element) -> Rule | None:
    """Return the reason why an element is not shown, None if it is shown."""
    keys = element.keys()
    if HIDING.isdisjoint(keys):
        return None
    if "hidden" in keys:
        value = element.get("hidden", "")
        if value.startswith(BY_SITE):
            return Rule("site", value.removeprefix(BY_SITE), "Removed by a rule for this site.")
        # What a search of the page shows, such as the sections of a phone's encyclopedia, is text.
        return None if value == "until-found" or is_panel(element) else _BY_ATTRIBUTE
    if "style" in keys:
        style = element.get("style", "")[:2_000]
        # Letters behind a wall, there to be seen and not to be read.
        is_blurred = element.get("aria-hidden") == "true" and _BLURRED.search(style)
        if is_blurred or _INVISIBLE.search(style):
            return None if is_panel(element) else _BY_STYLE
    tag = tag_of(element)
    if "class" in keys and (rule := hidden_by_class(element.get("class", ""), tag)):
        return rule
    # An icon font or a sign beside the text; a drop cap is hidden beside the whole word.
    is_decoration = tag in _INLINE and attribute(element, "aria-hidden").lower() == "true"
    return _BY_ARIA if is_decoration and not is_drop_cap(element) else None


@lru_cache(maxsize=4096)
def hidden_by_class(classes: str, tag: str) -> Rule | None:
    """Return the reason why an element with these classes is not shown, None if it is shown."""
    return hidden_by_names(words_of(classes[:500]), tag)


def hidden_by_names(names: str, tag: str) -> Rule | None:
    """Return the same as `hidden_by_class`, for classes as words."""
    if contains_any(names, _OF_DEVICES) and _NAMES.search(names):
        return _BY_NAME
    if not _UTILITIES.isdisjoint(names.split()) and not _ON_WIDER_SCREENS.search(names):
        return _BY_CLASS
    return _BY_ARIA if tag in _INLINE and _BESIDE_HEADINGS.search(names) else None


def is_panel(element: Element) -> bool:
    """Return whether an element is what one of several tabs shows, or the answer to a question.

    A manual has the same step in several languages there, a shop its specification.
    """
    role = attribute(element, "role").lower()
    classes = element.get("class", "")
    if role in _PANELS and _UNFOLDED.search(classes) and not _OF_FRAME.search(classes):
        return True
    is_labelled = role in _PANELS and attribute(element, "aria-labelledby") != ""
    return role == "tabpanel" or is_labelled or _is_below_its_button(element)


def _is_below_its_button(element: Element) -> bool:
    """Return whether an element is right below the question or heading that unfolds it."""
    above = element.getprevious()
    if above is None or not (tag_of(above) in HEADINGS or tag_of(above) == "button"):
        return False
    button = next(above.iter("button"), None)
    return button is not None and attribute(button, "aria-expanded") != "" and opens_text(button)


def is_heading_itself(element: Element) -> bool:
    """Return whether the anchor of a heading holds all of its words, in place of a sign."""
    if tag_of(element) != "a" or not _BESIDE_HEADINGS.search(names_of(element)):
        return False
    heading = next((e for e in element.iterancestors() if tag_of(e) in HEADINGS), None)
    own = folded(text_of(element))
    return len(own) > 1 and heading is not None and folded(text_of(heading)) == own


def opens_text(button: Element) -> bool:
    """Return whether a button is the question or the heading of a text that it unfolds."""
    if _SIGNS_OF_UNFOLDING.isdisjoint(button.keys()):
        answer = button.getnext()  # of a question that says by no sign that it unfolds it
        if answer is None:
            return False
        question = text_of(button, LONGEST_QUESTION)
        is_whole = question.endswith("?") and len(question.split()) >= LEAST_OF_A_QUESTION
        return is_whole and len(text_of(answer, LONGEST_QUESTION)) > len(question)
    holder = button.getparent()
    if holder is None:
        return False
    below = button.getnext() if holder.getnext() is None else holder.getnext()
    is_label = below is not None and attribute(below, "aria-labelledby") == attribute(button, "id")
    is_heading = tag_of(holder) in HEADINGS or (is_label and attribute(button, "id") != "")
    text = text_of(button, LONGEST_QUESTION)
    return is_heading or text.endswith("?") or len(text.split()) >= LEAST_OF_A_HEADING


def is_drop_cap(element: Element) -> bool:
    """Return whether an element is a drop cap, the large first letter of a text."""
    classes = element.get("class")
    return is_of_drop_cap(classes) if classes else False


@lru_cache(maxsize=1024)
def is_of_drop_cap(classes: str) -> bool:
    """Return whether a class names a drop cap."""
    return _DROP_CAP.search(words_of(classes[:500])) is not None


LEAST_TEXT = 200  # characters in a box for print
MOST_REPEATED = 0.3  # share of it that the page shows as well
LEAST_REPEATED = 20  # letters of a line that is not there by chance

_FOR_PRINT = re.compile(_WORDINGS["for-print"])

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
