"""The dialogs of the list of tags and speakers: a new name, and the choice of one in use."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from annotator.errors import InvalidTag
from annotator.model import tags
from annotator.model.labels import count
from annotator.tui.dialogs.dialog import Dialog, Hints, text_input
from annotator.tui.dialogs.picker import MAX_ROWS, Picker
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import ChoiceRow, Piece, Row
from annotator.tui.lists.text_fit import truncate
from annotator.tui.notifications import warn
from annotator.tui.tags.rows import SWATCH
from annotator.tui.textual_internals import show_text
from annotator.usecases.tags.speakers import SpeakerUse
from annotator.usecases.tags.tag_library import COLOURS, TagNode

NO_COLOUR = "\0none"  # no colour is like it
TOP_LEVEL = "\0top"  # and no tag like this one

_TITLE_WIDTH = 60  # cells


class NameDialog(Dialog[str]):
    """Returns a new name. `explain` says for each that is typed what it would do."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", show=False)]
    HINTS: ClassVar[Hints] = (("enter", "rename"), ("dialog.leave", "cancel"))

    def __init__(
        self, keymap: Keymap, title: str, name: str, *, explain: Callable[[str], str]
    ) -> None:
        super().__init__(keymap, truncate(title, _TITLE_WIDTH))
        self._name_before = name
        self._explain = explain

    def parts(self) -> Sequence[Widget]:
        """Return the input and the explanation."""
        return (
            text_input(self._name_before, id="new-name"),
            Static(Content(self._explain(self._name_before)), id="name-explanation"),
        )

    def on_mount(self) -> None:
        """Select the last level of the name, which is what is renamed most often."""
        line, end = self.query_one(Input), len(self._name_before)
        line.select_on_focus = False
        line.selection = Selection(self._name_before.rfind(tags.SEPARATOR) + 1, end)

    def action_submit(self) -> None:
        """Return the name, unless it is empty; leave if it is as before."""
        name = self.query_one(Input).value.strip()
        if not name:
            warn(self, "Type a name.")
        elif name == self._name_before:
            self.dismiss(None)
        else:
            self.dismiss(name)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        words = self._explain(event.value.strip())
        show_text(self.query_one("#name-explanation", Static), Content(words))


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


def tag_choices(nodes: Sequence[TagNode], *, without: Sequence[str]) -> list[ChoiceRow]:
    """Return all tags but some with the numbers of their marks and articles."""
    keys = set(map(tags.key, without))
    return [
        _choice(node.name, node.name, _numbers(node), colour=node.colour)
        for node in nodes
        if node.key not in keys
    ]


def speaker_choices(uses: Sequence[SpeakerUse], *, without: Sequence[str]) -> list[ChoiceRow]:
    """Return all speakers but some, those with most marks first."""
    keys = set(map(tags.key, without))
    ranked = sorted(uses, key=lambda use: -use.count)
    return [
        _choice(use.name, use.name, count(use.count, "mark"))
        for use in ranked
        if use.key not in keys
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
