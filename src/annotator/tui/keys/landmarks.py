"""The keys that lead from landmark to landmark, and back."""

from annotator.tui.keys.key import Key

LANDMARK_KEYS = (
    Key("read.heading", ("right_parenthesis",), "heading(1)", "Next heading", "read"),
    Key("read.heading-back", ("left_parenthesis",), "heading(-1)", "Previous heading", "read"),
    Key("sentence.heading", ("right_parenthesis",), "heading(1)", "Next heading", "sentence"),
    Key(
        "sentence.heading-back",
        ("left_parenthesis",),
        "heading(-1)",
        "Previous heading",
        "sentence",
    ),
    Key("view.next-worthy", ("asterisk",), "worthy(1)", "Next sentence worth a check", "anywhere"),
    Key(
        "view.previous-worthy",
        ("ampersand",),
        "worthy(-1)",
        "Previous sentence worth a check",
        "anywhere",
    ),
    Key(
        "view.show-worth",
        ("percent_sign",),
        "show_worth",
        "Show what is worth a check in the margin",
        "anywhere",
    ),
    Key("view.next-link", ("at",), "link(1)", "Next link", "anywhere"),
    Key("view.previous-link", ("exclamation_mark",), "link(-1)", "Previous link", "anywhere"),
    Key(
        "view.jump-back",
        ("backspace", "ctrl+o"),
        "jump_back(-1)",
        "Back to where you jumped from",
        "anywhere",
    ),
    Key("view.jump-onward", ("ctrl+n",), "jump_back(1)", "And onward again", "anywhere"),
)
