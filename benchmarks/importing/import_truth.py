"""The items of a file that an import must yield, and the register of the formats."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from import_drafts import Draft, Quoted

Unit = Literal["pages", "highlights"]


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
    _by_key: dict[str, TrueItem] = field(default_factory=dict)

    def add(self, item: TrueItem) -> None:
        """Add an item, or what it has more than an equal one before it."""
        self.rows += 1
        key = item.url or f"{item.title}\0{item.authors}"
        known = self._by_key.setdefault(key, item)
        if known is item:
            self.items.append(item)
            return
        self.merged += 1
        known.title = known.title or item.title
        known.tags += [tag for tag in item.tags if tag not in known.tags]
        known.highlights += [mark for mark in item.highlights if mark not in known.highlights]

    def skip(self, what: str, reason: str, title: str = "") -> None:
        """Add something that must be skipped."""
        self.rows += 1
        self.skipped.append(TrueSkip(what, reason, title))

    def put_into(self, folder: str, draft: Draft) -> None:
        """Note the folder of an item that was added."""
        item = self._by_key.get(draft.url)
        if item and folder not in item.folder:
            item.folder = f"{item.folder} {folder}".strip()

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        values = asdict(self)
        values.pop("_by_key")
        path.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")


def read_truth(path: Path) -> Truth:
    """Return the truth that was written to `path`."""
    values = json.loads(path.read_text(encoding="utf-8"))
    items = [
        TrueItem(**{**item, "highlights": [TrueHighlight(**mark) for mark in item["highlights"]]})
        for item in values["items"]
    ]
    skipped = [TrueSkip(**skip) for skip in values["skipped"]]
    return Truth(values["format"], values["rows"], values["merged"], items, skipped)


def item_of(draft: Draft, fields: str, marks: str = "") -> TrueItem:
    """Return what must arrive of a draft, from the fields that the file holds.

    `fields` and `marks` name them with spaces between. Highlights arrive if `marks` names any.
    """
    has = set(fields.split())
    is_titled = "title" in has and draft.title != draft.url
    kept = set(marks.split())
    return TrueItem(
        draft.url,
        draft.title if is_titled else "",
        list(draft.authors) if "authors" in has else [],
        list(draft.tags) if "tags" in has else [],
        ("archived" if draft.is_archived else "unread") if "state" in has else "",
        iso(draft.saved) if "saved" in has and draft.broken_date is None else "",
        draft.progress if "progress" in has else None,
        draft.note if "note" in has else "",
        has_text="text" in has,
        highlights=[_mark_of(mark, kept) for mark in draft.highlights] if kept else [],
    )


def _mark_of(mark: Quoted, has: set[str]) -> TrueHighlight:
    return TrueHighlight(
        mark.quote,
        mark.note if "note" in has else "",
        list(mark.tags) if "tags" in has else [],
        mark.colour if "colour" in has else "",
        iso(mark.created) if "created" in has else "",
    )


def iso(moment: datetime) -> str:
    """Return a moment in UTC, as ISO 8601 with seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Writer = Callable[[Sequence[Draft], Path, Truth], Path]


@dataclass(frozen=True, slots=True)
class Form:
    """A format: how it is written, and what its rows are."""

    write: Writer
    unit: Unit = "pages"


FORMS: dict[str, Form] = {}


def form(name: str, unit: Unit = "pages") -> Callable[[Writer], Writer]:
    """Register a function as the writer of a format."""

    def register(write: Writer) -> Writer:
        FORMS[name] = Form(write, unit)
        return write

    return register


def add_page(truth: Truth, draft: Draft, fields: str, marks: str = "") -> None:
    """Add a draft to the truth: as an item, or as skipped if its address is none."""
    if draft.is_broken:
        truth.skip(draft.url, "address", draft.title)
    else:
        truth.add(item_of(draft, fields, marks))
