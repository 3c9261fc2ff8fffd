"""From passages with their verdicts to the blocks of an article and the residue ledger."""

from dataclasses import dataclass

from annotator.extract.passages import Passage, Rule
from annotator.extract.typography import mend
from annotator.model.article import Block
from annotator.model.extraction import Removal

MAX_BLOCKS = 50_000  # a book has ten thousand paragraphs
# Whole parts of a page, which read better in one entry.
_JOINED = frozenset({"outside", "hidden"})
_JOINED_BOXES = frozenset(
    {"navigation", "comments", "related", "share", "footer", "tags", "cookie"}
)


@dataclass(frozen=True, slots=True)
class Assembled:
    """The article's blocks, and what did not become one."""

    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...]


def assemble(passages: list[Passage]) -> Assembled:
    """Return what was kept as blocks, and what was not as removals, each in its place."""
    shown = _shown(passages)
    blocks: list[Block] = []
    entries: list[_Entry] = []
    for passage in passages:
        if passage.verdict is not None and passage.text.strip():
            _enter(entries, passage.verdict, passage.text, len(blocks))
        elif id(passage) in shown:
            blocks.append(mend(passage.block))
    return Assembled(tuple(blocks), tuple(map(_removal, entries)))


def _shown(passages: list[Passage]) -> frozenset[int]:
    """Return the kept passages, without rules in a row or at the ends, and images shown before."""
    shown: list[Passage] = []
    sources: set[str] = set()
    for passage in passages:
        block = passage.block
        is_echo = block.kind == "image" and block.source in sources and not block.text
        is_idle_rule = block.kind == "rule" and (not shown or shown[-1].block.kind == "rule")
        is_empty = not block.text and block.kind not in {"image", "rule", "embed"}
        if (
            passage.is_kept
            and not is_empty
            and not is_echo
            and not is_idle_rule
            and len(shown) < MAX_BLOCKS
        ):
            shown.append(passage)
            sources.update({block.source} - {""})
    while shown and shown[-1].block.kind == "rule":
        shown.pop()
    return frozenset(map(id, shown))


@dataclass(slots=True)
class _Entry:
    """What one rule took in one place."""

    rule: Rule
    before: int
    lines: list[str]


def _enter(entries: list[_Entry], rule: Rule, text: str, before: int) -> None:
    last = entries[-1] if entries else None
    if last and _is_of_a_part(rule) and last.rule == rule and last.before == before:
        last.lines.append(text)
    else:
        entries.append(_Entry(rule, before, [text]))


def _is_of_a_part(rule: Rule) -> bool:
    is_box = rule.name.startswith("box-") or rule.name.endswith("-element")
    return rule.step in _JOINED or (is_box and rule.step in _JOINED_BOXES)


def _removal(entry: _Entry) -> Removal:
    rule = entry.rule
    return Removal(rule.step, rule.name, rule.reason, "\n".join(entry.lines), entry.before)
