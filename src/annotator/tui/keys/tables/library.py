"""The keys of the library."""

from annotator.tui.keys.key import Key, KeyGroup

LIBRARY = KeyGroup(
    place="library",
    title="In the library",
    active_with=("table", "list", "program"),
    in_palette=True,
    keys=(
        Key("library.open", ("enter",), "article('open')", "Read the article", "Read"),
        Key("library.add", ("a",), "add", "Add web pages or files", "Add"),
        Key("library.import", ("A",), "import", "Import files of other programs"),
        Key("library.retry", ("F",), "retry", "Add addresses again that failed"),
        Key("library.samples", ("p",), "samples", "Add sample articles to try it", "Samples"),
        Key("library.tags", ("t", "number_sign"), "articles('tags')", "Edit tags", "Tags"),
        Key("library.read", ("m",), "articles('read')", "Mark as read / unread", "Read/unread"),
        Key("library.archive", ("z",), "articles('archive')", "Archive / unarchive", "Archive"),
        Key("library.delete", ("x",), "articles('delete')", "Move to bin", "Bin"),
        Key("library.all-tags", ("T",), "all_tags", "All tags and speakers"),
        Key("library.bin", ("B",), "bin", "Look into the bin"),
        Key("library.undo", ("u",), "app.history('undo')", "Undo", "Undo"),
        Key("library.redo", ("U",), "app.history('redo')", "Redo"),
        Key("library.about", ("i",), "article('about')", "About the article"),
        Key("library.browse", ("o",), "article('browse')", "Open in the browser"),
        Key("library.export", ("E",), "export", "Export the selected or listed articles", "Export"),
        Key("library.refresh", ("r",), "refresh", "Refresh", "Refresh"),
        Key("library.refresh-all", ("R",), "refresh_all", "Refresh all listed articles"),
        Key("library.claims", ("C",), "claims", "All claims of all articles", "Claims"),
        Key("library.reattach", ("M",), "reattach", "Reattach marks to changed text"),
        Key("library.daily", ("d",), "screen('daily')", "Daily review"),
        Key("library.statistics", ("I",), "screen('statistics')", "Statistics"),
        Key("library.reload", ("f5", "ctrl+r"), "reload", "Reload the library"),
        Key("library.quit", ("q",), "quit", "Quit", "Quit"),
    ),
    footers={
        "library": (
            "library.open",
            "library.add",
            "library.filter",
            "library.sort",
            "library.select",
            "library.claims",
            "library.tags",
            "library.delete",
            "program.help",
            "library.quit",
        ),
        "selected": (
            "library.tags",
            "library.read",
            "library.delete",
            "library.archive",
            "library.refresh",
            "library.export",
            ("library.clear", "Deselect"),
            "program.help",
        ),
        "empty": ("library.add", "library.samples", "program.help", "library.quit"),
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
        Key("library.select", ("v",), "select", "Select or deselect the article", "Select"),
        Key("library.select-all", ("V",), "select_all", "Select all listed articles, or none"),
        Key("library.clear", ("escape",), "clear", "Clear the selection, then the filter"),
        Key("library.archived", ("Z",), "archived", "Show or hide archived articles"),
    ),
)

TABLE_KEYS = TABLE.keys
