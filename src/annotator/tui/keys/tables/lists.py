"""The keys of every list, and those of the bin, the marks to reattach, and the statistics."""

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

BIN = KeyGroup(
    place="bin",
    title="In the bin",
    active_with=("list", "program"),
    in_palette=True,
    keys=(
        Key("bin.restore", ("r",), "restore", "Restore to its place", "Restore"),
        Key("bin.delete", ("x",), "delete", "Delete for good", "Delete for good"),
        Key("bin.select", ("v",), "select", "Select or deselect", "Select"),
        Key("bin.select-all", ("V",), "select_all", "Select all, or none"),
        Key("bin.undo", ("u",), "app.history('undo')", "Undo", "Undo"),
        Key("bin.redo", ("U",), "app.history('redo')", "Redo"),
        Key("bin.clear", ("escape",), "clear", "Clear the selection, or go back", "Clear"),
        Key("bin.back", ("q",), "back", "Back", "Back"),
    ),
    footers={
        "bin": ("bin.restore", "bin.delete", "bin.select", "bin.undo", "program.help", "bin.back"),
        "bin-selected": ("bin.restore", "bin.delete", ("bin.clear", "Deselect"), "program.help"),
        "bin-empty": ("bin.undo", "program.help", "bin.back"),
    },
)

REATTACH = KeyGroup(
    place="reattach",
    title="Reattaching marks",
    active_with=("list", "program"),
    in_palette=True,
    keys=(
        Key("reattach.accept", ("a",), "accept", "Accept the new wording", "Accept"),
        Key("reattach.move", ("v", "m"), "move", "Choose another passage for the mark", "Move"),
        Key("reattach.delete", ("x",), "delete", "Delete the mark", "Delete"),
        Key("reattach.undo", ("u",), "app.history('undo')", "Undo", "Undo"),
        Key("reattach.redo", ("U",), "app.history('redo')", "Redo"),
        Key("reattach.back", ("q", "escape"), "back", "Back", "Back"),
    ),
    footers={
        "reattach": (
            "reattach.accept",
            "reattach.move",
            "reattach.delete",
            "reattach.undo",
            "list.choose",
            "reattach.back",
        ),
    },
)

STATISTICS = KeyGroup(
    place="statistics",
    title="Statistics",
    active_with=("program",),
    in_palette=True,
    keys=(
        Key("statistics.next", ("p", "tab"), "turn(1)", "Next period", "Period"),
        Key("statistics.previous", ("P", "shift+tab"), "turn(-1)", "Previous period"),
        Key("statistics.week", ("w",), "period('week')", "Last 7 days"),
        Key("statistics.month", ("m",), "period('month')", "Last 30 days"),
        Key("statistics.quarter", ("t",), "period('quarter')", "Last 13 weeks"),
        Key("statistics.year", ("y",), "period('year')", "Last 12 months"),
        Key("statistics.all", ("a",), "period('all')", "From the beginning"),
        Key("statistics.earlier", ("left", "h"), "shift(1)", "Earlier", "Earlier"),
        Key("statistics.later", ("right", "l"), "shift(-1)", "Later", "Later"),
        Key("statistics.down", ("j", "down"), "scroll(1)", "Scroll down", "Down"),
        Key("statistics.up", ("k", "up"), "scroll(-1)", "Scroll up"),
        Key("statistics.page-down", ("space", "pagedown", "ctrl+d"), "page(1)", "Page down"),
        Key("statistics.page-up", ("b", "pageup", "ctrl+u"), "page(-1)", "Page up"),
        Key("statistics.top", ("g", "home"), "edge(-1)", "To the top"),
        Key("statistics.bottom", ("G", "end"), "edge(1)", "To the end"),
        Key("statistics.back", ("q", "escape"), "back", "Back", "Back"),
    ),
    footers={
        "statistics": (
            "statistics.next",
            "statistics.earlier",
            "statistics.later",
            "statistics.down",
            "program.help",
            "statistics.back",
        ),
    },
)
