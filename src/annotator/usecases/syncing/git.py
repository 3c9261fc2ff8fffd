"""Running the user's own git on the library's repository, so that nothing of it surprises.

No command asks anything, runs a hook or a filter, opens an editor, or looks for a repository in a
folder above. What git and servers say reaches the user without escape sequences and passwords.
"""

import fcntl
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final, cast

from annotator.errors import AnnotatorError, LibraryBusy, SyncFailed
from annotator.model.data_file import toml_beside
from annotator.model.secrets import without_secrets
from annotator.model.text import clean_line

STALLED_AFTER: Final = 90.0  # seconds in which the other side says nothing
LOCAL_SECONDS: Final = 3600.0  # for a command on this machine: the first one reads all pages
MAX_OUTPUT: Final = 256 * 1024 * 1024  # bytes; the paths of a million files have fewer
KEPT_FREE: Final = 100 * 1024 * 1024  # bytes of the disk that a fetch leaves

_PAUSE = 0.2  # seconds between two looks at a command
_MAX_TOLD = 400  # characters of what git says
_WORDS: Final = toml_beside(__package__, "git.toml")
_GOES_ON = "Nothing is lost; the next sync goes on."

GoesOn = Callable[[], bool]  # whether to go on; asked several times a second
Blobs = Callable[[str, int], bytes | None]  # the contents of a blob, unless it has more bytes


class Git:
    """Git on the repository in a library's `folder`; `goes_on` is asked while a command runs.

    `lock` is the descriptor of a locked file.
    """

    def __init__(self, folder: Path, goes_on: GoesOn, *, lock: int) -> None:
        program = shutil.which("git")
        if program is None:
            raise SyncFailed("Git is not installed.", "Install it, for example: apt install git")
        self.folder = folder
        self.directory = folder / ".git"
        self._goes_on = goes_on
        self._lock = lock
        settings = [word for setting in _WORDS["settings"] for word in ("-c", setting)]
        self._command = (program, "--no-pager", *settings)
        self._environment = _environment(folder)

    def run(
        self,
        *arguments: str,
        given: Iterable[str] = (),
        codes: tuple[int, ...] = (0,),
        environment: Mapping[str, str] | None = None,
    ) -> str:
        """Return what a command prints for lines that are given; raises `SyncFailed`.

        One that speaks with the other side ends if that says nothing for long.
        """
        with TemporaryFile() as source, TemporaryFile() as printed, TemporaryFile() as errors:
            source.writelines(f"{line}\0".encode("utf-8", "surrogateescape") for line in given)
            source.seek(0)
            code = self._run(arguments, (source, printed, errors), environment or {})
            if code not in codes:
                told = _told(errors)
                hints = (hint for words, hint in _WORDS["hints"].items() if words in told)
                raise SyncFailed(
                    f"git {arguments[0]} failed. It says: {told or code}", next(hints, _GOES_ON)
                )
            printed.seek(0)
            return printed.read().decode("utf-8", "surrogateescape")

    @contextmanager
    def blobs(self) -> Iterator[Blobs]:
        """Yield a function that returns the contents of blobs."""
        process = subprocess.Popen(  # noqa: S603  the user's own git
            [*self._command, "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            start_new_session=True,
        )
        source, printed = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)

        def read(name: str, at_most: int) -> bytes | None:
            self.check()
            source.write(f"{name}\n".encode())
            source.flush()
            _, _, digits = printed.readline().partition(b" blob ")
            if not digits:
                raise SyncFailed("The repository is damaged.", "Check it with: git fsck")
            size = int(digits)
            for start in range(at_most, size if size > at_most else 0, 1 << 20):
                self.check()
                printed.read(min(1 << 20, size - start))  # passed over
            data = printed.read(min(size, at_most))
            printed.read(1)
            return data if size <= at_most else None

        try:
            yield read
        finally:
            for stream in (source, printed):
                with suppress(OSError):
                    stream.close()
            _end(process)

    def use_ssh(self, command: str) -> None:
        """Use a command for ssh, which may not ask anything."""
        self._environment["GIT_SSH_COMMAND"] = f"{command} {_WORDS['ssh_options']}"

    def check(self) -> None:
        """Raise `SyncFailed` if the user has ended it."""
        if not self._goes_on():
            raise SyncFailed("The sync was ended.", _GOES_ON)

    def remove_leftovers(self) -> None:
        """Remove the locks and half-written packs of a git that died with the last sync."""
        for pattern in ("*.lock", "refs/**/*.lock", "objects/pack/tmp_*", "objects/??/tmp_obj_*"):
            for path in self.directory.glob(pattern):
                with suppress(OSError):
                    path.unlink()

    def _run(
        self,
        arguments: tuple[str, ...],
        streams: tuple[IO[bytes], IO[bytes], IO[bytes]],
        environment: Mapping[str, str],
    ) -> int:
        """Run a command and return its exit code.

        One that speaks with no other side keeps the lock of the sync, also if this program is
        killed; one that does may leave a helper behind, which must not keep it.
        """
        is_remote = arguments[0] in {"fetch", "push", "ls-remote"}
        ending, inherited = os.pipe()  # can be read when the command has ended
        try:
            process = subprocess.Popen(  # noqa: S603  the user's own git
                [*self._command, *arguments],
                stdin=streams[0],
                stdout=streams[1],
                stderr=streams[2],
                env={**self._environment, **environment},
                cwd=self.folder,
                start_new_session=True,  # without a terminal nothing can ask for a password
                pass_fds=(inherited, *(() if is_remote else (self._lock,))),
            )
        finally:
            os.close(inherited)
        try:
            self._wait(process, ending, streams[1:], is_remote=is_remote)
        finally:
            os.close(ending)
            _end(process)
            if process.returncode < 0 and process.returncode != -signal.SIGTERM:
                self.remove_leftovers()  # it had no time to
        return process.returncode

    def _wait(
        self,
        process: subprocess.Popen[bytes],
        ending: int,
        outputs: Iterable[IO[bytes]],
        *,
        is_remote: bool,
    ) -> None:
        last, seen = time.monotonic(), -1
        while process.poll() is None:
            if select.select([ending], [], [], _PAUSE)[0]:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_PAUSE)
            size = sum(os.fstat(output.fileno()).st_size for output in outputs)
            if size != seen:
                last, seen = time.monotonic(), size
            self.check()
            if size > MAX_OUTPUT:
                raise SyncFailed("The other side has more files than any library.", _GOES_ON)
            if time.monotonic() - last > (STALLED_AFTER if is_remote else LOCAL_SECONDS):
                raise SyncFailed("The other side has said nothing for too long.", _GOES_ON)
            if is_remote and shutil.disk_usage(self.folder).free < KEPT_FREE:
                raise SyncFailed("The disk is nearly full.", _WORDS["hints"]["No space left"])


@contextmanager
def sync_lock(path: Path) -> Iterator[tuple[int, bool]]:
    """Hold the lock of a library's sync; yield its descriptor, and whether the last sync died."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            hint = "Wait until that has ended."
            raise LibraryBusy("This library is being synchronised already.", hint) from error
        has_died = os.pread(descriptor, 1, 0) == b"1"
        os.pwrite(descriptor, b"1", 0)
        try:
            yield descriptor, has_died
        except AnnotatorError:
            os.ftruncate(descriptor, 0)
            raise
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def shown(text: str) -> str:
    """Return an address, or what git says, without passwords and escape sequences."""
    return clean_line(without_secrets(text), limit=_MAX_TOLD)


def _environment(folder: Path) -> dict[str, str]:
    prefixes = tuple(_WORDS["kept_environment"])
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(prefixes)
    }
    ssh = f"{os.environ.get('GIT_SSH_COMMAND') or 'ssh'} {_WORDS['ssh_options']}"
    own = {"GIT_DIR": str(folder / ".git"), "GIT_SSH_COMMAND": ssh}
    return {**kept, **_WORDS["environment"], **own}


def _told(errors: IO[bytes]) -> str:
    """Return the first lines of what git said as one line, without hints and progress."""
    errors.seek(0)
    lines = errors.read(65_536).decode("utf-8", "replace").replace("\r", "\n").splitlines()
    passed_over = (
        *("hint:", "warning:", "From ", "To ", "remote: Enumerating", "remote: Total"),
        *("Please make sure you have the correct", "and the repository exists"),
    )
    wanted = [line for line in lines if "%" not in line and not line.startswith(passed_over)]
    return shown(" ".join(wanted[:4]))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command that still runs, with all that it has started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(3)
