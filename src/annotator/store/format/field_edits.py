"""When each field of a record or mark was changed, and merging its versions field by field.

Machines that were offline change different fields of one article or mark: a laptop tags it, a
desktop reads it. If the later version won as a whole, the tags would be lost. So a value notes
in `edits` when each of its fields was changed, and each field is taken from where it changed
last. Of fields that hold several things, such as tags, each thing is noted on its own, also one
that was removed:

    field        laptop              desktop                 merged
    state        unread              read, edited 9:30       read
    tag:energy   added 9:00          -                       there
    tag:draft    there               removed 9:40            not there

Times are those of a hybrid logical clock: a change is noted as later than all changes of the
value that its machine has seen, even if the machine's clock is slow or was set back. So a
change that was made in the knowledge of another one always wins over it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from operator import itemgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import Annotation, ArticleRecord
from annotator.model.moment import Moment
from annotator.model.vocabulary import NO_MOMENT

TICK: Final = timedelta(microseconds=1)  # the shortest time that a file can hold
MOST_REMOVED: Final = 50  # removed things that a value remembers, so that it cannot grow for ever

_LAST_BUT_ONE = datetime.max.replace(tzinfo=UTC) - TICK

V = TypeVar("V", ArticleRecord, Annotation)

Edits = tuple[tuple[str, Moment], ...]  # names of fields and things, each with its last change
Parts = Mapping[str, Any]


class Rules(Struct, Generic[V], frozen=True):
    """The parts of a value that are merged on their own, by the names that `edits` has for them.

    `fields` always have a value; `things` are there or not.
    """

    fields: Callable[[V], Parts]
    things: Callable[[V], Parts]


class Merged(NamedTuple, Generic[V]):
    """The parts of several versions, each as it was changed last, and the versions by age."""

    in_order: Sequence[V]
    fields: Parts
    things: Parts
    edits: Edits

    @property
    def latest(self) -> V:
        """The version that was modified last."""
        return self.in_order[-1]

    def things_named(self, prefix: str) -> Parts:
        """Return the things whose names have a prefix, without it."""
        return {
            name.removeprefix(prefix): thing
            for name, thing in self.things.items()
            if name.startswith(prefix)
        }


def later(moment: datetime, *seen: datetime) -> datetime:
    """Return the time of a change: `moment`, or just after the last one seen, if that is later."""
    return max(moment, min(max(seen), _LAST_BUT_ONE) + TICK)


def different(before: Parts, after: Parts) -> list[str]:
    """Return the names of the parts in which two values differ."""
    names = dict.fromkeys((*before, *after))
    return [name for name in names if before.get(name) != after.get(name)]


def noted(before: V, after: V, changed: Sequence[str], rules: Rules[V]) -> V:
    """Return a changed value that notes when the parts named `changed` were changed.

    Of the things that were removed, only the last ones are remembered.
    """
    if not changed:
        return replace(after, modified=max(after.modified, before.modified))
    moment = later(after.modified, before.modified, *dict(before.edits).values())
    edits = dict(before.edits) | dict(after.edits) | dict.fromkeys(changed, moment)
    if len(edits) > MOST_REMOVED:
        there = rules.things(after)
        removed = [(at, name) for name, at in edits.items() if ":" in name and name not in there]
        for _, name in sorted(removed)[:-MOST_REMOVED]:
            del edits[name]
    return replace(after, modified=moment, edits=tuple(sorted(edits.items())))


def merged(versions: Iterable[V], rules: Rules[V]) -> Merged[V]:
    """Return the parts of several versions of a value.

    The order of the versions makes no difference. A field that is not noted in `edits` is taken
    from the version that was modified last; a thing stays unless its removal is noted.
    """
    # By time, and those with the same time by their values.
    in_order = sorted(set(versions), key=lambda version: (version.modified, repr(version)))
    edits = [dict(version.edits) for version in in_order]
    latest = sorted(chain.from_iterable(version.edits for version in in_order), key=itemgetter(1))
    return Merged(
        in_order,
        _merged_fields([rules.fields(version) for version in in_order], edits),
        _merged_things([rules.things(version) for version in in_order], edits),
        tuple(sorted(dict(latest).items())),
    )


def _merged_fields(versions: Sequence[Parts], edits: Sequence[Mapping[str, datetime]]) -> Parts:
    """Return each field of the version that was edited last, or of the last one if none was."""
    fields: dict[str, object] = {}
    for name in versions[-1]:
        moments = [known.get(name, NO_MOMENT) for known in edits]
        _, _, chosen = max(
            (at, repr(version[name]) if at != NO_MOMENT else "", number)
            for number, (version, at) in enumerate(zip(versions, moments, strict=True))
        )
        fields[name] = versions[chosen][name]
    return fields


def _merged_things(versions: Sequence[Parts], edits: Sequence[Mapping[str, datetime]]) -> Parts:
    """Return the things that are there, in the order of the latest version that has each.

    The last edit of a thing decides, and without any it is there if one version has it.
    """
    merged_things: dict[str, object] = {}
    for name in dict.fromkeys(chain.from_iterable(reversed(versions))):
        moments = [known.get(name, NO_MOMENT) for known in edits]
        last = max(moments)
        pairs = zip(versions, moments, strict=True)
        things = [version[name] for version, at in pairs if at == last and name in version]
        if things:
            merged_things[name] = things[-1]
    return merged_things
