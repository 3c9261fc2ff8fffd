"""Parts of a note that the program wrote and may write again; all else is the reader's.

Two comments stand around such a part. The first holds a digest of what was
written between them, so that a later export can tell a part that the reader
edited from one that may be replaced.
"""

import hashlib
import re

DIGITS = 12  # of the digest, hexadecimal; it tells an edit, not an attack

_NOT_IN_A_NAME = re.compile(r"[^0-9A-Za-z-]+")


def managed_block(identity: str, content: str) -> str:
    """Return `content` as the managed block of `identity`."""
    name = _NOT_IN_A_NAME.sub("-", identity)
    body = content.strip("\n")
    begin = f"<!-- annotator:begin {name} {digest(body)} -->"
    return f"{begin}\n\n{body}\n\n<!-- annotator:end {name} -->"


def digest(body: str) -> str:
    """Return what changes with what stands in a block, but not with its line ends or edges."""
    lines = (line.rstrip() for line in body.strip().splitlines())
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:DIGITS]
