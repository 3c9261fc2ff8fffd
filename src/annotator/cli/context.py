"""What the commands work with: the library that is meant, and the person's settings."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.output import console
from annotator.errors import InvalidInput
from annotator.settings import Folders, expanded

if TYPE_CHECKING:
    from annotator.fetch import FetchOptions
    from annotator.settings import Settings
    from annotator.store import Library


class Workspace:
    """The library and settings of one run, each opened when it is first wanted."""

    def __init__(self, chosen: str | None = None) -> None:
        if chosen == "":  # an unset variable of a script would mean the current folder
            raise InvalidInput("--library names no folder.", "Give one, or leave it out.")
        self._chosen = Path(chosen) if chosen else None

    @cached_property
    def folders(self) -> Folders:
        """The person's folders."""
        return Folders.of_user()

    @cached_property
    def settings(self) -> Settings:
        """The person's settings."""
        from annotator.settings import load

        return load(self.folders.settings_file)

    @property
    def library_folder(self) -> Path:
        """Where the library is: as chosen, or in the person's data."""
        return expanded(self._chosen) if self._chosen else self.folders.data

    @cached_property
    def library(self) -> Library:
        """The library, made if there is none."""
        from annotator.store import Library

        folders = self.folders
        return Library.open(self.library_folder, state=folders.state, cache=folders.cache)

    @property
    def fetch_options(self) -> FetchOptions:
        """How pages are fetched, with the person's cookies if the settings name a file."""
        from annotator.fetch import FetchOptions

        return FetchOptions(cookies=self.settings.cookies)

    def kind(self, name: str) -> str:
        """Return the kind of that name as the settings spell it; say which ones there are."""
        kind = self.settings.kind(name)
        if kind is None:
            known = ", ".join(each.name for each in self.settings.kinds)
            raise InvalidInput(f"“{name}” is no kind of mark.", f"There are {known}.")
        return kind.name

    def close(self) -> None:
        """Close the library, if it was opened, and tell what it had to mend."""
        library: Library | None = self.__dict__.pop("library", None)
        if library is not None:
            library.close()
            for notice in library.notices:
                console.tell(notice)
