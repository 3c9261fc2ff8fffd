"""A site with a feed, which a test may change."""

import pytest

from feeding import item, page, rss
from serving import serve


@pytest.fixture
def site(monkeypatch):
    """Serve a feed of two entries at /feed, and the page of one of them."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serve({"/one": page("Bread rose by a tenth within a year.", title="One")}) as served:
        served.pages["/feed"] = rss(
            item("One", link=served.url("/one")), item("Two", link=served.url("/two"))
        )
        yield served
