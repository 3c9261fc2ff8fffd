"""httpx without its command line.

`import httpx` tries to import `httpx._main`, its command line, which loads rich and
pygments: 130 of 210 ms. An empty module in its place keeps that out.
"""

import sys
from types import ModuleType

sys.modules.setdefault("httpx._main", ModuleType("httpx._main"))

import httpx  # noqa: E402 - after its command line was kept out

__all__ = ["httpx"]
