"""The syntax of managed blocks in Markdown, in Logseq's outlines and in Org.

The block of a mark is managed: the program may write it again, and everything else in the note
belongs to the user. The rules of the merge are the same for all languages; a `Syntax` has what
differs.
"""

import hashlib
import re
from typing import NamedTuple

from msgspec import Struct

from annotator.export.markdown.line_merge import key_of

COMMENT_OF_MARKDOWN = ("<!-- ", " -->")
UPDATED = "Newer version in annotator"
DELETED = "Deleted in annotator on {}."
LOST = "Marks not found in the article"

STAMP_DIGITS = 12  # hexadecimal: a stamp detects edits, not attacks

_NOT_IN_A_NAME = re.compile(r"[^0-9A-Za-z-]+")
_NEVER = re.compile(r"(?!)")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FOLDED = re.compile(
    r"^([ \t]*)- (.*\S)[ \t]+(<!-- annotator:begin \S+(?: \S+)? -->)[ \t]*(\r?)$", re.MULTILINE
)
_UNFOLDED = re.compile(
    r"^([ \t]*)- (<!-- annotator:begin \S+(?: \S+)? -->)[ \t]*\r?\n"
    r"\1- (?!<!-- annotator:)(.*\S)[ \t]*(\r?)$",
    re.MULTILINE,
)
_END = re.compile(r"[ \t]*(?:- )?(?=<!-- annotator:end )")
_BULLET = re.compile(r"([ \t]*)- ")
_MEANT_IN_ORG = re.compile(r"^(?=\*|,*#\+|,)", re.MULTILINE)  # also in an example


class Told(NamedTuple):
    """A newer version that was added to a block: where it begins, and the keys of its lines."""

    start: int
    keys: frozenset[str]


_TOLD = re.compile(
    rf"""
      (?:\A|(?<=\n))(?:
        >[ ]?\\?\[!note\\?\][ ]{re.escape(UPDATED)}[ ]*(?P<quoted>(?:\n>.*)*)
      | [ \t]*-[ ]\*\*{re.escape(UPDATED)}\*\*(?P<outline>(?:\n(?:\t|[ ]{{2}}).*)*)
      | {re.escape(UPDATED)}:\n\#\+begin_example(?P<example>(?:\n.*)*?)\n\#\+end_example
      )\s*\Z
    """,
    re.VERBOSE,
)


class Syntax(Struct, frozen=True):
    """The signs of one language.

    A block is between two comments, of which `opening` and `closing` are the ends. In an
    outline everything has a `bullet`, and there are no empty lines, which are `gap` elsewhere.
    `heading` begins a heading, `fence` a block of code in which there is none. `own_id` is
    the line with the id of a mark, `said` what is struck through, as `struck`, if the mark
    is deleted. `deleted` is the line that says so.
    """

    opening: str
    closing: str
    heading: re.Pattern[str]
    lost_heading: str
    deleted: str
    own_id: re.Pattern[str]
    said: re.Pattern[str]
    struck: str
    fence: re.Pattern[str] = _NEVER
    bullet: str = ""
    gap: str = "\n"

    def comment(self, words: str) -> str:
        """Return a comment of a block on a line."""
        return f"{self.bullet}{self.opening}annotator:{words}{self.closing}"

    def newer(self, body: str) -> str:
        """Return the newer lines of a block, without its id, to be shown in the block."""
        plain = self.own_id.sub("", body).strip("\n")
        if self.bullet:  # a quotation, in which nothing is a property
            lines = (f"> {line.strip().removeprefix(self.bullet)}" for line in plain.split("\n"))
            return f"- **{UPDATED}**\n\t- " + "\n\t  ".join(lines)
        if not self.closing:  # of Org
            example = _MEANT_IN_ORG.sub(",", plain)
            return f"{UPDATED}:\n#+begin_example\n{example}\n#+end_example"
        quoted = (f"> {line}".rstrip() for line in plain.split("\n"))
        return "\n".join((f"> [!note] {UPDATED}", *quoted))

    @staticmethod
    def told(inner: str) -> Told | None:
        """Return the newer version at the end of a block, as `newer` writes it in any language."""
        match = _TOLD.search(inner)
        if match is None:
            return None
        lines = next(filter(None, match.group("quoted", "outline", "example")), "").split("\n")
        return Told(match.start(), frozenset(key_of(line.lstrip(",")) for line in lines))


MARKDOWN = Syntax(
    *COMMENT_OF_MARKDOWN,
    heading=re.compile(r"^#{1,6}[ \t].*", re.MULTILINE),
    lost_heading=f"## {LOST}",
    deleted=f"*{DELETED}*",
    own_id=re.compile(r"^(?:\^a-\S+|<a id=\"a-[\w-]+\"></a>)[ \t]*\n*", re.MULTILINE),
    said=re.compile(r"^((?:> ?)+(?:\[![\w-]+\][+-]? ?)?)(.*\S)[ \t]*$", re.MULTILINE),
    struck=r"\1~~\2~~",
    fence=re.compile(r" {0,3}(`{3,}|~{3,})"),
)
LOGSEQ = Syntax(
    *COMMENT_OF_MARKDOWN,
    heading=re.compile(r"^(?:- )?#{1,6}[ \t].*", re.MULTILINE),
    lost_heading=f"- ## {LOST}",
    deleted=f"- *{DELETED}*",
    own_id=re.compile(r"^[ \t]*id:: \S+[ \t]*\n?", re.MULTILINE),
    said=re.compile(r"^([ \t]*(?:- )?(?:> ?)+)(.*\S)[ \t]*$", re.MULTILINE),
    struck=r"\1~~\2~~",
    fence=re.compile(r"[ \t]*(?:- )?(`{3,}|~{3,})"),
    bullet="- ",
    gap="",
)
ORG = Syntax(
    "# ",
    "",
    heading=re.compile(r"^\*+[ \t].*", re.MULTILINE),
    lost_heading=f"* {LOST}",
    deleted=f"/{DELETED}/",
    own_id=re.compile(r"^:CUSTOM_ID:.*\n?", re.MULTILINE),
    said=re.compile(r"^(\*+ )(.*?\S)((?:[ \t]+:[\w@:]+:)?[ \t]*)$", re.MULTILINE),
    struck=r"\1+\2+\3",
)


def unfolded(text: str) -> str:
    """Return an outline in which each comment of a block has a bullet of its own."""
    return _FOLDED.sub(r"\1- \3\4\n\1- \2\4", text)


def folded(text: str) -> str:
    """Return an outline in which the comments of a block are in its own bullets.

    The first is at the end of the first line, where Logseq shows nothing of it and moves it
    with the bullet, the second a further line of the last bullet.
    """
    lines, indent = lines_of(_UNFOLDED.sub(r"\1- \3 \2\4", text)), ""
    for at, line in enumerate(lines):
        if (match := _END.match(line)) and at:
            lines[at] = f"{indent}  {line[match.end() :]}"
        elif bullet := _BULLET.match(line):
            indent = bullet[1]
    return "".join(lines)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text with their ends: line feeds only, as in an editor."""
    return _LINE.findall(text)


def block_name(identity: str) -> str:
    """Return the name of the managed block of `identity` in its comments."""
    return _NOT_IN_A_NAME.sub("-", identity)


def stamp_of(body: str) -> str:
    """Return the stamp of the contents of a block: line ends and outer white space do not matter.

    It is in the first comment of the block, so that a later export can see whether the user
    edited it.
    """
    lines = (line.rstrip() for line in body.strip().splitlines())
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:STAMP_DIGITS]
