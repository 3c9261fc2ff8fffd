"""Notes as values, what is remembered of an exported one, and bringing one up to date."""

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from annotator.codec import decode, encode
from annotator.export.exporters import WrittenNote
from annotator.export.markdown.block_merge import NoteBlock, mentioned_blocks, merge_blocks
from annotator.export.markdown.block_syntax import MARKDOWN, Syntax, block_name, folded, unfolded
from annotator.export.markdown.front_matter import Literal
from annotator.export.markdown.heads import LOGSEQ_HEAD, YAML_HEAD, Head
from annotator.export.markdown.property_merge import Value

OTHER_PROGRAM = (
    "It was written for another program, and its properties have comments or other things that "
    "this one lacks. It was left as it is."
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_COMMENT = re.compile(
    r"^(?P<indent>[ \t]*)(?:- )?(?P<comment><!-- annotator:(?:begin|end) .*-->[ \t]*\r?)$",
    re.MULTILINE,
)


class NoteParts(Struct, frozen=True):
    """The note of an article: its properties, its header, and the blocks of its marks in order."""

    properties: Mapping[str, Value]
    header: str
    blocks: Sequence[NoteBlock] = ()
    head: Head = YAML_HEAD
    syntax: Syntax = MARKDOWN

    @property
    def heading(self) -> str:
        """The text of a new file without any marks."""
        head, header = self.head.write(self.properties), self.header.strip()
        return f"{head}\n{header}\n" if header else head

    @property
    def text(self) -> str:
        """The text of a new file."""
        head = self.head.write(self.properties)
        header = self.heading.removeprefix(head)  # only there: properties hold any text
        return head + self.folded(merge_blocks(header, self.blocks, syntax=self.syntax).text)

    def folded(self, text: str) -> str:
        """Return the text below the head with the comments of blocks where the language wants."""
        return folded(text) if self.syntax.bullet else text

    @property
    def remembered(self) -> "ExportedNote":
        """The facts that a later export must know about this one."""
        bodies = {block.mark_id: block.body for block in self.blocks}
        properties = {
            name: str(value) if isinstance(value, str) else [*map(str, value)]
            for name, value in self.properties.items()
        }
        literals = [name for name, value in self.properties.items() if isinstance(value, Literal)]
        return ExportedNote(properties, bodies, literals)


class ExportedNote(Struct, frozen=True):
    """The properties and the bodies of the blocks that were exported, by the ids of their marks.

    `literals` are the names of properties that were written without quotation marks.
    """

    properties: Mapping[str, Value]
    bodies: Mapping[str, str]
    literals: Sequence[str] = ()

    @property
    def with_literals(self) -> Mapping[str, Value]:
        """The properties as they were given."""
        literals = {
            name: Literal(value)
            for name in self.literals
            if isinstance(value := self.properties.get(name), str)
        }
        return {**self.properties, **literals}


def _clean(note: NoteParts) -> NoteParts:
    """Return a note without the characters that a terminal obeys, and other unseen ones.

    There are none in the library, unless its files were damaged, or changed by others.
    """
    if not any(map(_UNSEEN.search, (note.header, *(block.body for block in note.blocks)))):
        return note
    blocks = [replace(block, body=_UNSEEN.sub(" ", block.body)) for block in note.blocks]
    return replace(note, header=_UNSEEN.sub(" ", note.header), blocks=blocks)


def written(
    note: NoteParts,
    *,
    before: str | None,
    memory: bytes | None,
    deleted: Mapping[str, str],
    elsewhere: Mapping[str, str] = {},
    prunes: bool = False,
) -> WrittenNote:
    """Return the text of a note, or of its file brought up to date without any loss of the user's.

    `before` is the text of the file, if there is one, and `memory` what was to be remembered of
    it. `deleted` has the dates on which marks of the article were deleted, `elsewhere` the notes
    that have blocks of this one, too. Those that are only there are `away`.
    """
    note = _clean(note)
    new, exported = encode(note.remembered), _exported(memory)
    if before is None and not elsewhere:
        outcomes = dict.fromkeys((block.mark_id for block in note.blocks), "new")
        return WrittenNote(text=note.text, memory=new, outcomes=outcomes)
    known = exported.with_literals if exported else None
    text = note.heading if before is None else unfolded(before)
    own = converted(text, note.head, note.syntax, exported=known)
    if own is None:
        return WrittenNote(text=before or text, memory=memory or new, problems=(OTHER_PROGRAM,))
    properties = note.head.merge(own, note.properties, known)
    start = note.head.end(properties.text)
    astray = mentioned_blocks(properties.text[:start], note.syntax)
    blocks = merge_blocks(
        properties.text[start:],
        note.blocks,
        exported=exported.bodies if exported else None,
        deleted=deleted,
        elsewhere=[*elsewhere, *astray],
        prunes=prunes,
        syntax=note.syntax,
    )
    if exported and not deleted.keys().isdisjoint(exported.bodies):  # they may be restored
        kept = {key for key in deleted if blocks.outcomes.get(key) != "removed"}
        gone = {key: body for key, body in exported.bodies.items() if key in kept}
        new = encode(replace(note.remembered, bodies={**gone, **note.remembered.bodies}))
    in_text = (
        mentioned_blocks(properties.text[start:], note.syntax) if properties.problem else set()
    )
    twice = in_text.intersection(astray)  # a title may speak of a block, too
    problems = (
        *filter(None, (properties.problem,)),
        *(f"The block {name} is there twice, or a part of it." for name in sorted(twice)),
        *(
            f"The block {name} is in the properties now, and was left there."
            for name in sorted(astray.intersection(blocks.away))
        ),
        *blocks.problems,
    )
    return WrittenNote(
        text=properties.text[:start] + note.folded(blocks.text),
        memory=new,
        outcomes=blocks.outcomes,
        kept=properties.kept,
        problems=problems,
        away={key: place for key, place in elsewhere.items() if key in blocks.away},
    )


def written_elsewhere(
    note: NoteParts,
    *,
    before: str,
    memory: bytes | None,
    deleted: Mapping[str, str],
    mark_ids: Collection[str],
    prunes: bool = False,
) -> WrittenNote:
    """Return the text of a file of the user in which blocks of a note are brought up to date.

    These are the blocks that the user moved there; nothing else in it changes.
    """
    note, exported = _clean(note), _exported(memory)
    merge = merge_blocks(
        unfolded(before),
        [block for block in note.blocks if block.mark_id in mark_ids],
        exported=exported.bodies if exported else None,
        deleted={key: date for key, date in deleted.items() if key in mark_ids},
        prunes=prunes,
        syntax=note.syntax,
    )
    own = [block_name(key) for key in mark_ids]
    problems = tuple(words for words in merge.problems if any(name in words for name in own))
    return WrittenNote(text=note.folded(merge.text), outcomes=merge.outcomes, problems=problems)


def _exported(memory: bytes | None) -> ExportedNote | None:
    """Return what was exported last; of another version it is not known, which is safe."""
    with suppress(ValueError):
        return decode(memory, ExportedNote) if memory else None
    return None


def converted(
    text: str, head: Head, syntax: Syntax, *, exported: Mapping[str, Value] | None
) -> str | None:
    """Return a note with the head and the comments of another language.

    It is returned as it is if it has them already, and None if its properties have what the
    other language cannot hold, such as comments. `exported` are the properties that were
    exported last.
    """
    others = {id(YAML_HEAD): LOGSEQ_HEAD, id(LOGSEQ_HEAD): YAML_HEAD}
    other = others.get(id(head))
    if other is None or head.end(text) or not other.end(text):
        return text
    properties = other.read(text, exported or {})
    if properties is None:
        return None
    if "annotator_id" not in properties:
        return text
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    written = head.write(properties).replace("\n", newline)
    rest = text[other.end(text) :].lstrip("\r\n")
    return f"{written}{newline}" + _COMMENT.sub(rf"\g<indent>{syntax.bullet}\g<comment>", rest)
