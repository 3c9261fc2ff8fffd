"""The blocks of an article and the ledger of removals, from passages with their verdicts."""

from typing import NamedTuple

from msgspec import Struct

from annotator.extract.choice.density import is_prose
from annotator.extract.families import policy_of
from annotator.extract.finish.typography import repair_block
from annotator.extract.passages import Passage, Rule
from annotator.model.article import Block
from annotator.model.extraction import Removal
from annotator.model.overrides import name_of, numbered

MAX_BLOCKS = 50_000  # a book has ten thousand paragraphs
# Verdicts on whole parts of a page, which read better as a single entry.
_JOINED = frozenset({"outside", "hidden", "site"})


class Assembled(NamedTuple):
    """The blocks of an article, and the removed passages."""

    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...]


def assemble(passages: list[Passage]) -> Assembled:
    """Return the kept passages as blocks and the others as removals, each with its place."""
    shown = _shown(passages)
    blocks: list[Block] = []
    entries: list[_Entry] = []
    for passage, number in zip(passages, numbered(p.block for p in passages), strict=True):
        if passage.verdict is not None and passage.text.strip():
            is_separate = is_prose(passage) or not _is_mergeable(passage.verdict)
            lines, names = [passage.text], [name_of(*number)]
            _enter(entries, _Entry(passage.verdict, len(blocks), is_separate, lines, names))
        elif id(passage) in shown:
            blocks.append(repair_block(passage.block))
    return Assembled(tuple(blocks), tuple(map(_removal, entries)))


def _shown(passages: list[Passage]) -> frozenset[int]:
    """Return the ids of the kept passages that are shown: no repeated images or stray rules."""
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


class _Entry(Struct):
    """The lines that one rule removed in one place."""

    rule: Rule
    before: int
    is_separate: bool  # a paragraph has an entry of its own, so that the reader can restore it
    lines: list[str]
    passages: list[str]


def _enter(entries: list[_Entry], entry: _Entry) -> None:
    """Add an entry, or merge it with the last one if both belong to the same part of the page."""
    last = entries[-1] if entries else None
    is_more = last and not last.is_separate and not entry.is_separate
    if last and is_more and (last.rule, last.before) == (entry.rule, entry.before):
        last.lines += entry.lines
        last.passages += entry.passages
    else:
        entries.append(entry)


def _is_mergeable(rule: Rule) -> bool:
    is_box = rule.name.startswith("box-") or rule.name.endswith("-element")
    return rule.step in _JOINED or (is_box and policy_of(rule.step).merge_adjacent)


def _removal(entry: _Entry) -> Removal:
    rule, text = entry.rule, "\n".join(entry.lines)
    return Removal(rule.step, rule.name, rule.reason, text, entry.before, tuple(entry.passages))
