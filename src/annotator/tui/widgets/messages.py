"""What is reported by those parts of a screen that are loaded when they are first wanted."""

from textual.message import Message


class RowChosen(Message):
    """A row of the panel was chosen."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class SearchChanged(Message):
    """What is looked for has changed."""

    def __init__(self, query: str) -> None:
        super().__init__()
        self.query = query


class SearchClosed(Message):
    """The search is over; what it found stays, or it was given up."""

    def __init__(self, *, is_kept: bool) -> None:
        super().__init__()
        self.is_kept = is_kept
