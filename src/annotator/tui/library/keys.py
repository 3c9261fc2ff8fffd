"""The keys of the library."""

from annotator.tui.keys.key import Key, KeyGroup

LIBRARY = KeyGroup(
    place="library",
    title="In the library",
    active_with=("table", "list", "program"),
    in_palette=True,
    keys=(
        Key("library.open", ("enter",), "article('open')", "Read the article", "Read"),
        Key("library.add", ("a",), "add", "Add a web page or a file", "Add"),
        Key("library.tags", ("t", "number_sign"), "article('tags')", "Edit tags", "Tags"),
        Key("library.archive", ("z",), "article('archive')", "Archive / unarchive"),
        Key("library.delete", ("x",), "article('delete')", "Move to bin", "Bin"),
        Key("library.undo", ("u",), "history('undo')", "Undo", "Undo"),
        Key("library.redo", ("U",), "history('redo')", "Redo"),
        Key("library.about", ("i",), "article('about')", "About the article"),
        Key("library.browse", ("o",), "article('browse')", "Open in the browser"),
        Key("library.export", ("E",), "export", "Export the listed articles", "Export"),
        Key("library.refresh", ("r",), "refresh", "Refresh this article", "Refresh"),
        Key("library.refresh-all", ("R",), "refresh_all", "Refresh all listed articles"),
        Key("library.reattach", ("M",), "reattach", "Reattach marks to changed text"),
        Key("library.reload", ("f5", "ctrl+r"), "reload", "Reload the library"),
        Key("library.quit", ("q",), "app.quit", "Quit", "Quit"),
    ),
    footers={
        "library": (
            "library.open",
            "library.add",
            "library.filter",
            "library.sort",
            "library.tags",
            "library.delete",
            "library.export",
            "program.help",
            "library.quit",
        ),
        "empty": ("library.add", "program.help", "library.quit"),
    },
)

TABLE = KeyGroup(
    place="table",
    title="In the list of articles",
    active_with=("list", "program"),
    in_palette=True,
    keys=(
        Key("library.filter", ("slash",), "filter", "Filter as you type", "Filter"),
        Key("library.sort", ("s",), "sort(1)", "Sort by the next column", "Sort"),
        Key("library.reverse", ("S",), "sort(-1)", "Reverse the sort order"),
        Key("library.clear", ("escape",), "clear", "Clear the filter"),
        Key("library.archived", ("Z",), "archived", "Show or hide archived articles"),
    ),
)

LIBRARY_KEYS = LIBRARY.keys
TABLE_KEYS = TABLE.keys
