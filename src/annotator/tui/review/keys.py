"""The keys of the review."""

from annotator.tui.keys.key import Key, KeyGroup

REVIEW = KeyGroup(
    place="review",
    title="Reviewing marks",
    active_with=("list", "program"),
    in_palette=True,
    keys=(
        Key("review.accept", ("a",), "accept", "Accept the new wording", "Accept"),
        Key("review.move", ("m",), "move", "Choose another passage for the mark", "Move"),
        Key("review.delete", ("x",), "delete", "Delete the mark", "Delete"),
        Key("review.undo", ("u",), "history('undo')", "Undo", "Undo"),
        Key("review.redo", ("U",), "history('redo')", "Redo"),
        Key("review.back", ("q", "escape"), "back", "Back", "Back"),
    ),
    footers={
        "review": (
            "review.accept",
            "review.move",
            "review.delete",
            "review.undo",
            "list.choose",
            "review.back",
        ),
    },
)

REVIEW_KEYS = REVIEW.keys
