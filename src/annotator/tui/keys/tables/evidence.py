"""The keys of the tree of evidence."""

from annotator.tui.keys.key import Key, KeyGroup

EVIDENCE = KeyGroup(
    place="evidence",
    title="What supports and opposes a claim",
    active_with=("list", "program"),
    in_palette=True,
    keys=(
        Key("evidence.fold", ("left", "h"), "fold(True)", "Fold, or go to the claim above", "Fold"),
        Key("evidence.unfold", ("right",), "fold(False)", "Unfold, or go to the evidence below"),
        Key("evidence.fold-all", ("z",), "fold_all", "Fold or unfold everything", "Fold all"),
        Key("evidence.tree", ("A",), "grow", "The evidence of this claim", "Its tree"),
        Key(
            "evidence.tree-back",
            ("backspace", "ctrl+o"),
            "grow_back",
            "Back to the claim before",
        ),
        Key("evidence.similar", ("L",), "similar", "Similar claims elsewhere"),
        Key("evidence.link", ("l",), "link", "Link the claim to another mark or a page", "Link"),
        Key("evidence.remove", ("x",), "remove", "Remove the link", "Unlink"),
        Key("evidence.browse", ("o",), "browse", "Open the page in the browser"),
        Key("evidence.undo", ("u",), "app.history('undo')", "Undo", "Undo"),
        Key("evidence.redo", ("U",), "app.history('redo')", "Redo"),
        Key("evidence.back", ("q", "escape"), "back", "Back", "Back"),
    ),
    footers={
        "evidence": (
            ("list.choose", "Read"),
            "evidence.fold",
            "evidence.tree",
            "evidence.link",
            "evidence.remove",
            "program.help",
            "evidence.back",
        ),
        "evidence-flat": (  # nothing to fold
            ("list.choose", "Read"),
            "evidence.tree",
            "evidence.link",
            "evidence.remove",
            "program.help",
            "evidence.back",
        ),
    },
)
