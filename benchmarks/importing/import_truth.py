"""The items of a file that an import must yield."""

import json
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class TrueHighlight:
    """A highlight as it must arrive. What a file does not hold is empty."""

    quote: str
    note: str = ""
    tags: list[str] = field(default_factory=list)
    colour: str = ""
    created: str = ""


@dataclass(slots=True)
class TrueItem:
    """An item as it must arrive. `title` is empty if any will do, `progress` None if unknown.

    `folder` may arrive as a tag or not at all. `has_text` says whether the file holds the
    text that the highlights are in: then they must be placed.
    """

    url: str
    title: str = ""
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    state: str = ""
    saved: str = ""
    progress: float | None = None
    note: str = ""
    folder: str = ""
    has_text: bool = False
    highlights: list[TrueHighlight] = field(default_factory=list)


@dataclass(slots=True)
class TrueSkip:
    """Something that must be reported as skipped, by its address or its title, and why."""

    what: str
    reason: str
    title: str = ""


@dataclass(slots=True)
class Truth:
    """All that a file holds."""

    format: str
    rows: int = 0
    merged: int = 0
    items: list[TrueItem] = field(default_factory=list)
    skipped: list[TrueSkip] = field(default_factory=list)


def read_truth(path: Path) -> Truth:
    """Return the truth that was written to `path`."""
    values = json.loads(path.read_text(encoding="utf-8"))
    items = [
        TrueItem(**{**item, "highlights": [TrueHighlight(**mark) for mark in item["highlights"]]})
        for item in values["items"]
    ]
    skipped = [TrueSkip(**skip) for skip in values["skipped"]]
    return Truth(values["format"], values["rows"], values["merged"], items, skipped)
