"""The keys of the library: of the table, of the article under the cursor, of the review."""

from annotator.tui.keys.key import Key

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
