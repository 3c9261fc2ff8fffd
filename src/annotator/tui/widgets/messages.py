"""Messages of widgets that several screens have, or that are loaded after the screen."""

from textual.message import Message


class LaidOut(Message):
    """The first screen has been laid out for its size."""


class RowChosen(Message):
    """A row of the side panel was chosen."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class SearchChanged(Message):
    """The text of a search has changed."""

    def __init__(self, query: str) -> None:
        super().__init__()
        self.query = query


class SearchClosed(Message):
    """The find bar was closed. Matches stay if `is_kept`, else the search is discarded."""

    def __init__(self, *, is_kept: bool) -> None:
        super().__init__()
        self.is_kept = is_kept


class SettingsChanged(Message, bubble=False):
    """The settings have changed."""
