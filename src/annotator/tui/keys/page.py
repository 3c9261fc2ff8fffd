"""The keys of what is wide, linked or drawn, which reading and sentence mode share."""

from annotator.tui.keys.key import Key, Place


def page_keys(place: Place) -> tuple[Key, ...]:
    """Return these keys for one of the modes."""
    return (
        Key(f"{place}.links", ("f",), "links", "Follow a link or footnote by number", place),
        Key(
            f"{place}.slide-right",
            ("right", "greater_than_sign"),
            "slide(1)",
            "Wide code and tables: to the right",
            place,
        ),
        Key(f"{place}.slide-left", ("left", "less_than_sign"), "slide(-1)", "… to the left", place),
        Key(f"{place}.fold-code", ("w",), "fold_code", "Fold or unfold long lines of code", place),
        Key(f"{place}.picture", ("p",), "picture", "Draw a picture, or hide it", place),
    )
