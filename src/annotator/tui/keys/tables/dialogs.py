"""The keys of every dialog."""

from annotator.tui.keys.key import Key, KeyGroup

DIALOG = KeyGroup(
    place="dialog",
    title="In a dialog",
    keys=(
        Key("dialog.keep", ("ctrl+s", "ctrl+o"), "submit", "Save", "Save"),
        Key("dialog.leave", ("escape", "ctrl+g"), "cancel", "Cancel", "Cancel"),
        Key("dialog.copy", ("ctrl+l",), "copy_unsaved", "Copy what could not be saved", "Copy"),
        Key("dialog.editor", ("ctrl+t",), "editor", "Open in $EDITOR", "Editor"),
    ),
)

DIALOG_KEYS = DIALOG.keys

QUESTION = KeyGroup(
    place="question",
    title="In a question",
    active_with=("dialog",),
    keys=(Key("question.yes", ("y",), "yes", "Yes", "Yes"),),
)

QUESTION_KEYS = QUESTION.keys

SIMILAR = KeyGroup(
    place="similar",
    title="Among similar claims",
    active_with=("list", "dialog"),
    keys=(Key("similar.open", ("o",), "open", "Open the claim in its article", "Open"),),
)

SIMILAR_KEYS = SIMILAR.keys

CARD = KeyGroup(
    place="card",
    title="On the card of a mark",
    active_with=("mark", "list", "dialog"),
    keys=(Key("card.unlink", ("X",), "unlink", "Remove the link under the cursor", "Unlink"),),
)

CARD_KEYS = CARD.keys

JOBS = KeyGroup(
    place="jobs",
    title="In a list of articles that are added or refreshed",
    active_with=("list", "dialog"),
    keys=(
        Key("jobs.stop", ("x",), "stop", "Stop this one", "Stop"),
        Key("jobs.stop-all", ("X",), "stop_all", "Stop all", "Stop all"),
        Key("jobs.retry", ("r",), "retry", "Try this one again", "Again"),
        Key("jobs.retry-all", ("R",), "retry_all", "Try all again that failed", "All again"),
    ),
)

JOBS_KEYS = JOBS.keys

IMPORT_REPORT = KeyGroup(
    place="import",
    title="In the report of an import",
    active_with=("list", "dialog"),
    keys=(Key("import.reattach", ("M",), "reattach", "Reattach the marks that were not found"),),
)

IMPORT_REPORT_KEYS = IMPORT_REPORT.keys
