"""What a shape of JSON is: a title, a type, and what prints it."""

from collections.abc import Sequence
from typing import NamedTuple


class OneOf(NamedTuple):
    """A value of one of some types, or a list of such values."""

    kinds: Sequence[object]
    is_list: bool = False


class Shape(NamedTuple):
    """What some commands print, such as `show --removed`: its title and its type."""

    title: str
    kind: object
    commands: Sequence[str]
