"""The questions of programs: a line for each answer, kept for 90 days in the state folder."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from annotator.agents.protocol import Json
from annotator.model.secrets import without_secrets
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained

DAYS = 90
MAX_BYTES = 20 << 20  # some 100,000 answers; the older half goes then
MAX_ARGUMENT = 2000  # letters of an argument that are kept


class LoggedCall(Struct):
    """A question of a program: when it came, from which one, and how many rows it was given."""

    time: datetime
    client: str
    tool: str
    arguments: Json
    rows: int


class CallLog:
    """The file of all answers. What it cannot write raises `LibraryError`: nothing is unlogged."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def calls(self) -> Iterator[LoggedCall]:
        """Yield what was asked, the oldest first; lines that are damaged are skipped."""
        try:
            data, _ = files.read(self._path)
        except FileNotFoundError:
            return
        for line in data.splitlines():
            try:
                yield msgspec.json.decode(line, type=LoggedCall)
            except msgspec.DecodeError:
                continue

    def prune(self, now: datetime) -> None:
        """Remove what is older than 90 days, or too much."""
        with explained(self._path, action="written"):
            kept = [call for call in self.calls() if now - call.time < timedelta(DAYS)]
            lines = [msgspec.json.encode(call) + b"\n" for call in kept]
            if sum(map(len, lines)) > MAX_BYTES:
                lines = lines[len(lines) // 2 :]
            if self._path.exists():
                files.replace(self._path, b"".join(lines))

    def add(self, call: LoggedCall) -> None:
        """Write a line, without the secrets that addresses can have."""
        known = {name[:MAX_ARGUMENT]: _short(value) for name, value in call.arguments.items()}
        call = replace(call, client=without_secrets(call.client), arguments=known)
        line = msgspec.json.encode(call).decode()
        if self._path.exists() and self._path.stat().st_size > MAX_BYTES:
            self.prune(call.time)
        with explained(self._path, action="written"):
            files.make_folder(self._path.parent)
            with self._path.open("a", encoding="utf-8") as file:
                self._path.chmod(files.PRIVATE_FILE)
                file.write(f"{line}\n")


def _short(value: object) -> object:
    """Return an argument without secrets, cut if it is long: a program may send a megabyte."""
    words = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    words = without_secrets(words)
    if len(words) > MAX_ARGUMENT:
        return f"{words[:MAX_ARGUMENT]}…"
    return words if isinstance(value, str) else value


def as_line(call: LoggedCall) -> tuple[str, ...]:
    """Return a call as fields for people and programs."""
    said = " ".join(f"{name}={value}" for name, value in call.arguments.items())
    when = call.time.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return when, call.client or "unknown", call.tool, said, str(call.rows)
