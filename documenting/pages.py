"""All pages that are written from the program, by their names in docs/reference."""

from documenting import keys


def pages() -> dict[str, str]:
    """Return the text of each page."""
    return {"keys.md": keys.page()}
