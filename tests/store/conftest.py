"""Libraries with articles, other programs beside ours, and a user without permissions."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.store import Library
from builders import make_article, make_extraction, make_page

TESTS = Path(__file__).parents[1]
NOBODY = 65534

TEXT = "One two three four five. Six seven eight.\n\n# A heading\n\nNine ten eleven twelve."


@pytest.fixture
def article():
    return make_article(TEXT)


@pytest.fixture
def kept(library, article, moment):
    """Return the article, once it is in the library."""
    library.store(make_extraction(article), make_page(), now=moment)
    return article


@pytest.fixture
def other(library, kept, tmp_path):
    """Return a second machine's library, a copy of the first."""
    shutil.copytree(library.folder, tmp_path / "other")
    with Library.open(tmp_path / "other", state=tmp_path / "other-state") as opened:
        yield opened


@pytest.fixture
def file(library, kept):
    """Return the path of the article's file."""
    return library.folder / "articles" / kept.id[:2] / kept.id / "annotations.json"


@pytest.fixture
def start():
    """Return a function that starts another Python with some code and arguments."""
    programs = []

    def start(code, *arguments):
        command = [sys.executable, "-c", code, *map(str, arguments)]
        environment = os.environ | {"PYTHONPATH": str(TESTS)}
        pipe = subprocess.PIPE
        program = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment)
        programs.append(program)
        return program

    yield start
    for program in programs:
        program.kill()
        program.communicate()


@pytest.fixture
def finish(start):
    """Return a function that runs another Python to its end and returns its output."""

    def finish(code, *arguments):
        program = start(code, *arguments)
        output, errors = program.communicate(timeout=60)
        assert program.returncode == 0, errors
        return output

    return finish


@pytest.fixture
def plain_folder():
    """Return a folder with a library that belongs to a user without permissions."""
    folder = Path(tempfile.mkdtemp())
    Library.open(folder / "data", state=folder / "state")
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    yield folder
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def without_rights():
    """Return a context in which permissions apply even to root."""

    @contextmanager
    def context():
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(NOBODY)
        try:
            yield
        finally:
            if is_root:
                os.seteuid(0)

    return context


@pytest.fixture
def on_disk(monkeypatch):
    """Return a function that gives the names in a folder that would survive a power cut."""
    names = {}
    synchronize = os.fsync

    def fsync(descriptor):
        synchronize(descriptor)
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            names[status.st_ino] = set(os.listdir(descriptor))  # noqa: PTH208 - not a path

    monkeypatch.setattr(os, "fsync", fsync)
    return lambda folder: names.get(folder.stat().st_ino, set())
