"""The base of messages with values, and the messages that several screens share."""

from typing import dataclass_transform

from textual.message import Message


@dataclass_transform()
class ValueMessage(Message):
    """A message with values, which its class names with their types, as a dataclass does.

    A dataclass takes longer to create, which every start would pay.
    """

    def __init__(self, *values: object, **named: object) -> None:
        super().__init__()
        self.__dict__.update(zip(type(self).__annotations__, values, strict=False), **named)


class LaidOut(Message):
    """The first screen has been laid out for its size."""


class RowChosen(ValueMessage):
    """A row of the side panel was chosen."""

    key: str


class SearchChanged(ValueMessage):
    """The text of a search has changed."""

    query: str


class SearchClosed(ValueMessage):
    """The find bar was closed. Matches stay if `is_kept`, else the search is discarded."""

    is_kept: bool


class SettingsChanged(Message, bubble=False):
    """The settings have changed."""
