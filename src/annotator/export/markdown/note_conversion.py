"""Notes that were written for another program: their properties and comments in a new language.

Only Logseq and the presets of Markdown share files. What the user wrote stays, and the blocks
of marks are left to the merge, which takes the comments around them for its own then.
"""

import re
from collections.abc import Mapping

from annotator.export.markdown.block_syntax import Syntax
from annotator.export.markdown.heads import LOGSEQ_HEAD, YAML_HEAD, Head
from annotator.export.markdown.property_merge import Value

_COMMENT = re.compile(
    r"^(?P<indent>[ \t]*)(?:- )?(?P<comment><!-- annotator:(?:begin|end) .*-->[ \t]*\r?)$",
    re.MULTILINE,
)


def converted(
    text: str, head: Head, syntax: Syntax, *, exported: Mapping[str, Value] | None
) -> str | None:
    """Return a note with the head and the comments of another language.

    It is returned as it is if it has them already, and None if its properties have what the
    other language cannot hold, such as comments. `exported` are the properties that were
    exported last.
    """
    others = {id(YAML_HEAD): LOGSEQ_HEAD, id(LOGSEQ_HEAD): YAML_HEAD}
    other = others.get(id(head))
    if other is None or head.end(text) or not other.end(text):
        return text
    properties = other.read(text, exported or {})
    if properties is None:
        return None
    if "annotator_id" not in properties:
        return text
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    written = head.write(properties).replace("\n", newline)
    rest = text[other.end(text) :].lstrip("\r\n")
    return f"{written}{newline}" + _COMMENT.sub(rf"\g<indent>{syntax.bullet}\g<comment>", rest)
