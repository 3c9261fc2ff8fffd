"""Copying by OSC 52, which reaches the reader's clipboard over ssh as well."""

from textual.app import App

from annotator.errors import TooLarge

MAX_BYTES = 500_000  # tmux drops a megabyte without a word


def copy(app: App[object], text: str) -> None:
    """Put `text` on the clipboard; raises `TooLarge` if terminals would drop it."""
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        raise TooLarge(
            f"This is {size // 1000} KB, more than a terminal takes for its clipboard.",
            "Export the article instead.",
        )
    app.copy_to_clipboard(text)
