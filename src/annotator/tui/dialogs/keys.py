"""The keys of every dialog."""

from annotator.tui.keys.key import Key, KeyGroup

DIALOG = KeyGroup(
    place="dialog",
    title="In a dialog",
    keys=(
        Key("dialog.keep", ("ctrl+o",), "keep", "Keep", "Keep"),
        Key("dialog.leave", ("escape", "ctrl+g"), "leave", "Leave without keeping", "Leave"),
        Key("dialog.editor", ("ctrl+t",), "editor", "Write it in $EDITOR", "Editor"),
    ),
)

DIALOG_KEYS = DIALOG.keys
