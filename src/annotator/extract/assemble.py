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
    blocks: list[Block] = []
    removals: list[Removal] = []
    for passage in passages:
        if passage.verdict is None:
            blocks.append(mend(passage.block))
        elif passage.text.strip():
            _enter(removals, passage.verdict, passage.text, len(blocks))
    return Assembled(tuple(_sound(blocks)), tuple(removals))


def _enter(removals: list[Removal], rule: Rule, text: str, before: int) -> None:
    entry = Removal(rule.step, rule.name, rule.reason, text, before)
    last = removals[-1] if removals else None
    is_same = last is not None and replace(last, text="") == replace(entry, text="")
    if last is not None and is_same and rule.step in _JOINED:
        removals[-1] = replace(last, text=f"{last.text}\n{text}")
    else:
        removals.append(entry)


def _sound(blocks: list[Block]) -> list[Block]:
    """Return the blocks without rules at the ends or in a row, and without an image's echo."""
    kept: list[Block] = []
    sources: set[str] = set()
    for block in blocks[:MAX_BLOCKS]:
        if block.kind == "rule" and (not kept or kept[-1].kind == "rule"):
            continue
        if block.kind == "image" and block.source and block.source in sources:
            continue
        sources.add(block.source)
        kept.append(block)
    while kept and kept[-1].kind == "rule":
        kept.pop()
    return kept
