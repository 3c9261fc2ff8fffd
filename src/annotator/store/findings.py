"""What can be wrong with a library on disk, in words."""

from typing import Literal

from msgspec import Struct

from annotator.model import ArticleRecord

Problem = Literal[
    "damaged",  # a file that cannot be read as what it is, or was altered
    "missing",  # a file that another one names
    "second-copy",  # one that is not what the file is
    "conflict-copy",  # one that is not merged yet
    "unsealed",  # rows that would not tell if they were altered
    "leftover",  # what a program that died left behind
    "permissions",  # others may read it, or its owner may not
    "misplaced",  # something that does not belong where it is
    "index",  # lists and searches that do not tell what the files hold
]


class Finding(Struct, frozen=True):
    """Something that is wrong. `path` is within the library; `sentence` says it to a person."""

    problem: Problem
    path: str
    sentence: str

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same from one examination to the next while it is not mended."""
        return self.problem, self.path


class Examination(Struct, frozen=True):
    """What was found in a place. `kept_aside` are files that were mended or merged, and kept.

    There is a record if the article's file can be read as it is.
    """

    findings: tuple[Finding, ...] = ()
    kept_aside: tuple[str, ...] = ()
    record: ArticleRecord | None = None
    marks: int = 0
    versions: int = 0
