"""The merge of a note that its user may have edited with what the library holds now.

A note is text of the user with managed blocks in it, one for each mark. Three versions
of a block meet: what was exported last, what is in the file, and what the library holds.

| in the file | in the library | then |
|---|---|---|
| as exported | changed | the block is replaced |
| edited | as exported | the block is left as it is |
| edited | changed | the lines are merged, see `line_merge` |
| as exported | deleted | the block is struck through and dated, or removed when pruning |
| edited | deleted | the user's text stays, and a callout says that the mark was deleted |
| emptied | anything | the block stays empty, and is removed if the mark is deleted and pruned |
| missing | a mark | the block is inserted after the mark before it in the article; of one \
that was exported, that is said |
| as exported, among the marks not found | found again | the block is inserted in the same way |

Where both changed the same line, that of the user stays, and a callout at the end of the block
shows the new one. Text outside of blocks is never changed. A user who does not want a mark in
the note empties its block and leaves the two comments.

What was exported last is known from `Exported`. Where that was lost, the stamp in
the first comment of a block stands for it, which tells edits from changes as well, and whether
both sides only added lines. Otherwise the callout has the lines that the user's block lacks.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from annotator.export.markdown.block_syntax import (
    LOGSEQ,
    MARKDOWN,
    Syntax,
    block_name,
    lines_of,
    stamp_of,
)
from annotator.export.markdown.line_merge import LineMerge, key_of, merge_lines

_BLANK_LINE = re.compile(r"\A\r?\n")
_BLANK_END = re.compile(r"(?:\A|\n)\r?\n\Z")
_COMMENTS = 2  # of a block, one at its beginning and one at its end


class _Patterns(Struct, frozen=True):
    """The regular expressions for the notes of one syntax."""

    block: re.Pattern[str]
    mentioned: re.Pattern[str]
    deleted: re.Pattern[str]
    deleted_at_end: re.Pattern[str]


@cache
def _patterns(syntax: Syntax) -> _Patterns:
    bullet = f"(?:{re.escape(syntax.bullet)})?"  # an editor may write one more, or one less
    opening, closing = re.escape(syntax.opening), re.escape(syntax.closing)
    line = rf"[ \t]*{bullet}{opening}annotator:"
    said = re.escape(syntax.deleted.removeprefix("- ").strip("*/"))
    said = said.replace(r"\{\}", r"(?P<date>[\d-]+)")
    return _Patterns(
        re.compile(
            rf"^(?P<begin>{line}begin (?P<name>\S+)(?: (?P<stamp>\S+))?{closing}[ \t]*\r?\n)"
            rf"(?P<inner>(?:(?!{line}(?:begin|end) ).*\n)*?)"
            rf"(?P<end>{line}end (?P=name){closing}[ \t]*\r?(?:\n|\Z))",
            re.MULTILINE,
        ),
        re.compile(rf"(?<!\\){opening}annotator:(?:begin|end) ([\w-]+)"),  # not as escaped text
        re.compile(said),
        re.compile(rf"\s*^[ \t]*(?:- )?[*_/]{said}[*_/]\s*\Z", re.MULTILINE),  # of any language
    )


class NoteBlock(Struct, frozen=True):
    """The contents of the block of a mark; `is_lost` if its passage is not in the article.

    An edited one that `is_long` is left as it is if it is not known what was exported: a newer
    version of it would double the note.
    """

    mark_id: str
    body: str
    is_lost: bool = False
    is_long: bool = False


Outcome = Literal["new", "again", "updated", "conflict", "deleted", "removed", "same"]


class BlockMerge(Struct, frozen=True):
    """The merged text, and what happened to the block of each mark whose block is whole.

    `problems` are sentences about blocks that were left alone, since they are broken, and
    `away` are the marks whose blocks are elsewhere.
    """

    text: str
    outcomes: Mapping[str, Outcome]
    problems: tuple[str, ...] = ()
    away: tuple[str, ...] = ()


class _Block(Struct, frozen=True):
    """A managed block as it is in a file: its two comments, and all that is between them.

    `stamp` is the one in the first comment, of the last body that the library had.
    """

    name: str
    stamp: str
    begin: str
    inner: str
    end: str
    syntax: Syntax = MARKDOWN

    @property
    def source(self) -> str:
        return f"{self.begin}{self.inner}{self.end}"

    @property
    def stamp_now(self) -> str:
        return stamp_of(self.inner)

    @property
    def is_edited(self) -> bool:
        return self.stamp_now != self.stamp

    @property
    def is_emptied(self) -> bool:
        return self.is_edited and not self.inner.strip()

    def stamped(self, stamp: str) -> "_Block":
        if stamp == self.stamp:
            return self
        line_end = self.begin[len(self.begin.rstrip("\r\n")) :]
        begin = f"{self.syntax.comment(f'begin {self.name} {stamp}')}{line_end}"
        return replace(self, stamp=stamp, begin=begin)

    def with_body(self, body: str) -> "_Block":
        newline, gap = "\r\n" if self.begin.endswith("\r\n") else "\n", self.syntax.gap
        end = self.end
        if gap and not self.begin[:1].isspace():  # an outline had it below a bullet
            line_end = end[len(end.rstrip("\r\n")) :]
            end = f"{self.syntax.comment(f'end {self.name}')}{line_end}"
        return replace(self, inner=f"{gap}{body}\n{gap}".replace("\n", newline), end=end)

    def extended(self, addition: str) -> "_Block":
        newline, gap = "\r\n" if self.begin.endswith("\r\n") else "\n", self.syntax.gap
        added = f"\n{gap}{addition}\n{gap}".replace("\n", newline)
        return replace(self, inner=f"{self.inner.rstrip()}{added}")


_Part = str | _Block


def mentioned_blocks(text: str, syntax: Syntax = MARKDOWN) -> set[str]:
    """Return the names of the blocks in a text, also of broken ones."""
    return set(_patterns(syntax).mentioned.findall(text))


def merge_blocks(
    text: str,
    blocks: Sequence[NoteBlock],
    *,
    exported: Mapping[str, str] | None = None,
    deleted: Mapping[str, str] | None = None,
    elsewhere: Iterable[str] = (),
    prunes: bool = False,
    syntax: Syntax = MARKDOWN,
) -> BlockMerge:
    """Return the text of a note with the blocks of its marks, which are in the article's order.

    `exported` are the bodies that were exported last, by the ids of their marks, as far
    as they are known. `deleted` has the dates on which marks of this note were deleted,
    `elsewhere` are the marks whose blocks are in other notes, if they are not in this one.
    """
    merger = _Merger(
        {block_name(block.mark_id): block for block in blocks},
        {block_name(key): body for key, body in (exported or {}).items()},
        {block_name(key): (key, date) for key, date in (deleted or {}).items()},
        {block_name(key): key for key in elsewhere},
        prunes,
        syntax,
    )
    merged = merger.merge(text)
    # A block that another one broke by being in it may be whole now, and must not wait.
    while merged.problems and not {"removed", "updated"}.isdisjoint(merged.outcomes.values()):
        again = merger.merge(merged.text)
        if len(again.problems) >= len(merged.problems):
            break
        done = {key: outcome for key, outcome in merged.outcomes.items() if outcome != "same"}
        merged = replace(again, outcomes={**again.outcomes, **done})
    return merged


class _Merger(Struct, frozen=True):
    """What the library holds now, and what it held at the last export, by the names of blocks."""

    current: Mapping[str, NoteBlock]
    exported: Mapping[str, str]
    deleted: Mapping[str, tuple[str, str]]
    elsewhere: Mapping[str, str]
    prunes: bool
    syntax: Syntax

    def merge(self, text: str) -> BlockMerge:
        """Return what `merge_blocks` does in one pass."""
        newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
        parts, problems = _parsed(text, self.syntax)
        outcomes: dict[str, Outcome] = {}
        lost, found_again = _among_the_lost(parts, self.syntax), set()
        for index, part in enumerate(parts):
            if isinstance(part, str):
                continue
            wanted = self.current.get(part.name)
            if wanted and part.name in lost and not (part.is_edited or wanted.is_lost):
                found_again.add(part.name)
                parts[index] = ""
            elif wanted:
                outcomes[wanted.mark_id], parts[index] = self._with_current(part, wanted)
            elif part.name in self.deleted:
                mark_id, date = self.deleted[part.name]
                outcomes[mark_id], parts[index] = self._with_deleted(part, date)
            else:
                problems.append(f"The block {part.name} belongs to another note.")
        parts = _without_gaps(parts)
        mentioned = mentioned_blocks(text, self.syntax)
        for name, block in self.current.items():
            if name in found_again or not (name in mentioned or name in self.elsewhere):
                self._insert(parts, block, newline=newline)
                is_again = name in self.exported  # the user deleted it
                new: Outcome = "again" if is_again else "new"
                outcomes[block.mark_id] = "updated" if name in found_again else new
        away = (
            key
            for name, key in self.elsewhere.items()
            if name not in mentioned or outcomes.get(key) == "removed"
        )
        return BlockMerge("".join(map(_source, parts)), outcomes, tuple(problems), tuple(away))

    def _with_current(self, block: _Block, current: NoteBlock) -> tuple[Outcome, _Block]:
        """Return what happens to the block of a mark that the library has."""
        body, gap = current.body, self.syntax.gap
        stamp = stamp_of(body)
        patterns = _patterns(self.syntax)
        deleted = patterns.deleted.search(block.inner)  # the mark was restored since
        if block.is_edited and (at_end := patterns.deleted_at_end.search(block.inner)):
            block = replace(block, inner=f"{block.inner[: at_end.start()]}\n{gap}")
        if block.is_emptied or stamp in {block.stamp_now, block.stamp}:
            return "same", block.stamped(stamp)
        if not block.is_edited:
            return "updated", block.stamped(stamp).with_body(body)
        exported = self.exported.get(block.name, "")
        if deleted and stamp_of(exported) != block.stamp:
            languages = (self.syntax, MARKDOWN, LOGSEQ)  # it may be from before
            in_all = (_struck(exported, deleted["date"], syntax) for syntax in languages)
            exported = next((struck for struck in in_all if stamp_of(struck) == block.stamp), "")
        if stamp_of(exported) != block.stamp:  # not known, or from another computer
            exported = self._struck_without_date(exported, block.inner) or _if_only_added(
                block, body
            )
        if not exported and current.is_long:
            return "same", block.stamped(stamp)
        return self._with_both(block.stamped(stamp), exported, body)

    def _struck_without_date(self, exported: str, inner: str) -> str:
        """Return what was exported, struck through, if the user removed only its last line.

        That line is the one that says when the mark was deleted. Otherwise, return nothing.
        """
        struck = self.syntax.said.sub(self.syntax.struck, exported)
        lines = set(struck.split("\n")) - set(exported.split("\n"))
        return struck if lines and lines <= set(inner.replace("\r\n", "\n").split("\n")) else ""

    def _with_both(self, block: _Block, exported: str, body: str) -> tuple[Outcome, _Block]:
        """Return a block that was edited with the newer body, by lines.

        A line that was changed on both sides stays as its user wrote it, and the newer one is
        below, in a callout. If it is not known what was exported, so are those that it lacks.
        """
        own = block.inner.replace("\r\n", "\n").strip("\n")
        old, new = exported.split("\n"), body.split("\n")
        told, shown = self.syntax.told(own), set[str]()
        if told and told.keys <= {"", *map(key_of, (*old, *new))}:  # as it was written
            own, shown = own[: told.start].rstrip("\n"), set(told.keys)
        merge = merge_lines(old, own.split("\n"), new)
        if not exported:
            known = set(map(key_of, own.split("\n")))
            merge = LineMerge(own.split("\n"), [line for line in new if key_of(line) not in known])
        shown -= {*map(key_of, merge.lines)}
        newer, last = list[str](), -1
        for at, line in enumerate(new):
            if line in merge.clashes or key_of(line) in shown - {""}:
                newer += [""] if newer and last < at - 1 else []  # they are no one paragraph
                newer.append(line)
                last = at
        merged = block.with_body("\n".join(merge.lines).strip("\n"))
        if any(map(str.strip, newer)):
            merged = merged.extended(self.syntax.newer("\n".join(newer)))
        is_same = merged.stamp_now == block.stamp_now
        return "conflict" if merge.clashes else "same" if is_same else "updated", merged

    def _with_deleted(self, block: _Block, date: str) -> tuple[Outcome, _Part]:
        """Return what happens to the block of a mark that was deleted."""
        if self.prunes and (block.is_emptied or not block.is_edited):
            return "removed", ""
        syntax = self.syntax
        if block.is_emptied or _patterns(syntax).deleted_at_end.search(block.inner):
            return "same", block
        if block.is_edited:
            return "deleted", block.extended(syntax.deleted.format(date))
        body = block.inner.replace("\r\n", "\n").strip("\n")
        struck = block.with_body(_struck(body, date, syntax))
        return "deleted", struck.stamped(struck.stamp_now)

    def _insert(self, parts: list[_Part], block: NoteBlock, *, newline: str) -> None:
        """Insert a new block where the article has its mark.

        That is below the nearest mark before it that is in the note, and below what the user
        wrote under that one, up to a heading or the next block; otherwise above the nearest
        mark after it; otherwise at the end.
        """
        syntax, order = self.syntax, list(self.current)
        name = block_name(block.mark_id)
        here = order.index(name)
        lost = _among_the_lost(parts, syntax)
        places = {
            part.name: at
            for at, part in enumerate(parts)
            if isinstance(part, _Block) and part.name not in lost
        }
        above = next((places[key] for key in reversed(order[:here]) if key in places), None)
        below = next((places[key] for key in order[here:] if key in places), None)
        title = re.compile(rf"^{re.escape(syntax.lost_heading)}", re.MULTILINE)
        titled = [
            at for at, text in enumerate(parts) if isinstance(text, str) and title.search(text)
        ]
        gap, heading, space = len(parts) - 1, "", newline if syntax.gap else ""
        head, tail = _source(parts[gap]), ""
        if block.is_lost:
            heading = "" if titled else f"{syntax.lost_heading}{newline}{space}"
        elif above is not None:
            gap = above + 1
            text = _source(parts[gap])
            at = next(_headings(text, syntax), len(text))
            head, tail = text[:at], text[at:]
        elif below is not None:
            gap = below - 1
            head = _source(parts[gap])
        elif titled:
            gap = titled[0]
            text = _source(parts[gap])
            match = title.search(text)
            start = match.start() if match else len(text)
            head, tail = text[:start], text[start:]
        before = f"{_source(parts[gap - 1]) if gap else ''}{head}"
        after = space if tail or gap < len(parts) - 1 else ""
        stamp = stamp_of(block.body)
        begin = f"{syntax.comment(f'begin {name} {stamp}')}{newline}"
        end = f"{syntax.comment(f'end {name}')}{newline}"
        parts[gap : gap + 1] = [
            f"{head}{_space_after(before, newline, space)}{heading}",
            _Block(name, stamp, begin, "", end, syntax).with_body(block.body),
            f"{after}{tail}",
        ]


def _if_only_added(block: _Block, body: str) -> str:
    """Return what was exported if both sides only added lines to it; nothing if not."""
    own, new = block.inner.replace("\r\n", "\n").strip("\n").split("\n"), body.split("\n")
    matches = SequenceMatcher(None, own, new, autojunk=False).get_matching_blocks()
    shared = "\n".join(line for at, _, size in matches for line in own[at : at + size]).strip("\n")
    return shared if stamp_of(shared) == block.stamp else ""


def _struck(body: str, date: str, syntax: Syntax) -> str:
    """Return the body of a mark that was deleted, with the line that says so."""
    line = syntax.deleted.format(date)
    return f"{syntax.said.sub(syntax.struck, body)}\n{syntax.gap}{line}"


def _among_the_lost(parts: Sequence[_Part], syntax: Syntax) -> set[str]:
    """Return the names of the blocks below the heading of marks that were not found."""
    names: set[str] = set()
    is_below = False
    for part in parts:
        if isinstance(part, _Block):
            names.update({part.name} if is_below else ())
        elif headings := [part[at:] for at in _headings(part, syntax)]:
            is_below = headings[-1].startswith(syntax.lost_heading)
    return names


def _parsed(text: str, syntax: Syntax) -> tuple[list[_Part], list[str]]:
    """Return the blocks of a note and the text around them, and what is wrong with it.

    A block that lacks a comment, or that is there twice, is text like any other.
    """
    patterns = _patterns(syntax)
    comments = Counter(patterns.mentioned.findall(text))
    parts: list[_Part] = []
    at = 0
    for match in patterns.block.finditer(text):
        if comments[match["name"]] == _COMMENTS:
            stamp, begin = match["stamp"] or "", match["begin"]
            block = _Block(match["name"], stamp, begin, match["inner"], match["end"], syntax)
            parts += [text[at : match.start()], block]
            at = match.end()
    parts.append(text[at:])
    whole = {part.name for part in parts if isinstance(part, _Block)}
    problems = [
        f"The block {name} is there twice, or a part of it."
        if number > _COMMENTS
        else f"The block {name} is broken: one of its two comments is missing or was moved."
        for name, number in comments.items()
        if name not in whole
    ]
    return parts, problems


def _without_gaps(parts: Sequence[_Part]) -> list[_Part]:
    """Return texts and blocks in turn, without the empty line that a removed block leaves."""
    joined: list[_Part] = [""]
    for part in parts:
        if isinstance(part, _Block):
            joined += [part, ""]
        elif isinstance(joined[-1], str):
            before, after = joined[-1], part
            joined[-1] = before + (
                _BLANK_LINE.sub("", after) if _BLANK_END.search(before) else after
            )
    return joined


def _headings(text: str, syntax: Syntax) -> Iterator[int]:
    """Yield where the headings of a text begin, but for those in a block of code."""
    fence, at = "", 0
    for line in lines_of(text):
        mark = syntax.fence.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        elif not fence and syntax.heading.match(line):
            yield at
        at += len(line)


def _space_after(text: str, newline: str, space: str) -> str:
    """Return what ends the last line of `text`, and makes the `space` below it."""
    if not text or _BLANK_END.search(text):
        return ""
    return space if text.endswith("\n") else f"{newline}{space}"


def _source(part: _Part) -> str:
    return part if isinstance(part, str) else part.source
