"""The fields of a form with files: bodies of the type multipart/form-data.

`email` takes a second and a half for a page of 30 MB, and `cgi` is gone from Python; browsers
write few of the many forms that both of them understand.
"""

import re

from annotator.serve.http import Incoming, Refused

MAX_FIELDS = 20

_BOUNDARY = re.compile(
    r"""multipart/form-data\s*;.*?boundary=(?:"([^"]{1,70})"|([^\s";,]{1,70}))""", re.IGNORECASE
)
_NAME = re.compile(rb"""(?i)content-disposition:[^\r\n]*?[;\s]name="([^"\r\n]{1,100})\"""")
_MAX_HEAD = 2_000  # bytes of the lines before a field


def form_of(request: Incoming) -> dict[str, bytes]:
    """Return the fields of the form in a request. Raises `Refused` if it holds none."""
    kind = _BOUNDARY.match(request.field("content-type"))
    if not kind:
        raise Refused(415, "Send a form, as multipart/form-data.")
    body, line = request.body, b"\r\n--" + (kind[1] or kind[2]).encode("latin-1")
    fields: dict[str, bytes] = {}
    start = body.find(line)
    at = len(line) - 2 if body.startswith(line[2:]) else start + len(line)
    for _ in range(MAX_FIELDS):
        head = body.find(b"\r\n\r\n", at, at + _MAX_HEAD)
        end = body.find(line, head + 2)
        name = _NAME.search(body, at, head) if head >= 0 and end >= 0 else None
        if body[at : at + 2] != b"\r\n" or not name:
            break
        fields.setdefault(name[1].decode("utf-8", "replace"), bytes(body[head + 4 : end]))
        at = end + len(line)
    if body[at : at + 2] != b"--":
        raise Refused(400, "The form is damaged.")
    return fields
