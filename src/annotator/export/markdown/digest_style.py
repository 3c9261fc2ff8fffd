"""The syntax of digests for each program that has a preset."""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from annotator.export import org_text
from annotator.export.filenames import block_id
from annotator.export.markdown.block_syntax import DELETED, LOGSEQ, MARKDOWN, ORG, Syntax
from annotator.export.markdown.escaping import escape_line
from annotator.export.markdown.heads import LOGSEQ_HEAD, ORG_HEAD, YAML_HEAD, Head
from annotator.export.markdown.logseq import block_uuid
from annotator.export.markdown.mark_text import link_words
from annotator.export.markdown.org import org_line
from annotator.model import Annotation

_LEFT = "Not in this digest any more, {}."


class DigestStyle(Struct, frozen=True, kw_only=True):
    """The syntax of digests for one program.

    `line` makes a plain text a line, `link` a link of a title and an address, `place` a link
    to a mark, of the name of a note, the mark and a title, and `note` one to a note. `title`,
    `about` and `group` are lines with `{}` in them, `emphasis` is around the side of
    evidence, `indent` before each level of it, and `gap` below the heading of the sources.
    """

    head: Head
    syntax: Syntax
    line: Callable[[str], str]
    link: Callable[[str, str], str]
    place: Callable[[str, Annotation, str], str]
    note: Callable[[str], str]
    title: str
    about: str
    group: str
    emphasis: str
    indent: str = "  "
    item: str = ""
    gap: str = "\n"


def _markdown_link(title: str, address: str) -> str:
    return f"[{escape_line(title)}](<{address}>)" if address else escape_line(title)


def _left(syntax: Syntax) -> Syntax:
    return replace(syntax, deleted=syntax.deleted.replace(DELETED, _LEFT))


def _in_a_link(title: str) -> str:
    return "".join(" " if sign in "[]" else sign for sign in title).strip() or "the mark"


_OBSIDIAN = DigestStyle(
    head=YAML_HEAD,
    syntax=_left(MARKDOWN),
    line=escape_line,
    link=_markdown_link,
    place=lambda name, mark, title: (
        f"[[{name}#^{block_id(mark.id)}|{link_words(title) or 'the mark'}]]"
    ),
    note=lambda name: f"[[{name}]]",
    title="# {}",
    about="{}",
    group="## {}",
    emphasis="**",
)

STYLES: Final[Mapping[str, DigestStyle]] = {
    "obsidian": _OBSIDIAN,
    "plain": replace(
        _OBSIDIAN,
        place=lambda name, mark, title: f"[{escape_line(title)}](<{name}.md#{block_id(mark.id)}>)",
        note=lambda name: f"[its marks](<{name}.md>)",
    ),
    "logseq": replace(
        _OBSIDIAN,
        head=LOGSEQ_HEAD,
        syntax=_left(LOGSEQ),
        place=lambda _, mark, title: f"[{escape_line(title)}](({block_uuid(mark.id)}))",
        title="",
        about="- {}",
        group="- ## {}",
        indent="\t",
        item="\t",
        gap="",
    ),
    "org": DigestStyle(
        head=ORG_HEAD,
        syntax=_left(ORG),
        line=org_line,
        link=lambda title, address: (
            org_text.link(address, _in_a_link(title)) if address else org_line(title)
        ),
        place=lambda name, mark, title: org_text.link(
            f"file:{name}.org::#{block_id(mark.id)}", _in_a_link(title)
        ),
        note=lambda name: org_text.link(f"file:{name}.org", "its marks"),
        title="* {}",
        about="{}",
        group="** {}",
        emphasis="*",
    ),
}
