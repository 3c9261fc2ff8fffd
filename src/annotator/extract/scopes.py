"""What holds inside an element: the heading, list, quote or note that it stands in."""

from dataclasses import dataclass, replace

from annotator.extract.elements import HEADINGS, Element
from annotator.extract.inline import Inline
from annotator.extract.lists import Item, Numbering, number_of, numbering_of
from annotator.extract.passages import Region
from annotator.extract.typography import without_label
from annotator.model.article import Block, Mark
from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds for the text in an element."""

    region: Region
    level: int = 0
    numbering: Numbering | None = None
    item: Item | None = None
    depth: int = 0
    quote_depth: int = 0
    note: Item | None = None
    is_term: bool = False


def inside(scope: Scope, element: Element, region: Region) -> Scope:
    """Return the scope in a block-level element that stands in `scope`."""
    tag = region.tag
    if tag in HEADINGS:
        return replace(scope, region=region, level=HEADINGS[tag])
    if tag in {"ul", "ol", "menu"}:
        numbering = numbering_of(element)
        return replace(scope, region=region, numbering=numbering, depth=scope.depth + 1, item=None)
    if tag == "li":
        item = Item(ordinal=number_of(element, scope.numbering))
        return replace(scope, region=region, item=item, depth=max(1, scope.depth), numbering=None)
    if tag == "blockquote":
        return replace(scope, region=region, quote_depth=scope.quote_depth + 1)
    if tag in {"dt", "dd"}:
        depth = scope.depth + (tag == "dd")
        return replace(scope, region=region, is_term=tag == "dt", depth=depth, item=None)
    return replace(scope, region=region)


def block_of(inline: Inline, scope: Scope) -> Block:
    """Return the block that a run of text in a scope is."""
    block = Block(
        "paragraph",
        inline.text,
        marks=inline.marks,
        depth=scope.depth,
        quote_depth=scope.quote_depth,
    )
    if scope.note:
        return _note(block, scope.note)
    if scope.level:
        return replace(block, kind="heading", level=scope.level)
    if scope.item and scope.item.take():
        return replace(block, kind="list_item", ordinal=scope.item.ordinal)
    if scope.is_term:
        return replace(block, marks=(Mark("strong", Span(0, len(block.text))), *block.marks))
    return replace(block, kind="quote") if scope.quote_depth else block


def _note(block: Block, note: Item) -> Block:
    block = replace(block, kind="footnote", depth=0)
    return replace(without_label(block, note.label), label=note.label) if note.take() else block
