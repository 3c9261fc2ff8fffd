"""What nobody foresaw, written down for whoever will mend it."""

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from annotator import __version__
from annotator.errors import AnnotatorError
from annotator.model.text import clean_text
from annotator.settings import Folders

MAX_BYTES = 1_000_000  # a log that is larger begins anew


def write_report(error: Exception) -> Path | None:
    """Write the traceback to the log, and return where it is; nothing if that fails too."""
    try:
        log = Folders.of_user().log_file
        _append(log, _report(error))
    except (OSError, AnnotatorError):
        return None
    return log


def _report(error: Exception) -> str:
    version = f"annotator {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    trace = clean_text("".join(traceback.format_exception(error)))
    return f"{datetime.now(UTC).isoformat(timespec='seconds')} {version}\n{trace}\n"


def _append(log: Path, report: str) -> None:
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > MAX_BYTES:
        log.unlink()
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    with os.fdopen(os.open(log, flags, 0o600), "a", encoding="utf-8") as file:
        file.write(report)
