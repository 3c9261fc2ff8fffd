"""The kinds of asyncio's tasks. Textual makes them eager for the program where Python can.

An eager task runs up to its first wait before `create_task` returns. Tests of screens run with
the tasks that users have (`tests/tui/conftest.py`); code whose order could depend on the kind is
tested with `both_kinds`.
"""

import asyncio

import pytest

EAGER = getattr(asyncio, "eager_task_factory", None)  # from Python 3.12 on

_needs_eager = pytest.mark.skipif(EAGER is None, reason="Python 3.11 has no eager tasks")

both_kinds = (  # as the `pytestmark` of a module
    pytest.mark.usefixtures("tasks"),
    pytest.mark.parametrize(
        "tasks", ["late", pytest.param("eager", marks=_needs_eager)], indirect=True
    ),
)


def use(kind: str) -> None:
    """Let the running loop make its tasks `late`, or `eager` where Python has them."""
    asyncio.get_running_loop().set_task_factory(EAGER if kind == "eager" else None)
