"""The library, settings and folders of a run, for its commands."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from annotator import fetch, settings, store, usecases
from annotator.cli.log import log_to_file
from annotator.cli.output import console
from annotator.errors import InvalidInput, LibraryError
from annotator.settings import Folders, expanded

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from annotator.cli.plain.session import PlainSession
    from annotator.fetch import FetchOptions
    from annotator.settings import Settings
    from annotator.store import Library
    from annotator.usecases.library.undo import Step

T = TypeVar("T")

_QUICKLY_READ = 1_000  # articles, which are in the index within a second


class CliContext:
    """The library and settings of one run, each opened on first use."""

    def __init__(self, chosen: str | None = None) -> None:
        if chosen == "":  # an unset variable in a script would mean the current folder
            raise InvalidInput("--library is empty.", "Give a folder, or leave the option out.")
        self._chosen = Path(chosen) if chosen else None
        self.renders: bool | None = None  # what --render says
        self.session: PlainSession | None = None  # in which commands are typed

    @cached_property
    def folders(self) -> Folders:
        """The user's folders."""
        return Folders.of_user()

    @cached_property
    def settings(self) -> Settings:
        """The user's settings."""
        return settings.load(self.folders.settings_file)

    @property
    def library_folder(self) -> Path:
        """The folder given with `--library`, or the one in the user's data."""
        return expanded(self._chosen) if self._chosen else self.folders.data

    @cached_property
    def library(self) -> Library:
        """The library, which is created if it does not exist."""
        folders = self.folders
        library = store.Library.open(
            self.library_folder, state=folders.state, cache=folders.cache, author=self._author
        )
        library.watch_index(_tell_indexing)
        return library

    def watch_index(self) -> None:
        """Show on the terminal how far the index of the library is, from now on."""
        self.library.watch_index(_tell_indexing)

    @property
    def now(self) -> datetime:
        """The time at this moment."""
        return datetime.now(UTC)

    @property
    def fetch_options(self) -> FetchOptions:
        """The default options, with the cookies file and the browser named in the settings."""
        settings = self.settings
        return fetch.FetchOptions(
            cookies=settings.cookies, browser=settings.browser, renders=self.renders
        )

    def _author(self) -> str:
        return settings.author_name(self.settings.author, self.library_folder)

    def remember(self, *steps: Step) -> None:
        """Keep what a command has changed, for `annotator undo`."""
        if self.session is not None:
            self.session.record(*steps)
            return
        with suppress(LibraryError):  # the change is made, whether or not it can be undone
            usecases.library.undo.remember(self.library, steps)

    def run(self, work: Coroutine[object, object, T]) -> T:
        """Run a coroutine to its end, with its warnings in the log, and return its result."""
        import asyncio  # here, since lists do without it

        log_to_file()
        return asyncio.run(work)

    def kind(self, name: str) -> str:
        """Return the name of a kind of mark as the settings spell it."""
        kind = self.settings.kind(name)
        if kind is None:
            known = ", ".join(kind.name for kind in self.settings.kinds)
            raise InvalidInput(f"Unknown kind “{name}”.", f"Choose one of: {known}.")
        return kind.name

    def close(self) -> None:
        """Close the library, if it was opened, and print what had to be repaired in it."""
        library: Library | None = self.__dict__.pop("library", None)
        if library is not None:
            library.close()
            for notice in library.notices:
                console.tell(notice)


def _tell_indexing(done: int, of_all: int) -> bool:
    """Show how far the index is, where that takes long; Ctrl+C ends it, and loses nothing."""
    if of_all > _QUICKLY_READ:
        told = f"{done:,} of {of_all:,} articles read into the index … (Ctrl+C: later)"
        console.show_progress(told) if done < of_all else console.clear_progress()
    return True
