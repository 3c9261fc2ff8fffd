"""The lists and quotations around the blocks of a page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from annotator.model import Block

_QUOTE = "blockquote"
_SIGN = re.compile(r"\[[x ]\]|[A-Za-z]+\.")  # what may stand in a style


@dataclass(slots=True)
class Containers:
    """What is open: quotations, and for each level of a list its tag and `li`."""

    tags: list[str] = field(default_factory=list)

    def enter(self, block: Block) -> Iterator[str]:
        """Yield what closes and opens before `block` is written."""
        wanted = self._wanted(block)
        shared = 0
        while shared < min(len(wanted), len(self.tags)) and self.tags[shared] == wanted[shared]:
            shared += 1
        if block.kind == "list_item" and shared == len(wanted):
            shared -= 1  # another item of the list that is open
        yield from self.close(shared)
        for number, tag in enumerate(wanted[shared:], start=shared + 1):
            is_item = number == len(wanted) and block.kind == "list_item" and tag == "li"
            yield _item(block) if is_item else f"<{tag}>"
            self.tags.append(tag)

    def close(self, depth: int) -> Iterator[str]:
        """Yield what closes all but the outermost `depth` of them."""
        while len(self.tags) > depth:
            yield f"</{self.tags.pop()}>"

    def _wanted(self, block: Block) -> list[str]:
        quotes = [_QUOTE] * max(block.quote_depth, int(block.kind == "quote"))
        if block.kind == "quote" and block.depth and self.tags[:1] != [_QUOTE]:
            return [*self._lists(block, self.tags), *quotes]
        is_open = self.tags[: len(quotes)] == quotes
        return [*quotes, *self._lists(block, self.tags[len(quotes) :] if is_open else [])]

    def _lists(self, block: Block, tags: Sequence[str]) -> list[str]:
        """Return the levels of lists that `block` stands in, as far as they are known."""
        levels = [tag for tag in tags if tag in {"ul", "ol"}]
        if block.kind != "list_item":
            levels = levels[: block.depth]
        else:
            outer = levels[: max(0, block.depth - 1)]
            outer += ["ul"] * (max(1, block.depth) - 1 - len(outer))
            levels = [*outer, "ul" if block.ordinal is None else "ol"]
        return [tag for level in levels for tag in (level, "li")]


def _item(block: Block) -> str:
    value = "" if block.ordinal is None else f' value="{block.ordinal}"'
    sign = escape(f"'{block.label} '") if _SIGN.fullmatch(block.label) else ""
    style = f' style="list-style-type: {sign}"' if sign else ""
    return f"<li{value}{style}>"
