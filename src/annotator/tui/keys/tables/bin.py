"""The keys of the bin."""

from annotator.tui.keys.key import Key, KeyGroup

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
