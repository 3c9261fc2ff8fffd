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
