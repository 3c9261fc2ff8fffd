"""The keys that mean the same on every screen: of lists, of dialogs, of the program."""

from annotator.tui.keys.key import Key

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
