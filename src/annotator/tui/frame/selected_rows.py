"""The rows of a list that are selected, by their keys."""

from collections.abc import Collection


class SelectedRows:
    """The keys of selected rows. Keys act on these rows, or else on the one under the cursor."""

    def __init__(self) -> None:
        self.keys: frozenset[str] = frozenset()

    def __len__(self) -> int:
        """Return how many rows are selected."""
        return len(self.keys)

    def __contains__(self, key: object) -> bool:
        """Return whether the row with that key is selected."""
        return key in self.keys

    def toggle(self, key: str) -> None:
        """Select a row, or deselect it."""
        self.keys ^= {key}

    def toggle_all(self, listed: Collection[str]) -> None:
        """Select all rows that are listed, or none if all are selected."""
        everything = frozenset(listed)
        self.keys = frozenset() if everything <= self.keys else everything

    def keep(self, listed: Collection[str]) -> None:
        """Deselect the rows that are not listed any more."""
        self.keys &= frozenset(listed)

    def clear(self) -> bool:
        """Deselect all rows, and return whether any was selected."""
        had_some, self.keys = bool(self.keys), frozenset()
        return had_some

    def or_at(self, key: str) -> frozenset[str]:
        """Return the keys of the selected rows, or else that of the row under the cursor."""
        return self.keys or frozenset({key})
