"""Waiting for what a machine that is busy with other work does late, with a deadline."""

import asyncio
import time
from collections.abc import Callable

PATIENCE = 45.0  # seconds for what takes one or two; below the limit of a test
_PAUSE = 0.01


def wait_until(holds: Callable[[], object], *, saw: Callable[[], object] = str) -> None:
    """Wait in this thread until a condition holds; the failure says what `saw` returns."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"this never became true: {saw()}"
        time.sleep(_PAUSE)


async def until(holds: Callable[[], object], *, saw: Callable[[], object] = str) -> None:
    """Wait until a condition holds, while other tasks run."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"this never became true: {saw()}"
        await asyncio.sleep(_PAUSE)
