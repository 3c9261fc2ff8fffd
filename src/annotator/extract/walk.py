"""One walk over a page: its tree becomes passages in order, each typed and in its region."""

from dataclasses import dataclass, replace

from annotator.extract.borders import is_border, is_styled_as_block
from annotator.extract.elements import (
    BLOCK_TAGS,
    IMAGE_TAGS,
    SKIPPED_TAGS,
    Element,
    names_of,
    tag_of,
    traverse,
)
from annotator.extract.figures import emoji_of, read_image
from annotator.extract.formulas import MAY_BE_FORMULA
from annotator.extract.hidden import hidden_rule, is_drop_cap
from annotator.extract.inline import OpenMark, Run, add_formula, open_mark
from annotator.extract.leaves import read_leaf
from annotator.extract.links import is_permalink, leads_within
from annotator.extract.lists import Item
from annotator.extract.loose_notes import link_loose_notes
from annotator.extract.notes import Notes, find_notes, is_aside
from annotator.extract.parse import Tree
from annotator.extract.passages import Passage, Region, Rule
from annotator.extract.scopes import Scope, block_of, inside, is_attribution, is_bare_label, note_of
from annotator.model.article import Block

_PASSED_OVER = SKIPPED_TAGS - MAY_BE_FORMULA


@dataclass(slots=True)
class _Aside:
    """What stands apart within a line: the line, and the region or the note that it is."""

    line: Run
    region: Region | None = None
    note: str = ""


# What to restore when an element ends: what held around a block, the mark of an element in a line.
_Frame = tuple[Scope, Region] | OpenMark | _Aside | None


def read_passages(tree: Tree) -> tuple[list[Passage], list[Region]]:
    """Return the passages of a page in order, and its regions, outermost first."""
    walk = _Walk(tree, find_notes(tree.body, tree.base))
    traverse(tree.body, walk)
    walk.flush()
    link_loose_notes(walk.passages)
    return walk.passages, walk.regions


class _Walk:
    def __init__(self, tree: Tree, notes: Notes) -> None:
        self.passages: list[Passage] = []
        self.regions: list[Region] = []
        self._base = tree.base
        self._notes = notes
        self._run = Run()
        self._frames: list[_Frame] = []
        self._waiting: list[Passage] = []
        self._scope = Scope()
        self._region = self._open_region(tree.body, hidden_rule(tree.body), None)

    def enter(self, element: Element) -> bool:
        """Take the start of an element; False passes over what it holds."""
        tag = tag_of(element)
        if tag in _PASSED_OVER or (tag in MAY_BE_FORMULA and add_formula(self._run, element)):
            return False
        if tag == "br":
            self._break_line()
        elif tag in IMAGE_TAGS:
            self._take_image(element)
        elif tag and tag not in SKIPPED_TAGS and not self._take_leaf(element, tag):
            is_block = tag in BLOCK_TAGS or (
                is_attribution(element, self._scope)
                if tag == "cite"
                else tag == "span" and is_styled_as_block(element)
            )
            return self._enter_block(element, tag) if is_block else self._enter_inline(element, tag)
        return False

    def leave(self, element: Element) -> None:
        """Take the end of an element."""
        frame = self._frames.pop()
        if type(frame) is tuple:
            if not self._run.is_empty or self._waiting:
                self.flush()
            self._scope, self._region = frame
            return
        if type(frame) is OpenMark:
            self._run.close(frame)
        if is_drop_cap(element):
            self._run.end_capital()
        if type(frame) is _Aside:
            self._take_aside(frame)
        else:
            self._run.end(tag_of(element))

    def text(self, text: str | None) -> None:
        """Take a piece of text."""
        self._run.add(text)

    def flush(self) -> None:
        """End the passage that is being gathered, and take the images that stood in its midst."""
        if not self._run.is_empty:
            inline = self._run.finish()
            if not is_bare_label(inline, self._scope.note):
                block = block_of(inline, self._scope)
                self.passages.append(Passage(block, self._region, inline.linked))
        if self._waiting:
            self.passages += self._waiting
            self._waiting = []

    def _break_line(self) -> None:
        """Take a `br`: one breaks the line, two end the paragraph."""
        if self._run.ends_with_break:
            self.flush()
        elif not self._run.is_empty:
            self._run.attach("\n")

    def _take_image(self, element: Element) -> None:
        emoji = emoji_of(element)
        image = None if emoji or hidden_rule(element) else read_image(element, self._base)
        self._run.add(emoji)
        if image:
            self._waiting.append(self._passage(image, 0))
            if self._run.is_empty:
                self.flush()

    def _take_leaf(self, element: Element, tag: str) -> bool:
        leaves = read_leaf(element, tag, self._base)
        if leaves is None:
            return False
        if leaves:
            self.flush()
            around = self._region
            self._region = self._open_region(element, hidden_rule(element), around)
            self.passages += [self._passage(leaf.block, leaf.linked) for leaf in leaves]
            self._region = around
        return True

    def _enter_block(self, element: Element, tag: str) -> bool:
        if not self._run.is_empty or self._waiting:
            self.flush()
        self._frames.append((self._scope, self._region))
        self._region = self._open_region(element, hidden_rule(element), self._region)
        self._scope = inside(self._scope, element, tag)
        if self._notes.labels:
            self._begin_note(element)
        return True

    def _enter_inline(self, element: Element, tag: str) -> bool:
        if self._scope.note and self._notes.leads_back(element, self._base):
            return False
        hidden = hidden_rule(element)
        if tag == "a" and self._scope.level and not hidden and is_permalink(element):
            return False
        if self._notes.labels:
            self._begin_note(element)
        if tag == "span" and is_border(element, self._run.last):
            self._run.gap()
        if is_aside(element):
            self._set_aside(_Aside(self._run, note=self._notes.label_of_aside(element)))
        elif hidden and element.find(".//math") is None:
            region = self._open_region(element, hidden, self._region)
            self._set_aside(_Aside(self._run, region))
        else:
            self._run.begin(tag)
            self._frames.append(self._open_mark(element, tag))
        return True

    def _open_mark(self, element: Element, tag: str) -> OpenMark | None:
        if tag == "a":
            if label := self._notes.label_of_link(element, self._base):
                return self._run.open("footnote_reference", label)
            if self._scope.level and leads_within(element):  # a heading's address is no link
                return None
        return open_mark(self._run, element, self._base)

    def _begin_note(self, element: Element) -> None:
        label = self._notes.label_of_target(element)
        note = self._scope.note
        if label and self._run.is_empty and (note is None or note.label != label):
            self._scope = replace(self._scope, note=Item(label=label))

    def _set_aside(self, aside: _Aside) -> None:
        self._frames.append(aside)
        self._run = Run()

    def _take_aside(self, aside: _Aside) -> None:
        """Take what stood apart within a line as a passage of its own, and go on with the line."""
        inline, self._run = self._run.finish(), aside.line
        if inline.text and aside.note:
            self._run.refer(aside.note)
            block = note_of(inline, aside.note)
            self._waiting.append(Passage(block, self._region, inline.linked))
        elif inline.text and aside.region:
            self.passages.append(
                Passage(Block("paragraph", inline.text), aside.region, inline.linked)
            )

    def _passage(self, block: Block, linked: int) -> Passage:
        scope = self._scope
        if scope.depth or scope.quote_depth:
            block = replace(block, depth=scope.depth, quote_depth=scope.quote_depth)
        return Passage(block, self._region, linked)

    def _open_region(self, element: Element, hidden: Rule | None, parent: Region | None) -> Region:
        hidden = hidden or (parent.hidden if parent else None)
        region = Region(
            tag_of(element), names_of(element), len(self.regions), parent, element, hidden
        )
        self.regions.append(region)
        return region
