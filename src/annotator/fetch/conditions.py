"""Asking for a page only if it is not the one that is kept."""

from annotator.model import Page

_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


def conditions_of(kept: Page) -> dict[str, str]:
    """Return the headers that spare a server from sending `kept` again; none if it cannot tell."""
    if kept.is_truncated:
        return {}
    values = {header: kept.header(name) for name, header in _CONDITIONS.items()}
    # What was cut or mended when it was kept is no longer what the server sent.
    return {header: value for header, value in values.items() if value and _is_plain(value)}


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable()
