"""Sessions line by line, over pipes and on terminals."""

import os
import sys

import pytest

from terminals import Terminal

PLAIN = [sys.executable, "-m", "annotator", "--plain"]


@pytest.fixture
def told(run):
    """Return the output of a session for these input lines."""

    def tell(*lines, arguments=("--plain",)):
        done = run(*arguments, stdin="".join(f"{line}\n" for line in lines).encode())
        assert done.code == 0, done.err
        assert not set("\r\x1b\x07\t") & set(done.out + done.err)
        return done

    return tell


@pytest.fixture
def spoken(home):
    """Return a function that opens a program on a terminal that can only print."""
    return lambda *arguments, **options: Terminal(
        [*PLAIN, *arguments], environment=os.environ | {"TERM": "dumb"}, **options
    )
