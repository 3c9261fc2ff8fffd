"""A mark in a note of Markdown: with callouts and links of Obsidian, or without.

The block of a mark is managed: the program may write it again, and everything
else in the note belongs to the user. It is between two comments, the first of which
holds a digest of the text, so that a later export can see whether the user edited it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from annotator.export.markdown.escaping import escape, escape_line, quoted, with_breaks
from annotator.export.markdown.note_views import ArticleView, LinkView, MarkView
from annotator.model.labels import count

_HTML = re.compile(
    r"""
      (?P<kept>
        \\.
      | (?<!`) (?P<sign>`+) (?!`) (?:(?!\n[ \t]*\n).)+? (?<!`) (?P=sign) (?!`)  # code
      | <(?:https?://|mailto:)[^\s<>]*>
      )
    | <(?=[A-Za-z/!?])
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"(?<!\\)(?=<!-- annotator:)")
_BLOCK_ID = re.compile(r"(?<!\S)\^(?=a-)")
_MEANT_IN_A_LINK = re.compile(
    r"""
      [\[\]|`*_~\#^\\]            # a link, emphasis, a tag, a block
    | \$(?!\d) | (?<=\S)\$         # mathematics, but not a price
    | =(?==) | (?<==)=             # a highlight
    | %(?=%) | (?<=%)%             # a comment
    | <(?=[A-Za-z/!?])             # HTML
    """,
    re.VERBOSE,
)
_LIST_ITEM = re.compile(r"^ {0,3}- ", re.MULTILINE)
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")

DIGITS = 12  # of the digest, hexadecimal: it detects edits, not attacks
GONE = "a mark that is gone"  # the other end of a link, if it was deleted
_NOT_IN_A_NAME = re.compile(r"[^0-9A-Za-z-]+")


def obsidian_header(article: ArticleView) -> str:
    """Return the text above the marks, with a callout if the article is incomplete."""
    said = f"> [!warning] {article.completeness}" if article.completeness else ""
    return _header(article, said)


def plain_header(article: ArticleView) -> str:
    """Return the text above the marks."""
    return _header(article, article.completeness)


def obsidian_mark(mark: MarkView) -> str:
    """Return a mark as a callout for its kind and status, with its source in it.

    The callout can be embedded elsewhere by its block id, with `![[…#^a-…]]`.
    """
    words = " · ".join(each for each in (mark.kind, mark.status) if each)
    title = f"[!{mark.callout}] {escape_line(words[:1].upper() + words[1:])}".rstrip()
    tags = " ".join(f"#{tag}" for tag in mark.tags)
    source = " · ".join(part for part in (source_link(mark), tags) if part)
    inside = f"{mark.markdown}\n\n{source}" if source else mark.markdown
    parts = [
        quoted(f"{title}\n{inside}"),
        f"^{mark.block}",
        now_reads(mark),
        own_markdown(mark.note),
        list_below(mark.note, _obsidian_fields(mark)),
    ]
    return _joined(parts)


def plain_mark(mark: MarkView) -> str:
    """Return a mark in Markdown that every renderer knows."""
    kind = escape_line(mark.kind)
    heading = (
        f"**{kind}**" if kind else "",
        mark.status,
        source_link(mark),
        ", ".join(map(escape_line, mark.tags)),
    )
    parts = [
        f'<a id="{mark.block}"></a>',
        quoted(mark.markdown),
        " · ".join(part for part in heading if part),
        now_reads(mark),
        own_markdown(mark.note),
        list_below(mark.note, _plain_fields(mark)),
    ]
    return _joined(parts)


def source_link(mark: MarkView) -> str:
    """Return a Markdown link to the passage on its page, or to the page if it was not found."""
    words = "in the article" if mark.found else "the article"
    return f"[{words}](<{mark.link}>)" if mark.link else ""


def now_reads(mark: MarkView) -> str:
    """Return what the article says now instead of the words that were marked, if it does."""
    if not mark.now:
        return ""
    return f"The article has changed. It now reads:\n\n{quoted(with_breaks(escape(mark.now)))}"


def own_markdown(note: str) -> str:
    """Return a note, the user's own Markdown, so that it cannot end its block.

    HTML is escaped, but for addresses in angle brackets and code; code that is left open
    is closed.
    """
    written: list[str] = []
    words: list[str] = []
    fence = ""
    for line in note.strip().split("\n"):
        if fence:
            written.append(_COMMENT.sub(r"\\", line))
            is_end = line.lstrip(" ").startswith(fence) and not line.strip(f" \t{fence[0]}")
            fence = "" if is_end else fence
        elif opening := _FENCE.match(line):
            written += [*_without_html(words), _COMMENT.sub(r"\\", line)]
            fence = opening[1]
            words.clear()
        else:
            words.append(line)
    return "\n".join([*written, *_without_html(words), *([fence] if fence else [])])


def _without_html(lines: Sequence[str]) -> Sequence[str]:
    """Return lines without HTML, if there are any."""
    text = _HTML.sub(_escaped, "\n".join(lines))
    return [_BLOCK_ID.sub(r"\\^", text)] if lines else []


def _escaped(found: re.Match[str]) -> str:
    return _COMMENT.sub(r"\\", found[0]) if found["kept"] else f"\\{found[0]}"


def list_below(note: str, items: Iterable[str]) -> str:
    """Return a list that stays a list of its own below a note that may end in one.

    In Markdown, two lists with a blank line between them are one, unless their signs differ.
    """
    sign = "*" if _LIST_ITEM.search(note) else "-"
    return "\n".join(f"{sign} {each}" for each in items)


def link_words(words: str) -> str:
    """Return the text of a link within a vault, where a backslash does not escape."""
    return " ".join(_MEANT_IN_A_LINK.sub(" ", words).split())


def wiki_link(link: LinkView) -> str:
    """Return a link to a page, or one within a vault to the block of a mark.

    A mark without a note is its words.
    """
    if link.address:
        return f"[{escape_line(link.words)}](<{link.address}>)"
    if not (link.is_here or link.file):
        return escape_line(link.words) or GONE
    words = link_words(link.words) or "the mark"
    return f"[[{'' if link.is_here else link.file}#^{link.block}|{words}]]"


def plain_link(link: LinkView) -> str:
    """Return a Markdown link to a page, or to a mark in its file; its words if it has none."""
    words = escape_line(link.words)
    if link.address:
        return f"[{words}](<{link.address}>)"
    if not (link.is_here or link.file):
        return words or GONE
    place = f"#{link.block}" if link.is_here else f"<{link.file}.md#{link.block}>"
    return f"[{words or 'the mark'}]({place})"


def block_name(identity: str) -> str:
    """Return the name of the managed block of `identity` in its comments."""
    return _NOT_IN_A_NAME.sub("-", identity)


def digest(body: str) -> str:
    """Return a digest of a block that ignores line ends and outer white space."""
    lines = (line.rstrip() for line in body.strip().splitlines())
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:DIGITS]


def _header(article: ArticleView, completeness: str) -> str:
    source = article.source_line
    minutes = count(article.minutes, "minute")
    parts = (
        f"# {escape_line(article.title) or 'Untitled'}",
        " · ".join(part for part in (source, minutes) if part),
        completeness,
    )
    return _joined(parts)


def _obsidian_fields(mark: MarkView) -> Iterator[str]:
    """Yield the fields of a claim and the links of a mark as list items.

    `name:: value` is a field for Obsidian's Dataview; elsewhere it is a readable list item.
    """
    for field in mark.fields:
        yield f"{field.key}:: {escape_line(field.value)}"
    for link in (*mark.links, *mark.backlinks):
        yield f"{link.relation}:: {wiki_link(link)}{_note_on(link)}"


def _plain_fields(mark: MarkView) -> Iterator[str]:
    for field in mark.fields:
        yield f"**{field.label}:** {escape_line(field.value)}"
    for link in (*mark.links, *mark.backlinks):
        relation = link.relation.replace("-", " ")
        yield f"**{relation}** {plain_link(link)}{_note_on(link)}"


def _note_on(link: LinkView) -> str:
    return f" — {escape_line(link.note)}" if link.note else ""


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(part for part in parts if part).strip("\n")
