"""All pages that are written from the program, by their names in docs/reference."""

from collections.abc import Mapping

from documenting import (
    commands,
    exit_codes,
    formats,
    json_page,
    keys,
    privacy,
    query,
    settings,
    templates,
    words,
)
from documenting.sessions import DOCS, with_outputs_of

FOLDER = DOCS / "reference"


def pages() -> Mapping[str, str]:
    """Return the text of each page, with what examples printed when they were run last."""
    written = {
        **commands.pages(),
        "keys.md": keys.page(),
        "words.md": words.page(),
        "settings.md": settings.page(),
        "query.md": query.page(),
        "formats.md": formats.page(),
        "templates.md": templates.page(),
        **json_page.pages(),
        "exit-codes.md": exit_codes.page(),
        "privacy.md": privacy.page(),
    }
    return {name: with_outputs_of(_present(name), text) for name, text in written.items()}


def _present(name: str) -> str:
    path = FOLDER / name
    return path.read_text("utf-8") if path.is_file() else ""
