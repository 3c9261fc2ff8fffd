"""Every key of the program, with its id, in one list.

Bindings, footer, help and documentation come from here, so that none of them
can say what another does not do. A key of the reading view belongs to one of
its modes, or to all of them; the action's name tells the mode.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Place = Literal["anywhere", "read", "sentence", "caret", "mark", "library"]


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that keys do. `keys` are Textual's names, the first one is shown.

    `in_footer` puts it among the few that the bottom line has room for.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    label: str
    place: Place
    in_footer: bool = False

    @property
    def action_name(self) -> str:
        """The action without its parameters."""
        return self.action.partition("(")[0]


VIEW_KEYS = (
    # in every mode of the reading view
    Key(
        "view.sentence-mode",
        ("s",),
        "toggle_mode('sentence')",
        "Sentence mode",
        "anywhere",
        in_footer=True,
    ),
    Key("view.caret-mode", ("c",), "toggle_mode('caret')", "Caret mode", "anywhere"),
    Key("view.leave", ("escape",), "leave_mode", "Leave the mode or selection", "anywhere"),
    Key("view.top", ("g", "home"), "edge(-1)", "To the top", "anywhere"),
    Key("view.bottom", ("G", "end"), "edge(1)", "To the end", "anywhere"),
    Key("view.half-page-down", ("ctrl+d",), "page(0.5)", "Half a page down", "anywhere"),
    Key("view.half-page-up", ("ctrl+u",), "page(-0.5)", "Half a page up", "anywhere"),
    Key(
        "view.paragraph-down",
        ("right_curly_bracket",),
        "paragraph(1)",
        "Next paragraph",
        "anywhere",
    ),
    Key(
        "view.paragraph-up",
        ("left_curly_bracket",),
        "paragraph(-1)",
        "Previous paragraph",
        "anywhere",
    ),
    Key("view.next-match", ("n",), "match(1)", "Next match", "anywhere"),
    Key("view.previous-match", ("N",), "match(-1)", "Previous match", "anywhere"),
    Key("view.next-mark", ("right_square_bracket",), "next_mark(1)", "Next mark", "anywhere"),
    Key(
        "view.previous-mark", ("left_square_bracket",), "next_mark(-1)", "Previous mark", "anywhere"
    ),
    # read: no cursor, the keys scroll
    Key("read.line-down", ("j", "down"), "line(1)", "Line down", "read"),
    Key("read.line-up", ("k", "up"), "line(-1)", "Line up", "read"),
    Key("read.page-down", ("space", "pagedown"), "page(1)", "Page down", "read", in_footer=True),
    Key("read.page-up", ("b", "pageup"), "page(-1)", "Page up", "read"),
    Key("read.count", tuple("123456789"), "count", "A count before a motion", "read"),
    Key("read.open-mark", ("enter",), "open_mark", "The mark's card", "read"),
    # sentence: a cursor on a sentence
    Key("sentence.down", ("j", "down"), "sentence(1)", "Next sentence", "sentence", in_footer=True),
    Key("sentence.up", ("k", "up"), "sentence(-1)", "Previous sentence", "sentence"),
    Key(
        "sentence.extend-down",
        ("J", "shift+down"),
        "extend_sentence(1)",
        "One sentence more",
        "sentence",
    ),
    Key(
        "sentence.extend-up",
        ("K", "shift+up"),
        "extend_sentence(-1)",
        "One sentence fewer",
        "sentence",
    ),
    Key("sentence.page-down", ("space", "pagedown"), "page(1)", "Page down", "sentence"),
    Key("sentence.page-up", ("b", "pageup"), "page(-1)", "Page up", "sentence"),
    Key("sentence.mark", ("enter",), "mark_or_open", "Mark as a claim", "sentence", in_footer=True),
    Key("sentence.mark-kind", tuple("123456789"), "mark_kind", "Mark as that kind", "sentence"),
    Key("sentence.repeat", ("r",), "mark_like_last", "Mark like the last one", "sentence"),
    # caret: a cursor on a character, and a selection
    Key("caret.left", ("h", "left"), "caret_character(-1)", "Left", "caret"),
    Key("caret.right", ("l", "right"), "caret_character(1)", "Right", "caret"),
    Key("caret.down", ("j", "down"), "caret_line(1)", "Line down", "caret"),
    Key("caret.up", ("k", "up"), "caret_line(-1)", "Line up", "caret"),
    Key("caret.word", ("w",), "caret_word(1)", "Next word", "caret"),
    Key("caret.word-back", ("b",), "caret_word(-1)", "Previous word", "caret"),
    Key("caret.word-end", ("e",), "caret_word_end", "End of the word", "caret"),
    Key("caret.line-start", ("0",), "caret_line_edge(-1)", "Start of the line", "caret"),
    Key("caret.line-end", ("dollar_sign",), "caret_line_edge(1)", "End of the line", "caret"),
    Key("caret.sentence", ("right_parenthesis",), "caret_sentence(1)", "Next sentence", "caret"),
    Key(
        "caret.sentence-back",
        ("left_parenthesis",),
        "caret_sentence(-1)",
        "Previous sentence",
        "caret",
    ),
    Key("caret.page-down", ("space", "pagedown"), "page(1)", "Page down", "caret"),
    Key("caret.page-up", ("pageup",), "page(-1)", "Page up", "caret"),
    Key("caret.select", ("v",), "select('character')", "Select", "caret", in_footer=True),
    Key("caret.select-sentences", ("V",), "select('sentence')", "Select sentences", "caret"),
    Key("caret.grow", ("full_stop",), "grow", "Grow the selection", "caret"),
    Key("caret.shrink", ("comma",), "shrink", "Shrink the selection", "caret"),
    Key("caret.mark", ("enter",), "mark_or_open", "Mark as a claim", "caret", in_footer=True),
    Key("caret.mark-kind", tuple("123456789"), "mark_kind", "Mark as that kind", "caret"),
    Key("caret.repeat", ("r",), "mark_like_last", "Mark like the last one", "caret"),
)


def bindings(keys: Iterable[Key]) -> Iterator[Binding]:
    """Give Textual's bindings of `keys`, a digit as its action's parameter where there is none."""
    for key in keys:
        for name in key.keys:
            yield Binding(name, _action(key, name), key.label, show=False, id=f"{key.id}.{name}")


def places_of_actions(keys: Iterable[Key]) -> dict[str, frozenset[Place]]:
    """Tell in which places each action may run."""
    places: dict[str, set[Place]] = {}
    for key in keys:
        places.setdefault(key.action_name, set()).add(key.place)
    return {action: frozenset(where) for action, where in places.items()}


def _action(key: Key, name: str) -> str:
    return key.action if not name.isdigit() or "(" in key.action else f"{key.action}({name})"
