"""The keys of the screen that reattaches marks."""

from annotator.tui.keys.key import Key, KeyGroup

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
