"""Which article a source led to when it was last read: what `annotator read` was told, to an id."""

import os
from hashlib import sha256

from annotator.instant.page import path_of
from annotator.instant.places import with_prefix


def article_of(source: str, *, library: str, state: str) -> str:
    """Return the id of the article that `source` means; empty if that takes more to find out."""
    name = source.strip().lower()
    if not os.path.isfile(source) and (found := with_prefix(library, name)):
        return found
    try:
        with open(path_of(state, name_of(source)), "rb") as file:
            known, _, article_id = file.read().decode().rpartition("\n")
    except (OSError, UnicodeDecodeError):
        return ""
    return article_id if known == _spelt(source) else ""


def name_of(source: str) -> str:
    """Return the name under which it is kept where `source` led."""
    return f"source-{sha256(os.fsencode(_located(source))).hexdigest()[:16]}"


def written(source: str, article_id: str) -> bytes:
    """Return what is to be kept of a source that led to an article."""
    return f"{_spelt(source)}\n{article_id}".encode("utf-8", "replace")


def _spelt(source: str) -> str:
    """Return the source, and of a file what differs once it is another one."""
    located = _located(source)
    try:
        status = os.stat(located)
    except (OSError, ValueError):
        return located
    return f"{located}\n{status.st_ino} {status.st_size} {status.st_mtime_ns}"


def _located(source: str) -> str:
    return os.path.realpath(source) if os.path.isfile(source) else source
