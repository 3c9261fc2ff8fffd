"""The keys of every list."""

from annotator.tui.keys.key import Key, KeyGroup

LIST = KeyGroup(
    place="list",
    title="In a list",
    active_with=("program",),
    keys=(
        Key("list.down", ("j", "down"), "cursor(1)", "Next"),
        Key("list.up", ("k", "up"), "cursor(-1)", "Previous"),
        Key("list.page-down", ("space", "pagedown", "ctrl+d"), "page(1)", "Page down"),
        Key("list.page-up", ("b", "pageup", "ctrl+u"), "page(-1)", "Page up"),
        Key("list.first", ("g", "home"), "edge(-1)", "First item"),
        Key("list.last", ("G", "end"), "edge(1)", "Last item"),
        Key("list.choose", ("enter",), "choose", "Choose", "Go there"),
    ),
)

LIST_KEYS = LIST.keys
