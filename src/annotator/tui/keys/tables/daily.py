"""The keys of the daily review. Those that judge a mark are the same as in the list of claims."""

from annotator.tui.keys.key import Key, KeyGroup

DAILY = KeyGroup(
    place="daily",
    title="Daily review",
    active_with=("list", "program"),
    in_palette=True,
    keys=(
        Key("daily.good", ("n",), "answer('good')", "Good: show it after a longer time", "Good"),
        Key("daily.again", ("r",), "answer('again')", "Again: show it tomorrow", "Again"),
        Key("daily.later", ("z",), "answer('later')", "Later: put it off until tomorrow", "Later"),
        Key(
            "daily.status",
            ("1", "2", "3", "4", "5", "6"),
            "status",
            "Status: open, checking, supported, disputed, refuted, unverifiable",
            "Judge",
        ),
        Key("daily.kind", ("K",), "mark('kind')", "Change the kind"),
        Key("daily.speaker", ("p",), "mark('speaker')", "Who said it", "Speaker"),
        Key("daily.tags", ("t", "number_sign"), "mark('tags')", "Edit tags", "Tags"),
        Key("daily.note", ("a",), "mark('note')", "Edit note", "Note"),
        Key("daily.fields", ("e",), "mark('fields')", "Claim details", "Details"),
        Key("daily.similar", ("L",), "mark('similar')", "Similar claims elsewhere"),
        Key("daily.copy", ("y",), "mark('copy')", "Copy quotation and source"),
        Key("daily.delete", ("x",), "mark('delete')", "Delete the mark", "Delete"),
        Key("daily.browse", ("o",), "mark('browse')", "Open the article in the browser"),
        Key("daily.undo", ("u",), "app.history('undo')", "Undo, also an answer", "Undo"),
        Key("daily.redo", ("U",), "app.history('redo')", "Redo"),
        Key("daily.more", ("m",), "more", "Another round today", "Another round"),
        Key("daily.back", ("q", "escape"), "back", "Back", "Back"),
    ),
    footers={
        "daily": (
            ("list.choose", "Read"),
            "daily.status",
            "daily.note",
            "daily.tags",
            "daily.fields",
            "daily.undo",
            "program.help",
            "daily.back",
        ),
        "daily-end": ("daily.more", "daily.undo", "program.help", "daily.back"),
        "daily-empty": ("daily.more", "program.help", "daily.back"),
    },
)
