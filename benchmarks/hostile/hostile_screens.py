"""Whether anything that a terminal obeys gets through the screens, from any text.

`python benchmarks hostile_screens [--only NAME] [--size NAME]` opens every screen and dialog
with a library, settings, files and a server whose texts are hostile, presses every key of each
screen, types and pastes hostile words, and counts what is written to the terminal by class. Prints
a row for each screen, and exits with 1 if anything was written that does not come from the
program itself, if it crashed or left the terminal changed, if what was pasted is kept as it was,
or if a screen was not seen. Needs Linux.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import to_builtins

from annotator.model.text import is_clean
from annotator.store import Library
from annotator.tui.keys.groups import GROUPS
from hostile_library import EVIL, LONG, hostile_server, write_files, write_library, write_settings
from hostile_routes import ROUTES, WRONG_SETTINGS, Route, screens
from terminal_bytes import Output
from torture_typist import environment_of
from typist_keys import bytes_of
from typist_session import HANG, HangError, Typist

SIZES = {"wide": (40, 160), "narrow": (18, 44)}  # rows and columns
PATIENCE = 30.0  # seconds until a screen is there
TRIES = 2  # since a key may come before the rows that it is about
BEATS = 2  # of the program, in which what a key opened is drawn
PASTED = "Pasted words"  # by which they are found where they were kept
_BEAT = {"TYPIST_BEAT": "0.03"}
_LOOK = 0.02
_LEAVING = ("escape", "escape", "ctrl+g", "q")
_FEW = ("paste", f"={EVIL}", "tab", "down", "enter", "ctrl+l", "ctrl+s")  # in dialogs
_AGAIN = ("j", "space", "G", "enter", "g", "y", "paste")  # in a screen that was visited before
_FUNCTION_KEYS = {"f7": b"\x1b[18~", "f8": b"\x1b[19~", "f9": b"\x1b[20~"}
_FIRST = "Title 0"  # in a list that is loaded


@dataclass
class Told:
    """The result of a route."""

    keys: int = 0
    output: Output = field(default_factory=Output)
    screens: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


class WatchedTypist(Typist):
    """A typist who reads what the program writes."""

    def __init__(
        self, environment: Mapping[str, str], folder: Path, told: Told, size: tuple[int, int]
    ) -> None:
        self._output, self._written = told.output, b""
        super().__init__([], {**environment, **_BEAT}, folder, told.screens)
        self.resize(*size)

    def settle(self) -> None:
        """Wait until all keys are handled, and what they opened is drawn."""
        super().settle()
        until, end = self.beats + BEATS, time.monotonic() + HANG
        while self.is_running and self.beats < until and time.monotonic() < end:
            self._look()
            time.sleep(_LOOK)

    def reaches(self, screen: str) -> bool:
        """Wait for a screen; return whether it came."""
        end = time.monotonic() + PATIENCE
        while self.is_running and self.screen != screen and time.monotonic() < end:
            self._look()
            time.sleep(_LOOK)
        self._counts[f"{self.screen}/"] += 1
        return self.screen == screen and self.is_running

    def waits_for(self, words: str) -> None:
        """Wait until words are written."""
        end = time.monotonic() + PATIENCE
        while self.is_running and words.encode() not in self._written and time.monotonic() < end:
            time.sleep(_LOOK)

    def _note(self, piece: bytes) -> None:
        self._output.feed(piece)
        self._written += piece
        super()._note(piece)


class Homes:
    """The home of a user, and a copy of it, from which it is made again."""

    def __init__(self, folder: Path, base: str) -> None:
        self.home, self._copy = folder / "home", folder / "copy"
        write_library(self.home / "data/annotator", self.home / "state/annotator", base)
        write_settings(self.home / "config/annotator")
        write_files(self.home / "Downloads")
        words = f"{PASTED} {EVIL}".replace("'", "").replace("\0", "")
        editor = self.home / "editor"
        editor.write_text(f"#!/bin/sh\nprintf %s '{words}' >> \"$1\"\n", "utf-8")
        editor.chmod(0o700)
        self.home.rename(self._copy)  # the state is found by the path of the library

    def renew(self) -> None:
        """Make the home again."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self._copy, self.home)


class Visit:
    """One route in a library of its own."""

    def __init__(self, homes: Homes, route: Route, size: tuple[int, int], base: str) -> None:
        self.told = Told()
        self._missed: list[str] = []
        self._is_new = next(each for each in ROUTES if each.screen == route.screen) == route
        self._homes, self._route, self._size, self._base = homes, route, size, base
        self._home = home = homes.home
        nowhere = {f"{kind}_proxy" for kind in ("http", "https", "all")}
        usual = environment_of(home).items()
        self._environment = {name: value for name, value in usual if name not in nowhere}
        self._environment["VISUAL"] = str(home / "editor")

    def run(self, keys: Sequence[str] | None = None) -> None:
        """Go there, press keys, those of the screen if none are given, and leave."""
        typist = None
        try:
            typist = self._arrive()
            for key in self._keys() if keys is None else keys:
                if typist is not None and not self._is_there(typist):
                    self._leave(typist)
                    typist = self._arrive()
                if typist is None:
                    break
                self._press(typist, key)
        except HangError as error:
            self.told.problems.append(f"hangs: {error}")
        if typist is not None:
            self._leave(typist)

    def _leave(self, typist: WatchedTypist) -> None:
        wrong = typist.end("key") if typist.is_running else typist.wrong_at_the_end()
        self.told.problems += filter(None, [wrong, *self._what_is_left()])
        typist.close()

    def _arrive(self) -> WatchedTypist | None:
        for _ in range(TRIES):
            if (typist := self._go()) is not None:
                return typist
        self.told.problems += self._missed[-1:]
        return None

    def _go(self) -> WatchedTypist | None:
        self._homes.renew()
        typist = WatchedTypist(self._environment, self._home, self.told, self._size)
        typist.wait_for_start()
        typist.reaches("LibraryScreen")
        typist.waits_for(_FIRST)
        for key in self._route.keys:
            self._press(typist, key)
        if typist.reaches(self._route.screen):
            return typist
        told = f"{typist.screen} in its place" if typist.is_running else "the program ended"
        self._missed.append(f"not reached: {told}")
        self._leave(typist)
        return None

    def _press(self, typist: WatchedTypist, key: str) -> None:
        if key == "paste":
            words = f"{PASTED} {EVIL}\r\n{LONG}".encode()
            typist.press(b"\x1b[200~" + words + b"\xff\xed\xa0\x80\x1b[201~")
        elif key.startswith("@"):
            typist.reaches(key[1:])
        elif key == WRONG_SETTINGS:
            write_settings(self._home / "config/annotator", are_right=False)
            typist.waits_for("settings.toml")
        elif key.startswith("="):
            typist.press(key[1:].replace("{base}", self._base).encode())
        else:
            typist.press(_FUNCTION_KEYS.get(key) or bytes_of(key))
        self.told.keys += 1
        typist.settle()

    def _is_there(self, typist: WatchedTypist) -> bool:
        """Close what a key has opened; return whether the screen is there again."""
        for key in _LEAVING:
            if typist.screen != self._route.screen and typist.is_running:
                self._press(typist, key)
        return typist.screen == self._route.screen and typist.is_running

    def _keys(self) -> Iterator[str]:
        """Yield all keys of the screen if it is new, and some in a dialog."""
        places = getattr(screens()[self._route.screen], "PLACES", ())
        if not places or not self._is_new:
            yield from _AGAIN if places else _FEW
            return
        for group in GROUPS:
            if group.place in (*places, "program"):
                yield from (key.keys[0] for key in group.keys if key.keys)
        yield "paste"

    def _what_is_left(self) -> Iterator[str]:
        log = self._home / "state" / "annotator" / "annotator.log"
        if log.exists():
            yield f"the log says: {log.read_text('utf-8')[-300:]}"
        data, state = (self._home / name / "annotator" for name in ("data", "state"))
        with Library.open(data, state=state) as library:
            for record in library.records():
                for each in (record, *library.article(record.id).annotations()):
                    for kept in _texts(to_builtins(each)):
                        if PASTED in kept and not is_clean(kept):
                            yield f"kept as it was pasted: {kept[kept.index(PASTED) :][:200]!r}"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts([*value.values()])
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def main() -> int:
    """Visit every screen, and return the exit code."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--only", default="", help="the beginning of a screen's name")
    parser.add_argument("--size", choices=SIZES, help="one of the sizes")
    options = parser.parse_args()
    sizes = [options.size] if options.size else [*SIZES]
    totals, seen, problems, foreign, keys = Counter[str](), Counter[str](), 0, 0, 0
    print(f"{'screen':50}{'size':8}{'keys':>6}{'bytes':>12}{'foreign':>9}{'problems':>10}")
    with tempfile.TemporaryDirectory() as folder, hostile_server() as base:
        homes = Homes(Path(folder), base)
        for name in sizes:
            for route in ROUTES:
                if not route.screen.startswith(options.only):
                    continue
                visit = Visit(homes, route, SIZES[name], base)
                visit.run()
                told = visit.told
                count = sum(told.output.classes.values())
                figures = f"{told.keys:>6}{count:>12,}{len(told.output.foreign):>9}"
                print(f"{route.name[:49]:50}{name:8}{figures}{len(told.problems):>10}", flush=True)
                for words in (*told.problems, *told.output.foreign[:5]):
                    print(f"! {words}", flush=True)
                seen.update(each.partition("/")[0] for each in told.screens.elements())
                totals += told.output.classes
                problems, keys = problems + len(told.problems), keys + told.keys
                foreign += len(told.output.foreign)
    print("\nbytes by class:")
    for kind, count in totals.most_common():
        print(f"{kind:20}{count:>14,}")
    unseen = [] if options.only else sorted(screens().keys() - seen.keys())
    print(f"screens seen: {len(seen)}; not seen: {', '.join(unseen) or 'none'}")
    print(f"{keys:,} keys, {foreign} foreign, {problems} problems")
    return 1 if foreign or problems or unseen else 0


if __name__ == "__main__":
    sys.exit(main())
