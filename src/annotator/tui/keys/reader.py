"""The keys of the reader: of what stands around the text, of the mark at hand, of the article."""

from annotator.tui.keys.key import Key

PANE_KEYS = (
    Key("reader.find", ("slash",), "find", "Find in the text", "reader", "Find"),
    Key("reader.marks", ("tab",), "panel('marks')", "Marks, beside the text", "reader", "Marks"),
    Key("reader.contents", ("T",), "panel('contents')", "Contents", "reader", "Contents"),
    Key("reader.removed", ("L",), "panel('removed')", "What was removed, as a list", "reader"),
    Key("reader.leave", ("escape",), "leave_panel", "Back to the text", "reader", "Text"),
)

READER_KEYS = (
    # with a mark at hand: under the cursor, jumped to, or clicked
    Key("mark.tags", ("t", "number_sign"), "mark('tags')", "Tags", "mark", "Tags"),
    Key("mark.note", ("a",), "mark('note')", "Note", "mark", "Note"),
    Key("mark.claim", ("e",), "mark('claim')", "The claim’s fields", "mark", "Fields"),
    Key("mark.link", ("l",), "mark('link')", "Link to another mark or a page", "mark", "Link"),
    Key("mark.move", ("m",), "mark('move')", "Move its ends, or put it elsewhere", "mark", "Move"),
    Key("mark.copy", ("y",), "mark('copy')", "Copy as a quotation with its source", "mark", "Copy"),
    Key("mark.delete", ("x",), "mark('delete')", "Delete the mark", "mark", "Delete"),
    # on a removed passage, or a paragraph of the text
    Key(
        "reader.put-back",
        ("plus",),
        "passage('put_back')",
        "Put a removed passage back for good",
        "reader",
        "Put back",
    ),
    Key(
        "reader.take-out",
        ("minus",),
        "passage('take_out')",
        "Take the paragraph out for good",
        "reader",
        "Take out",
    ),
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
