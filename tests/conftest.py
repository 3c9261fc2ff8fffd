"""What several packages' tests need."""

import gc
import os
import signal
import sys
from datetime import datetime

import pytest
from hypothesis import settings

import tasks as kinds
import without_wings
from builders import MOMENT

# Compiling the program and the tests again in each process is half of the time that starts take.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# git knows a reader, whoever runs the tests.
os.environ.update(
    GIT_CONFIG_COUNT="1", GIT_CONFIG_KEY_0="user.name", GIT_CONFIG_VALUE_0="Ann Reader"
)

# Whoever starts the tests in the background makes them deaf to Ctrl+C, and so their programs.
signal.signal(signal.SIGINT, signal.default_int_handler)

# a busy machine is no failure
settings.register_profile("patient", deadline=None)
settings.register_profile("quick", settings.get_profile("patient"), max_examples=25)
settings.load_profile("patient")


def pytest_addoption(parser) -> None:
    """Add the option that leaves out the wings of the program, and their tests."""
    parser.addoption("--without-wings", action="store_true")


def pytest_configure(config) -> None:
    """Try fewer examples without the slow tests; leave out the wings, if that is asked for."""
    if config.getoption("-m") == "not slow":
        settings.load_profile("quick")
    if config.getoption("--without-wings"):
        config.pluginmanager.register(without_wings.Core())


def pytest_collection_finish() -> None:
    """Look for garbage among what tests leave, and not among the thousands of tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture
async def tasks(request) -> str:
    """Let the test run with one kind of tasks: those of the users, or what `both_kinds` says."""
    kind = getattr(request, "param", "eager")
    kinds.use(kind)
    return kind


@pytest.fixture
def moment() -> datetime:
    """Return a fixed time, so that no test depends on the day it runs."""
    return MOMENT


@pytest.fixture
def library(tmp_path):
    """Return an empty library in a folder of its own."""
    from annotator.store import Library

    with Library.open(tmp_path / "data", state=tmp_path / "state") as opened:
        yield opened


@pytest.fixture
def cleaned_here(monkeypatch) -> None:
    """Let this process do what workers answer, without their limits.

    Starting a worker takes twenty times as long as cleaning a short page. The tests of the
    sandbox, and those that run the program in a process of its own, use real workers.
    """
    from annotator.usecases.sandbox import pool, spawn, worker

    async def ask(_, request, limits):
        return worker.answer_to(request)

    async def prepare(_):
        pass

    monkeypatch.setattr(pool._Pool, "ask", ask)
    monkeypatch.setattr(pool._Pool, "prepare", prepare)
    monkeypatch.setattr(spawn, "start_ahead", lambda: None)
