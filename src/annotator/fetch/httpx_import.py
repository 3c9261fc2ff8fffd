"""httpx without its command line, which would load rich and pygments: 130 of 210 ms."""

import sys
from types import ModuleType

sys.modules.setdefault("httpx._main", ModuleType("httpx._main"))

import httpx  # noqa: E402 - after its command line was kept out

__all__ = ["httpx"]
