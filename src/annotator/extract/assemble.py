"""From passages with their verdicts to the blocks of an article and the residue ledger."""

from dataclasses import dataclass, replace

from annotator.extract.passages import Passage, Rule
from annotator.extract.typography import mend
from annotator.model.article import Block
from annotator.model.extraction import Removal

MAX_BLOCKS = 50_000  # a book has ten thousand paragraphs
_JOINED = frozenset({"outside", "hidden"})  # whole parts of a page, which read better in one entry


@dataclass(frozen=True, slots=True)
class Assembled:
    """The article's blocks, and what did not become one."""

    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...]


def assemble(passages: list[Passage]) -> Assembled:
    """Return what was kept as blocks, and what was not as removals, each in its place."""
    shown = _shown(passages)
    blocks: list[Block] = []
    removals: list[Removal] = []
    for passage in passages:
        if passage.verdict is not None and passage.text.strip():
            _enter(removals, passage.verdict, passage.text, len(blocks))
        elif id(passage) in shown:
            blocks.append(mend(passage.block))
    return Assembled(tuple(blocks), tuple(removals))


def _shown(passages: list[Passage]) -> frozenset[int]:
    """Return the kept passages, without rules in a row or at the ends, and images shown before."""
    shown: list[Passage] = []
    sources: set[str] = set()
    for passage in passages:
        block = passage.block
        is_echo = block.kind == "image" and block.source in sources
        is_idle_rule = block.kind == "rule" and (not shown or shown[-1].block.kind == "rule")
        if passage.is_kept and not is_echo and not is_idle_rule and len(shown) < MAX_BLOCKS:
            shown.append(passage)
            sources.update({block.source} - {""})
    while shown and shown[-1].block.kind == "rule":
        shown.pop()
    return frozenset(map(id, shown))


def _enter(removals: list[Removal], rule: Rule, text: str, before: int) -> None:
    entry = Removal(rule.step, rule.name, rule.reason, text, before)
    last = removals[-1] if removals else None
    if last and rule.step in _JOINED and replace(last, text=text) == entry:
        removals[-1] = replace(last, text=f"{last.text}\n{text}")
    else:
        removals.append(entry)
