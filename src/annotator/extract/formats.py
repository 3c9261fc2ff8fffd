"""Sources that are not HTML.

Plain text is read as passages: title, caption, headings, lists, paragraphs. Markdown is
rendered to HTML, which is then read like any other page.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from annotator.extract.blocks.captions import has_bracketed_credit, split_credit
from annotator.extract.families import hit_of_line, line_of
from annotator.extract.metadata.dates import iso
from annotator.extract.metadata.facts import Facts
from annotator.extract.metadata.people import names
from annotator.extract.passages import ArticleDraft, Passage, Region
from annotator.extract.residue.lines import is_site_line
from annotator.model.article import Block
from annotator.model.text import clean_line, clean_text

LONGEST_TITLE = 200  # characters; a longer line is a first paragraph
LONGEST_HEADING = 80
LONGEST_WRAPPED = 100  # characters of a line that an editor wrapped
SHORTEST_WRAPPED = 45
HEAD = 6  # passages among which a caption, a byline and a date may be
MANY_LINES = 3
PROSE = 100  # characters of the shortest paragraph below a heading

_BLANK = re.compile(r"\n[ \t]*\n+")
_FIELD = re.compile(
    r"(title|author|byline|by|date|published|source|url|site)[ \t]*:[ \t]+(\S.*)", re.IGNORECASE
)
_BULLET = re.compile(r"(?P<indent>[ ]{0,12})(?:[-*•‣◦–]|(?P<number>\d{1,3})[.)])[ ]+(?P<text>\S.*)")
_UNDERLINE = re.compile(r"[=\-~_*#]{3,}")
_ENDS_SENTENCE = re.compile(r"[.!?…:;,。！？”\"')]\s*\Z")

MAX_FRONT_MATTER = 20_000  # characters

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"([A-Za-z_][\w -]{0,40})\s*:[ \t]*(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_FENCE = re.compile(r"[ ]{0,3}(```+|~~~+)")
_NOTE = re.compile(r"\[\^([\w-]{1,20})\]:[ \t]*(.*)")
_REFERENCE = re.compile(r"\[\^([\w-]{1,20})\]")
_LINK = r'<sup><a href="#fn-\1">\1</a></sup>'


def read_plain_text(text: str, *, name: str = "") -> tuple[ArticleDraft, Facts]:
    """Return the passages of a text, and what its first lines say about it.

    `name` is its title if it does not start with one.
    """
    body = Region("body", "", 0)
    facts, text = _fields(clean_text(text).strip("\n"))
    chunks = [chunk for chunk in _BLANK.split(text) if chunk.strip()]
    if not facts.title and chunks and _is_title(chunks):
        first, _, rest = chunks[0].strip().partition("\n")
        facts = replace(facts, title=clean_line(first))
        chunks[:1] = [rest] if rest.strip() and not _UNDERLINE.fullmatch(rest.strip()) else []
    blocks = [block for chunk in chunks for block in _blocks(chunk)]
    # A caption is a line near the top that ends with a credit in brackets.
    for index, block in enumerate(blocks[:HEAD]):
        is_line = block.kind == "paragraph" and "\n" not in block.text
        if is_line and has_bracketed_credit(block.text):
            caption, credit = split_credit(block.text)
            blocks[index] = Block("image", caption, credit=credit)
    for index in [at for at in range(1, len(blocks) - 1) if _is_heading(blocks, at)]:
        blocks[index] = replace(blocks[index], kind="heading", level=2)
    # A byline and a date below the title.
    for block in blocks[:HEAD]:
        hit = hit_of_line(line_of(block.text))
        if hit and hit.rule.name == "byline":
            facts = facts.filled_from(Facts(byline=names([block.text])))
        elif hit and hit.rule.name == "dateline":
            facts = facts.filled_from(Facts(published=iso(block.text)))
    facts = facts if facts.title else replace(facts, title=name)
    passages = [Passage(block, body) for block in blocks]
    return ArticleDraft(passages, [body], facts.title, facts.byline), facts


def _fields(text: str) -> tuple[Facts, str]:
    """Return the facts from lines such as `Title: …` at the top, and the text below them."""
    fields: dict[str, str] = {}
    lines = text.split("\n")
    while lines and (match := _FIELD.fullmatch(lines[0].strip())):
        fields.setdefault(match[1].lower(), match[2])
        lines.pop(0)
    if "title" not in fields:
        return Facts(), text
    facts = Facts(
        title=clean_line(fields["title"]),
        byline=names([fields.get("author") or fields.get("byline") or fields.get("by")]),
        published=iso(fields.get("date") or fields.get("published")),
        site_name=clean_line(fields.get("site") or fields.get("source")),
    )
    return facts, "\n".join(lines)


def _is_title(chunks: list[str]) -> bool:
    """Return whether the first line is a title: short, and not the first line of a paragraph."""
    lines = chunks[0].strip().split("\n")
    if len(lines[0]) > LONGEST_TITLE or _BULLET.fullmatch(lines[0]):
        return False
    is_alone = len(lines) == 1 or bool(_UNDERLINE.fullmatch(lines[1].strip())) or len(chunks) == 1
    has_more = len(chunks) > 1 or len(lines) > 1
    return is_alone and has_more and not lines[0].rstrip().endswith((".", ",", ";"))


def _blocks(chunk: str) -> Iterator[Block]:
    lines = [line.rstrip() for line in chunk.split("\n") if line.strip()]
    for is_item, group in groupby(lines, key=lambda line: bool(_BULLET.fullmatch(line))):
        run = list(group)
        yield from map(_item, run) if is_item else _paragraphs(run)


def _item(line: str) -> Block:
    match = _BULLET.fullmatch(line)
    number = match["number"] if match else None
    depth = 1 + len(match["indent"]) // 2 if match else 1
    text = match["text"] if match else line
    return Block("list_item", _folded(text), depth=depth, ordinal=int(number) if number else None)


def _paragraphs(lines: list[str]) -> Iterator[Block]:
    """Yield lines as a wrapped paragraph, as verse, or as a paragraph each."""
    if _is_wrapped(lines):
        yield Block("paragraph", _folded(" ".join(lines)))
    elif max(map(len, lines)) < SHORTEST_WRAPPED * 2 and not any(
        hit_of_line(line_of(line)) for line in lines
    ):
        yield Block("paragraph", "\n".join(map(_folded, lines)))
    else:
        for line in lines:
            if not _UNDERLINE.fullmatch(line.strip()):
                yield Block("paragraph", _folded(line))


def _is_wrapped(lines: list[str]) -> bool:
    if len(lines) == 1:
        return True
    full = [len(line) for line in lines[:-1]]
    if max(full) > LONGEST_WRAPPED or hit_of_line(line_of(lines[0])):
        return False
    breaks_words = sum(1 for line in lines[:-1] if not _ENDS_SENTENCE.search(line))
    return min(full) >= SHORTEST_WRAPPED and (breaks_words > 0 or len(lines) >= MANY_LINES)


def _is_heading(blocks: list[Block], index: int) -> bool:
    block, before, after = blocks[index], blocks[index - 1], blocks[index + 1]
    if block.kind != "paragraph" or "\n" in block.text or len(block.text) > LONGEST_HEADING:
        return False
    is_between = min(len(before.text), len(after.text)) >= PROSE
    return is_between and not (_ENDS_SENTENCE.search(block.text) or is_site_line(block.text))


def _folded(line: str) -> str:
    return " ".join(line.split())


def read_markdown(text: str) -> tuple[str, Facts]:
    """Return a Markdown text as HTML, and the facts in its front matter."""
    from markdown_it import MarkdownIt  # most pages do without it

    match = _FRONT_MATTER.match(text[:MAX_FRONT_MATTER])
    facts = _facts(_entries(match[1])) if match else Facts()
    body = text[match.end() :] if match else text
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return f"<html><body>{renderer.render(_with_notes(body))}</body></html>", facts


def _entries(front_matter: str) -> dict[str, list[str]]:
    """Return the values of each key in a front matter."""
    entries: dict[str, list[str]] = {}
    values: list[str] = []
    for line in front_matter.split("\n"):
        if entry := _ENTRY.fullmatch(line):
            values = entries.setdefault(entry[1].strip().lower(), [])
            text = entry[2].strip()
            is_list = text.startswith("[") and text.endswith("]") and not text.startswith("[[")
            values += map(_unquoted, text[1:-1].split(",") if is_list else [text] if text else [])
        elif item := _ITEM.fullmatch(line):
            values.append(_unquoted(item[1]))
    return entries


def _unquoted(value: str) -> str:
    value = value.strip().strip("'\"")
    return value.removeprefix("[[").removesuffix("]]")


def _facts(entries: dict[str, list[str]]) -> Facts:
    def first(*keys: str) -> str:
        return next((value for key in keys for value in entries.get(key, ())), "")

    return Facts(
        title=clean_line(first("title")),
        byline=names([*entries.get("author", ()), *entries.get("authors", ())]),
        site_name=clean_line(first("site", "site_name", "publisher")),
        published=iso(first("published", "date", "created")),
        modified=iso(first("modified", "updated", "lastmod")),
        language=clean_line(first("lang", "language"), limit=35),
        excerpt=clean_line(first("description", "excerpt", "summary"), limit=600),
    )


def _with_notes(text: str) -> str:
    """Return the text with its footnotes as links to HTML boxes at the end, except in code."""
    lines, notes, fence = [], list[str](), ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        note = None if fence else _NOTE.fullmatch(line)
        if note:
            notes.append(f'<div id="fn-{note[1]}">\n\n{note[2]}\n\n</div>\n')
        else:
            lines.append(line if fence else _REFERENCE.sub(_LINK, line))
    return "\n".join([*lines, "", *notes])
