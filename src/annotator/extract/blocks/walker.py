"""The walk over the tree of a page, which yields its passages and regions in order."""

from msgspec import Struct
from msgspec.structs import replace

from annotator.extract.blocks.block_readers import may_be_leaf, read_leaf
from annotator.extract.blocks.captions import join_stray_captions
from annotator.extract.blocks.element_traits import ElementTraits, traits_of
from annotator.extract.blocks.figures import emoji_of, read_image
from annotator.extract.blocks.footnotes import Notes, find_notes, is_aside, link_loose_notes
from annotator.extract.blocks.inline_text import InlineRun, OpenMark, add_formula, open_mark
from annotator.extract.blocks.math import MAY_BE_FORMULA
from annotator.extract.blocks.scope import (
    Item,
    Scope,
    block_of,
    footnote_of,
    is_attribution,
    is_bare_label,
    scope_within,
)
from annotator.extract.blocks.spacing import is_styled_as_block, starts_phrase
from annotator.extract.blocks.visibility import (
    is_drop_cap,
    is_heading_itself,
    opens_text,
    show_print_only,
)
from annotator.extract.dom.elements import BLOCK_TAGS, IMAGE_TAGS, SKIPPED_TAGS, Element, traverse
from annotator.extract.dom.link_targets import is_permalink, leads_within
from annotator.extract.dom.parse import Tree
from annotator.extract.passages import Passage, Region
from annotator.model.article import Block

_SKIPPED = SKIPPED_TAGS - MAY_BE_FORMULA
_PLAIN_TAGS = frozenset({"span", "div"})  # only a class makes one of these a formula


class _Special(Struct):
    """State to restore at the end of an inline element that is not plain.

    `line` is set for an element that is read apart from the line around it.
    """

    mark: OpenMark | None = None
    line: InlineRun | None = None
    region: Region | None = None
    note: str = ""


# State to restore at the end of an element: the scope and region around a block, the mark of
# a plain inline element.
_Frame = tuple[Scope, Region] | OpenMark | _Special | None


def read_passages(tree: Tree, notes: Notes | None = None) -> tuple[list[Passage], list[Region]]:
    """Return the passages of a page in order, and its regions, outermost first.

    `notes` are its footnotes, if they are known already.
    """
    walk = _Walk(tree, find_notes(tree.body, tree.base) if notes is None else notes)
    traverse(tree.body, walk)
    walk.flush()
    link_loose_notes(walk.passages)
    join_stray_captions(walk.passages)
    show_print_only(walk.passages, walk.regions)
    return walk.passages, walk.regions


class _Walk:
    """The state of the walk: the current run of text, its scope and region, and what to restore.

    Text is collected in a run until a block-level element starts or ends; then
    the run becomes a passage in the current region, of the kind that its scope
    says. Images and side notes within a line wait until its passage is finished.
    """

    def __init__(self, tree: Tree, notes: Notes) -> None:
        self.passages: list[Passage] = []
        self.regions: list[Region] = []
        self._base = tree.base
        self._notes = notes
        self._run = InlineRun()
        self._frames: list[_Frame] = []
        self._waiting: list[Passage] = []
        self._scope = Scope()
        body = tree.body
        self._region = self._open_region(body, body.tag, traits_of(body, body.tag), None)

    def enter(self, element: Element) -> bool:
        """Receive the start of an element; return False to skip its content."""
        tag = element.tag  # a string: the parser has removed comments and instructions
        if tag in _SKIPPED:
            return False
        traits = traits_of(element, tag)
        may_be_formula = tag in MAY_BE_FORMULA and not (traits.is_plain and tag in _PLAIN_TAGS)
        if (may_be_formula and add_formula(self._run, element)) or tag in SKIPPED_TAGS:
            return False
        if tag == "br":
            self._break_line()
            return False
        if tag in IMAGE_TAGS:
            self._add_image(element, traits)
            return False
        if may_be_leaf(element, tag, traits) and self._add_blocks(element, tag, traits):
            return False
        is_block = tag in BLOCK_TAGS or (
            is_attribution(element, self._scope)
            if tag == "cite"
            else tag == "span" and is_styled_as_block(element)
        )
        enter = self._enter_block if is_block else self._enter_inline
        return enter(element, tag, traits)

    def leave(self, element: Element) -> None:
        """Receive the end of an element."""
        frame = self._frames.pop()
        if isinstance(frame, tuple):
            if self._run.length or self._waiting:
                self.flush()
            self._scope, self._region = frame
        elif isinstance(frame, _Special):
            self._leave_special(element, frame)
        else:
            if frame is not None:
                self._run.close(frame)
            self._run.end(element.tag)

    def text(self, text: str | None) -> None:
        """Receive a piece of text."""
        run = self._run
        if run.length or (text and not text.isspace()):  # most texts are white space between blocks
            run.add(text)

    def flush(self) -> None:
        """End the current passage, and add the images and notes that were in the middle of it."""
        if not self._run.is_empty:
            inline = self._run.finish()
            if not is_bare_label(inline, self._scope.note):
                block = block_of(inline, self._scope)
                self.passages.append(Passage(block, self._region, inline.linked))
        if self._waiting:
            self.passages += self._waiting
            self._waiting = []

    def _break_line(self) -> None:
        """Break the line at a `br`; a second one ends the paragraph."""
        if self._run.ends_with_break:
            self.flush()
        elif not self._run.is_empty:
            self._run.attach("\n")

    def _add_image(self, element: Element, traits: ElementTraits) -> None:
        emoji = emoji_of(element)
        image = None if emoji or traits.hidden else read_image(element, self._base)
        self._run.add(emoji)
        if image:
            self._waiting.append(_passage(image, 0, self._scope, self._region))
            if self._run.is_empty:
                self.flush()

    def _add_blocks(self, element: Element, tag: str, traits: ElementTraits) -> bool:
        leaves = read_leaf(element, tag, self._base)
        if leaves is None:
            return False
        if leaves:
            self.flush()
            region = self._open_region(element, tag, traits, self._region)
            self.passages += [
                _passage(leaf.block, leaf.linked, self._scope, region) for leaf in leaves
            ]
        return True

    def _enter_block(self, element: Element, tag: str, traits: ElementTraits) -> bool:
        if self._run.length or self._waiting:
            self.flush()
        self._frames.append((self._scope, self._region))
        self._region = self._open_region(element, tag, traits, self._region)
        self._scope = scope_within(self._scope, element, tag)
        if self._notes.labels:
            self._begin_note(element)
        return True

    def _enter_inline(self, element: Element, tag: str, traits: ElementTraits) -> bool:
        if self._scope.note and self._notes.leads_back(element, self._base):
            return False
        if tag == "a" and self._scope.level and not traits.hidden and is_permalink(element):
            return False
        if self._notes.labels:
            self._begin_note(element)
        if tag == "span" and starts_phrase(element, self._run.last):
            self._run.gap()
        is_shown = not traits.hidden or (self._scope.level > 0 and is_heading_itself(element))
        if traits.is_plain and is_shown:
            self._run.begin(tag)
            self._frames.append(self._open_mark(element, tag))
        else:
            self._frames.append(self._enter_special(element, tag, traits))
        return True

    def _enter_special(self, element: Element, tag: str, traits: ElementTraits) -> _Special:
        """Receive the start of an inline element that may have to be read apart from its line."""
        if is_aside(element):
            frame = _Special(line=self._run, note=self._notes.label_of_aside(element))
        elif traits.hidden and element.find(".//math") is None:
            region = self._open_region(element, tag, traits, self._region)
            frame = _Special(line=self._run, region=region)
        else:
            self._run.begin(tag)
            return _Special(mark=self._open_mark(element, tag))
        self._run = InlineRun()
        return frame

    def _leave_special(self, element: Element, frame: _Special) -> None:
        """Continue the line; add what was read apart from it as a passage of its own."""
        if frame.mark:
            self._run.close(frame.mark)
        if is_drop_cap(element):
            self._run.end_capital()
        if frame.line is None:
            self._run.end(element.tag)
            return
        inline, self._run = self._run.finish(), frame.line
        if inline.text and frame.note:
            self._run.refer(frame.note)
            block = footnote_of(inline, frame.note)
            self._waiting.append(Passage(block, self._region, inline.linked))
        elif inline.text and frame.region:
            block = Block("paragraph", inline.text)
            self.passages.append(Passage(block, frame.region, inline.linked))

    def _open_mark(self, element: Element, tag: str) -> OpenMark | None:
        if tag == "a":
            if label := self._notes.label_of_link(element, self._base):
                return self._run.open("footnote_reference", label)
            if self._scope.level and leads_within(element):  # a heading's own anchor, not a link
                return None
        return open_mark(self._run, element, tag, self._base)

    def _begin_note(self, element: Element) -> None:
        label = self._notes.label_of_target(element)
        note = self._scope.note
        if label and self._run.is_empty and (note is None or note.label != label):
            printed = self._notes.printed.get(label, label)
            self._scope = replace(self._scope, note=Item(label=label, printed=printed))

    def _open_region(
        self, element: Element, tag: str, traits: ElementTraits, parent: Region | None
    ) -> Region:
        hidden = traits.hidden or (parent.hidden if parent else None)
        if tag == "button" and opens_text(element):
            tag = "summary"
        region = Region(tag, traits.names, len(self.regions), parent, element, hidden)
        self.regions.append(region)
        return region


def _passage(block: Block, linked: int, scope: Scope, region: Region) -> Passage:
    if scope.depth or scope.quote_depth:
        block = replace(block, depth=scope.depth, quote_depth=scope.quote_depth)
    return Passage(block, region, linked)
