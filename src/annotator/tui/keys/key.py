"""What a key is: an id, what it does, and where it does it."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Literal

from msgspec import Struct
from textual.binding import Binding

Place = Literal[
    "anywhere",  # every mode of the reading view
    "read",
    "removed",  # read, with what was removed folded open
    "sentence",
    "caret",
    "mark",  # the reader, with a mark at hand
    "reader",
    "library",
    "review",
    "list",
    "dialog",
    "program",
]

DIGITS = tuple("123456789")


class Key(Struct, frozen=True):
    """One thing that keys do. `keys` are Textual's names, the first one is shown.

    `brief` says it in a word, for the line at the bottom.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    label: str
    place: Place
    brief: str = ""

    @property
    def action_name(self) -> str:
        """The action without its parameters."""
        return self.action.partition("(")[0]


def bindings(keys: Iterable[Key]) -> Iterator[Binding]:
    """Give Textual's bindings of `keys`, a digit as its action's parameter where there is none."""
    for key in keys:
        for action, names in groupby(key.keys, partial(_action, key)):
            yield Binding(",".join(names), action, key.label, show=False, id=key.id)


def places_of_actions(keys: Iterable[Key]) -> dict[str, frozenset[Place]]:
    """Tell in which places each action may run."""
    places: dict[str, set[Place]] = {}
    for key in keys:
        places.setdefault(key.action_name, set()).add(key.place)
    return {action: frozenset(where) for action, where in places.items()}


def _action(key: Key, name: str) -> str:
    return key.action if not name.isdigit() or "(" in key.action else f"{key.action}({name})"
