"""The choices and explanations in the dialogs that edit tags and speakers."""

from collections.abc import Sequence
from functools import partial

from annotator.errors import InvalidTag
from annotator.model import tags
from annotator.model.labels import count
from annotator.store import SpeakerUse, TagNode
from annotator.tui.dialogs.picker import MAX_ROWS, Picker
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import ChoiceRow, Piece, Row
from annotator.tui.lists.text_fit import truncate
from annotator.tui.tags.rows import SWATCH
from annotator.usecases.tags.tag_library import COLOURS

NO_COLOUR = "\0none"  # no colour is like it
TOP_LEVEL = "\0top"  # and no tag like this one

_TITLE_WIDTH = 60  # cells
_NAME_WIDTH = 30  # cells of a name in a sentence


def named(names: Sequence[str], what: str = "tag") -> str:
    """Return the name, or how many there are."""
    return truncate(names[0], _NAME_WIDTH) if len(names) == 1 else count(len(names), what)


def quoted(names: Sequence[str], what: str = "tag") -> str:
    """Return the name in quotation marks, or how many there are."""
    words = named(names, what)
    return f"“{words}”" if len(names) == 1 else words


def choice_picker(
    keymap: Keymap, title: str, placeholder: str, *, choices: Sequence[ChoiceRow], at: str
) -> Picker[str]:
    """Return the dialog that returns the key of a choice; the cursor is on `at` at first."""
    rows = partial(_matching, choices)
    return Picker(keymap, truncate(title, _TITLE_WIDTH), placeholder, rows, at=at)


def colour_picker(keymap: Keymap, name: str, colour: str) -> Picker[str]:
    """Return the dialog that returns a colour, also one typed as #rrggbb; `NO_COLOUR` for none."""
    choices = [_choice(value, label, colour=value) for label, value in COLOURS.items()]
    if colour and colour not in COLOURS.values():
        choices.append(_choice(colour, colour, colour=colour))
    choices.append(_choice(NO_COLOUR, "no colour of its own"))

    def rows(typed: str) -> Sequence[Row]:
        if typed.startswith("#") and len(typed) == len("#rrggbb"):
            return [_choice(typed, typed)]
        return _matching(choices, typed)

    title = truncate(f"Colour of {name}", _TITLE_WIDTH)
    return Picker(keymap, title, "Type a colour, or #rrggbb", rows, at=colour)


def _matching(choices: Sequence[ChoiceRow], typed: str) -> Sequence[Row]:
    """Return the choices that match what was typed, those that begin so first."""
    wanted = tags.key(typed.lstrip("#"))
    matches = [choice for choice in choices if wanted in tags.key(choice.label)]
    matches.sort(key=lambda choice: not tags.key(choice.label).startswith(wanted))
    return matches[:MAX_ROWS]


def _choice(key: str, label: str, remark: str = "", *, colour: str = "") -> ChoiceRow:
    swatch = Piece(f" {SWATCH} ", colour) if colour else Piece("   ")
    return ChoiceRow(key, label, remark, (swatch,))


def top_level() -> ChoiceRow:
    """Return the choice to move tags below no other."""
    return _choice(TOP_LEVEL, "below no other tag")


def name_choices(
    names: Sequence[TagNode] | Sequence[SpeakerUse], *, without: Sequence[str]
) -> list[ChoiceRow]:
    """Return all tags or speakers but some, with numbers; speakers with most marks come first."""
    keys = set(map(tags.key, without))
    ranked: list[TagNode | SpeakerUse] = [*names]
    ranked.sort(key=lambda name: -name.count if isinstance(name, SpeakerUse) else 0)
    return [
        _choice(name.name, name.name, count(name.count, "mark"))
        if isinstance(name, SpeakerUse)
        else _choice(name.name, name.name, _numbers(name), colour=name.colour)
        for name in ranked
        if name.key not in keys
    ]


def explain_tag(nodes: Sequence[TagNode], old: str, new: str) -> str:
    """Return what renaming the tag `old` to `new` would do, in a sentence or two."""
    try:
        name = tags.normalise(new)
    except InvalidTag:
        return "A tag needs a letter or a digit."
    by_key = {tag.key: tag for tag in nodes}
    node = by_key[tags.key(old)]
    below = sum(tags.is_within(tag.name, old) for tag in nodes) - 1
    what = _numbers(node) + (f", with {count(below, 'tag')} below it" if below else "")
    other = by_key.get(tags.key(name))
    if other is not None and other.key != node.key:
        return f"{what}. “{other.name}” is in use ({_numbers(other)}): both become one."
    spelled = f" It becomes “{name}”." if name != new else ""
    return f"{what}.{spelled}"


def explain_speaker(uses: Sequence[SpeakerUse], old: str, new: str) -> str:
    """Return what renaming a speaker would do."""
    by_key = {speaker.key: speaker for speaker in uses}
    use, other = by_key[tags.key(old)], by_key.get(tags.key(new))
    marks = count(use.count, "mark")
    if other is not None and other.key != use.key:
        return f"{marks}. “{other.name}” has {count(other.count, 'mark')}: both become one."
    return f"{marks}."


def _numbers(node: TagNode) -> str:
    parts = []
    if node.all_marks:
        parts.append(count(node.all_marks, "mark"))
    if node.all_articles:
        parts.append(count(node.all_articles, "article"))
    return ", ".join(parts)
