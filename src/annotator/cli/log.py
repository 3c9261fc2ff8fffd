"""The log file: crashes, unexpected failures, and everything with `--debug`.

Importing this module does not load `logging`, which takes as long as printing a
short list. `log_to_file` is called where it is loaded anyway, or asked for.
"""

import os
import sys
import time
from pathlib import Path

from annotator import __version__, model
from annotator.errors import AnnotatorError
from annotator.model.text import clean_text
from annotator.settings import Folders

MAX_BYTES = 1_000_000  # a larger log is started again
MAX_LINE = 300  # letters; the message of an error may repeat a whole text


def write_report(error: Exception) -> Path | None:
    """Write the traceback of an error to the log, and return its path; `None` if that fails."""
    import traceback  # here, since only crashes need it

    trace = "".join(traceback.format_exception(error))
    try:
        return _append(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {_versions()}\n{trace}")
    except (OSError, AnnotatorError):
        return None


def log_to_file(*, is_debug: bool = False) -> Path:
    """Send the warnings of all modules to the log, or every message; return its path."""
    import logging  # not at the top: see above

    class LogFile(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            try:
                _append(self.format(record))
            except (OSError, AnnotatorError):
                self.setLevel(logging.CRITICAL + 1)  # it would fail the next time as well

    handler = LogFile(logging.DEBUG if is_debug else logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for name in ("annotator", "httpx", "asyncio"):
        logger = logging.getLogger(name)
        logger.propagate = False
        if is_debug:
            logger.setLevel(logging.DEBUG)
        if is_debug or not logger.handlers:
            logger.handlers = [handler]
    if is_debug:
        logging.getLogger(__name__).debug("%s %s", _versions(), sys.argv[1:])
    return Folders.of_user().log_file


def _versions() -> str:
    return f"annotator {__version__}, Python {sys.version.split()[0]}, {sys.platform}"


def _append(text: str) -> Path:
    """Write lines that are not long, without secrets or control characters."""
    log = Folders.of_user().log_file
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > MAX_BYTES:
        log.unlink()
    cleaned = clean_text(model.secrets.without_secrets(text), limit=MAX_BYTES)
    lines = [
        f"{line[:MAX_LINE]}…" if len(line) > MAX_LINE else line for line in cleaned.split("\n")
    ]
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    with os.fdopen(os.open(log, flags, 0o600), "a", encoding="utf-8", errors="replace") as file:
        file.writelines(f"{line}\n" for line in lines)
    return log
