"""The syntax of digests for each program that has a preset."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from annotator.export.filenames import block_id
from annotator.export.markdown.block_syntax import DELETED, LOGSEQ, MARKDOWN, ORG, Syntax
from annotator.export.markdown.escaping import escape, escape_line, quoted, with_breaks
from annotator.export.markdown.heads import LOGSEQ_HEAD, ORG_HEAD, YAML_HEAD, Head
from annotator.export.markdown.logseq import block_uuid, bullet
from annotator.export.markdown.mark_text import link_words, list_below, own_markdown
from annotator.export.markdown.note_views import FieldView
from annotator.export.markdown.org import SHORT_TITLE, org_line, org_quotation, org_tag, own_org
from annotator.model import Annotation
from annotator.model.text import clean_line

_LEFT = "Not in this digest any more, {}."


class MarkParts(Struct, frozen=True):
    """The text of a mark in a digest: its place, what is behind it and the list of evidence."""

    mark: Annotation
    tags: Sequence[str]
    fields: Sequence[FieldView]
    place: str
    backing: str
    evidence: str


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
    mark: Callable[[MarkParts], str]
    title: str
    about: str
    group: str
    emphasis: str
    indent: str = "  "
    item: str = ""
    gap: str = "\n"


def _markdown_link(title: str, address: str) -> str:
    return f"[{escape_line(title)}](<{address}>)" if address else escape_line(title)


def _markdown_mark(parts: MarkParts, field: str) -> str:
    mark = parts.mark
    kind = f"**{escape_line(mark.kind)}**" if mark.kind else ""
    tags = " ".join(f"#{tag}" for tag in parts.tags)
    fields = (
        field.format(name=each.key, label=each.label, value=escape_line(each.value))
        for each in parts.fields
    )
    body = (
        quoted(with_breaks(escape(mark.quote))),
        " · ".join(part for part in (kind, parts.place, tags) if part),
        own_markdown(mark.note),
        list_below(mark.note, fields),
        parts.backing,
        parts.evidence,
    )
    return "\n\n".join(part for part in body if part)


def _logseq_mark(parts: MarkParts) -> str:
    mark = parts.mark
    kind = f"**{escape_line(mark.kind)}** · " if mark.kind else ""
    tags = "".join(f" #{tag}" for tag in parts.tags)
    block = [
        f"{kind}{parts.place}{tags}",
        *(f"{each.key}:: {escape_line(each.value)}" for each in parts.fields),
        quoted(with_breaks(escape(mark.quote))),
    ]
    bullets = [bullet("\n".join(block))]
    bullets += [bullet(text, "\t") for text in (own_markdown(mark.note), parts.backing) if text]
    return "\n".join((*bullets, parts.evidence) if parts.evidence else bullets)


def _org_mark(parts: MarkParts) -> str:
    mark = parts.mark
    kind = org_line(mark.kind[:1].upper() + mark.kind[1:]) or "Mark"
    words = org_line(clean_line(mark.quote, limit=SHORT_TITLE))
    tags = ":".join(map(org_tag, parts.tags))
    drawer = (
        f":{each.key.upper().replace('-', '_')}: {org_line(each.value)}" for each in parts.fields
    )
    lines = [f"*** {kind}: {words}" + (f" :{tags}:" if tags else "")]
    if parts.fields:
        lines += [":PROPERTIES:", *drawer, ":END:"]
    lines += [org_quotation(mark.quote), parts.place]
    below = (own_org(mark.note), parts.backing, parts.evidence)
    return "\n\n".join(part for part in ("\n".join(lines), *below) if part)


def _left(syntax: Syntax) -> Syntax:
    return replace(syntax, deleted=syntax.deleted.replace(DELETED, _LEFT))


def _in_brackets(title: str) -> str:
    return "".join(" " if each in "[]" else each for each in title).strip() or "the mark"


_OBSIDIAN = DigestStyle(
    head=YAML_HEAD,
    syntax=_left(MARKDOWN),
    line=escape_line,
    link=_markdown_link,
    place=lambda name, mark, title: (
        f"[[{name}#^{block_id(mark.id)}|{link_words(title) or 'the mark'}]]"
    ),
    note=lambda name: f"[[{name}]]",
    mark=partial(_markdown_mark, field="{name}:: {value}"),
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
        mark=partial(_markdown_mark, field="**{label}:** {value}"),
    ),
    "logseq": replace(
        _OBSIDIAN,
        head=LOGSEQ_HEAD,
        syntax=_left(LOGSEQ),
        place=lambda _, mark, title: f"[{escape_line(title)}](({block_uuid(mark.id)}))",
        mark=_logseq_mark,
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
            f"[[{address}][{_in_brackets(title)}]]" if address else org_line(title)
        ),
        place=lambda name, mark, title: (
            f"[[file:{name}.org::#{block_id(mark.id)}][{_in_brackets(title)}]]"
        ),
        note=lambda name: f"[[file:{name}.org][its marks]]",
        mark=_org_mark,
        title="* {}",
        about="{}",
        group="** {}",
        emphasis="*",
    ),
}
