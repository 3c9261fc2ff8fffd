"""The filters in the bar of a page: by kind, tag and status."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from annotator.export.html.html_notes import NumberedMark
from annotator.model import Status, tags

STATUSES: Final[tuple[Status, ...]] = (
    "disputed", "refuted", "checking", "open", "supported", "unverifiable",
)  # fmt: skip


class Choice(NamedTuple):
    """A filter: its name, its label, and each option with its words and the number of marks."""

    name: str
    label: str
    options: Sequence[tuple[str, str, int]]


def choices_of(marks: Sequence[NumberedMark]) -> Sequence[Choice]:
    """Return the filters for some marks."""
    kinds, names, statuses = Counter[str](), Counter[str](), Counter[str]()
    spelled: dict[str, str] = {}
    for mark in marks:
        annotation = mark.annotation
        kinds[annotation.kind] += 1
        if annotation.claim:
            statuses[annotation.claim.status] += 1
        for key, tag in {tags.key(tag): tag for tag in mark.whole_tags}.items():
            names[key] += 1
            spelled.setdefault(key, tag)
    by_status: Mapping[str, int] = {
        status: statuses[status] for status in STATUSES if statuses[status]
    }
    return (
        _choice("kind", "Kind", dict(sorted(kinds.items())), {}),
        _choice("tag", "Tag", dict(sorted(names.items())), spelled),
        _choice("status", "Status", by_status, {}),
    )


def _choice(name: str, label: str, counts: Mapping[str, int], shown: Mapping[str, str]) -> Choice:
    options = [(value, shown.get(value, value), number) for value, number in counts.items()]
    return Choice(name, label, options)
