"""Every key of the program, with its id, in one list.

Bindings, footer, help and documentation come from here, so that none of them
can say what another does not do. A key of the reading view belongs to one of
its modes, or to all of them; the action's name tells the mode.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Place = Literal[
    "anywhere",  # every mode of the reading view
    "read",
    "sentence",
    "caret",
    "mark",  # the reader, with a mark at hand
    "reader",
    "library",
    "review",
    "list",
    "dialog",
    "program",
]

DIGITS = tuple("123456789")


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that keys do. `keys` are Textual's names, the first one is shown.

    `brief` says it in a word, for the line at the bottom.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    label: str
    place: Place
    brief: str = ""

    @property
    def action_name(self) -> str:
        """The action without its parameters."""
        return self.action.partition("(")[0]


VIEW_KEYS = (
    # in every mode of the reading view
    Key(
        "view.sentence-mode", ("s",), "toggle_mode('sentence')", "Sentence mode", "anywhere", "Mark"
    ),
    Key("view.caret-mode", ("c",), "toggle_mode('caret')", "Caret mode", "anywhere", "Caret"),
    Key("view.leave", ("escape",), "leave_mode", "Leave the mode or selection", "anywhere", "Done"),
    Key("view.top", ("g", "home"), "edge(-1)", "To the top", "anywhere"),
    Key("view.bottom", ("G", "end"), "edge(1)", "To the end", "anywhere"),
    Key("view.half-page-down", ("ctrl+d",), "half_page(1)", "Half a page down", "anywhere"),
    Key("view.half-page-up", ("ctrl+u",), "half_page(-1)", "Half a page up", "anywhere"),
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
    Key("read.page-down", ("space", "pagedown"), "page(1)", "Page down", "read", "Page"),
    Key("read.page-up", ("b", "pageup"), "page(-1)", "Page up", "read"),
    Key("read.count", DIGITS, "count", "A count before a motion", "read"),
    Key("read.open-mark", ("enter",), "open_mark", "The mark’s card", "read", "Card"),
    # sentence: a cursor on a sentence
    Key("sentence.down", ("j", "down"), "sentence(1)", "Next sentence", "sentence", "Next"),
    Key("sentence.up", ("k", "up"), "sentence(-1)", "Previous sentence", "sentence"),
    Key(
        "sentence.extend-down",
        ("J", "shift+down"),
        "extend_sentence(1)",
        "One sentence more",
        "sentence",
        "More",
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
    Key(
        "sentence.mark",
        ("enter",),
        "mark_or_open",
        "Mark as a claim; on a mark, its card",
        "sentence",
        "Claim",
    ),
    Key("sentence.mark-kind", DIGITS, "mark_kind", "Mark as that kind", "sentence", "Kinds"),
    Key(
        "sentence.repeat",
        ("r",),
        "mark_like_last",
        "Mark like the last one",
        "sentence",
        "Like the last",
    ),
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
    Key("caret.page-down", ("space", "pagedown"), "caret_page(1)", "Page down", "caret"),
    Key("caret.page-up", ("pageup",), "caret_page(-1)", "Page up", "caret"),
    Key("caret.select", ("v",), "select('character')", "Select", "caret", "Select"),
    Key("caret.select-sentences", ("V",), "select('sentence')", "Select sentences", "caret"),
    Key("caret.grow", ("full_stop",), "grow", "Grow the selection", "caret", "Grow"),
    Key("caret.shrink", ("comma",), "shrink", "Shrink the selection", "caret"),
    Key(
        "caret.mark",
        ("enter",),
        "mark_or_open",
        "Mark as a claim; on a mark, its card",
        "caret",
        "Claim",
    ),
    Key("caret.mark-kind", DIGITS, "mark_kind", "Mark as that kind", "caret", "Kinds"),
    Key("caret.repeat", ("r",), "mark_like_last", "Mark like the last one", "caret"),
)

PANE_KEYS = (
    Key("reader.find", ("slash",), "find", "Find in the text", "reader", "Find"),
    Key("reader.marks", ("tab",), "panel('marks')", "Marks, beside the text", "reader", "Marks"),
    Key("reader.contents", ("T",), "panel('contents')", "Contents", "reader", "Contents"),
    Key("reader.removed", ("R",), "panel('removed')", "What was removed, and why", "reader"),
    Key("reader.leave", ("escape",), "leave_panel", "Back to the text", "reader", "Text"),
)

READER_KEYS = (
    # with a mark at hand: under the cursor, jumped to, or clicked
    Key("mark.tags", ("t", "number_sign"), "mark('tags')", "Tags", "mark", "Tags"),
    Key("mark.note", ("a",), "mark('note')", "Note", "mark", "Note"),
    Key("mark.claim", ("e",), "mark('claim')", "The claim’s fields", "mark", "Fields"),
    Key("mark.link", ("l",), "mark('link')", "Link to another mark or a page", "mark", "Link"),
    Key("mark.copy", ("y",), "mark('copy')", "Copy as a quotation with its source", "mark", "Copy"),
    Key("mark.delete", ("x",), "mark('delete')", "Delete the mark", "mark", "Delete"),
    # everywhere in the reader
    Key("reader.about", ("i",), "article('about')", "About the article", "reader", "About"),
    Key("reader.browse", ("o",), "article('browse')", "Open in the browser", "reader"),
    Key("reader.export", ("E",), "article('export')", "Export as Markdown", "reader"),
    Key("reader.changes", ("D",), "article('changes')", "What changed since last time", "reader"),
    Key("reader.review", ("M",), "article('review')", "Review marks that wait", "reader", "Review"),
    Key("reader.refresh", ("f5", "ctrl+r"), "article('refresh')", "Ask for it anew", "reader"),
    Key(
        "reader.place",
        ("enter",),
        "mark('place')",
        "Put the mark in hand on the passage",
        "reader",
        "Put it here",
    ),
    Key("reader.undo", ("u",), "history('undo')", "Undo", "reader", "Undo"),
    Key("reader.redo", ("U",), "history('redo')", "Redo", "reader"),
    Key("reader.back", ("q",), "back", "Back to the library", "reader", "Back"),
)

TABLE_KEYS = (
    Key("library.filter", ("slash",), "filter", "Filter as you type", "library", "Filter"),
    Key("library.sort", ("s",), "sort(1)", "Sort by the next column", "library", "Sort"),
    Key("library.reverse", ("S",), "sort(-1)", "Sort the other way round", "library"),
    Key("library.clear", ("escape",), "clear", "Show all articles again", "library"),
    Key("library.archived", ("Z",), "archived", "Show or hide the archive", "library"),
)

LIBRARY_KEYS = (
    Key("library.open", ("enter",), "article('open')", "Read the article", "library", "Read"),
    Key("library.add", ("a",), "add", "Add a page or a file", "library", "Add"),
    Key("library.tags", ("t", "number_sign"), "article('tags')", "Tags", "library", "Tags"),
    Key("library.archive", ("z",), "article('archive')", "Archive, or take it back", "library"),
    Key("library.delete", ("x",), "article('delete')", "Delete into the bin", "library", "Delete"),
    Key("library.undo", ("u",), "history('undo')", "Undo", "library", "Undo"),
    Key("library.redo", ("U",), "history('redo')", "Redo", "library"),
    Key("library.about", ("i",), "article('about')", "About the article", "library"),
    Key("library.browse", ("o",), "article('browse')", "Open in the browser", "library"),
    Key("library.export", ("E",), "export", "Export what is listed", "library", "Export"),
    Key("library.refresh", ("r",), "refresh", "Ask for the article anew", "library", "Refresh"),
    Key("library.refresh-all", ("R",), "refresh_all", "Ask for all that is listed anew", "library"),
    Key("library.review", ("M",), "review", "Review marks that wait", "library"),
    Key("library.reload", ("f5", "ctrl+r"), "reload", "Read the library anew", "library"),
    Key("library.quit", ("q",), "app.quit", "Quit", "library", "Quit"),
)

REVIEW_KEYS = (
    Key(
        "review.accept",
        ("a",),
        "accept",
        "Put the mark on what stands there now",
        "review",
        "Accept",
    ),
    Key("review.move", ("m",), "move", "Choose another passage for the mark", "review", "Move"),
    Key("review.delete", ("x",), "delete", "Delete the mark", "review", "Delete"),
    Key("review.undo", ("u",), "history('undo')", "Undo", "review", "Undo"),
    Key("review.redo", ("U",), "history('redo')", "Redo", "review"),
    Key("review.back", ("q", "escape"), "back", "Back", "review", "Back"),
)

LIST_KEYS = (
    Key("list.down", ("j", "down"), "cursor(1)", "Next", "list"),
    Key("list.up", ("k", "up"), "cursor(-1)", "Previous", "list"),
    Key("list.page-down", ("space", "pagedown", "ctrl+d"), "page(1)", "Page down", "list"),
    Key("list.page-up", ("b", "pageup", "ctrl+u"), "page(-1)", "Page up", "list"),
    Key("list.first", ("g", "home"), "edge(-1)", "To the first", "list"),
    Key("list.last", ("G", "end"), "edge(1)", "To the last", "list"),
    Key("list.choose", ("enter",), "choose", "Choose", "list", "Go there"),
)

DIALOG_KEYS = (
    Key("dialog.keep", ("ctrl+o",), "keep", "Keep", "dialog", "Keep"),
    Key("dialog.leave", ("escape", "ctrl+g"), "leave", "Leave without keeping", "dialog", "Leave"),
    Key("dialog.editor", ("ctrl+t",), "editor", "Write it in $EDITOR", "dialog", "Editor"),
)

PROGRAM_KEYS = (
    Key("program.help", ("question_mark", "f1"), "help", "Help", "program", "Help"),
    Key("program.palette", ("colon", "ctrl+p"), "palette", "Everything there is to do", "program"),
)

ALL_KEYS = (
    *VIEW_KEYS,
    *PANE_KEYS,
    *READER_KEYS,
    *LIBRARY_KEYS,
    *TABLE_KEYS,
    *REVIEW_KEYS,
    *LIST_KEYS,
    *DIALOG_KEYS,
    *PROGRAM_KEYS,
)

BY_ID = {key.id: key for key in ALL_KEYS}


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
