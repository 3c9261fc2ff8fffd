"""The merge of a block by its lines: what its user wrote, and what the library says now.

Three versions of a block meet: what was exported last, what is in the file, and what the
library says. Lines that differ only in their formatting are the same: Prettier, mdformat and
outliners write another sign or number before an item, other escapes, or no brackets around an
address.
The lines of the library are in its order; a line that the user changed takes the place of the
one that it was made from, wherever that is now.
"""

import re
from collections import defaultdict
from collections.abc import Container, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

ALIKE = 0.5  # of the words of two lines, if one was made from the other

_LEAD = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,3}[.)])(?:[ \t]+|$))*")
_OWN_ID = re.compile(r"\^a-\S+|<a id=\"a-[\w-]+\"></a>|id:: \S+|:CUSTOM_ID:\s*\S+")
_ID = "^"  # of a mark, in any language
_FORMATTING = (
    (re.compile(r"\\(?=[^\w\s]|$)"), ""),  # escapes, and a line break of CommonMark
    (re.compile(r"\]\(<([^<>]*)>"), r"](\1"),
    (re.compile(r"-{3,}"), "---"),  # the rule of a table
    (re.compile(r"_"), "*"),  # emphasis
    (re.compile(r"\s+"), " "),
)


class LineMerge(Struct, frozen=True):
    """The merged lines, and those of the library where both sides changed the same line."""

    lines: Sequence[str]
    clashes: Sequence[str]


class _Aligned(Struct, frozen=True):
    """A version beside what was exported: the lines made from it, and those that are new.

    `lines` has for each line of the export that is still there the one that it became. `added`
    has by the line before which they are those that are new, each with the line that it was
    moved from, or None.
    """

    lines: dict[int, str]
    added: dict[int, list[tuple[str, int | None]]]


def merge_lines(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> LineMerge:
    """Return the lines of a block, of which `base` was exported and `theirs` is to be."""
    own = _aligned(base, mine)
    new = _aligned(base, theirs, there=own.lines)
    moved = {at for added in new.added.values() for _, at in added if at is not None}
    lines, clashes = list[str](), list[str]()

    def put(line: str, made_from: int) -> None:
        shown, clashing = _settled(line, base[made_from], own.lines.get(made_from))
        lines.extend(shown)
        clashes.extend(clashing)

    for at in range(len(base) + 1):
        added = [line for line, _ in own.added[at]]
        known = set(map(key_of, added)) - {""}
        for line, made_from in new.added[at]:
            if made_from is not None:
                put(line, made_from)
            elif key_of(line) not in known:
                lines.append(line)
        if added and not added[0].strip() and lines and not lines[-1].strip():
            del added[0]
        lines += added
        if at in new.lines:
            put(new.lines[at], at)
        elif at in own.lines and at not in moved and key_of(own.lines[at]) != key_of(base[at]):
            lines.append(own.lines[at])  # the library has it no more, but the user changed it
    return LineMerge(lines, clashes)


def _settled(line: str, before: str, kept: str | None) -> tuple[list[str], list[str]]:
    """Return what stands for a line of the library, and the line itself if both sides changed it.

    `before` is the line that was exported, `kept` what its user made of it.
    """
    is_same = key_of(line) == key_of(before)
    if kept is None:  # removed by the user
        return [], [] if is_same else [line]
    if key_of(kept) == key_of(before):
        return [kept if line == before else line], []
    if is_same and line != before:  # only its formatting is another
        return [f"{line[: _lead(line)]}{kept[_lead(kept) :]}"], []
    return [kept], [] if is_same or key_of(line) == key_of(kept) else [line]


def key_of(line: str) -> str:
    """Return a line without its formatting, as it can be compared."""
    content = line[_lead(line) :].strip()
    if _OWN_ID.fullmatch(content):
        return _ID
    for pattern, replacement in _FORMATTING:
        content = pattern.sub(replacement, content)
    return content.strip()


def _lead(line: str) -> int:
    match = _LEAD.match(line)
    return match.end() if match else 0


def _aligned(
    base: Sequence[str], side: Sequence[str], *, there: Container[int] | None = None
) -> _Aligned:
    """Return a version beside what was exported, of which the lines `there` were not removed."""
    keys, others = list(map(key_of, base)), list(map(key_of, side))
    lines: dict[int, str] = {}
    places: list[tuple[int, int]] = []  # of new lines: before which line of the base, and which
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            lines |= dict(zip(range(start, end), side[first:last], strict=True))
            continue
        at = start
        for number in range(first, last):
            is_only = end - start == last - first and at - start == number - first
            is_only = is_only and (there is None or at in there)
            is_only = is_only and _ID not in {others[number], keys[at]}
            alike = _most_alike(others[number], keys, at, end, is_only=is_only)
            if alike is None:
                places.append((at, number))
            else:
                lines[alike] = side[number]
                at = alike + 1
    gone = {keys[at]: at for at in reversed(range(len(base))) if keys[at] and at not in lines}
    added = defaultdict[int, list[tuple[str, int | None]]](list)
    for at, number in places:
        added[at].append((side[number], gone.pop(others[number], None)))
    return _Aligned(lines, added)


def _most_alike(
    line: str, keys: Sequence[str], start: int, end: int, *, is_only: bool
) -> int | None:
    """Return the line of a range that another was most likely made from, or None."""
    if is_only and start < end and bool(line) == bool(keys[start]):
        return start  # each line was changed by itself
    ratios = {
        at: SequenceMatcher(None, keys[at], line, autojunk=False).ratio()
        for at in range(start, end)
        if line and keys[at]
    }
    best = max(ratios, key=ratios.__getitem__, default=None)
    return best if best is not None and ratios[best] >= ALIKE else None
