"""The built site: it is whole, its links lead somewhere, and it loads nothing from elsewhere."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from documenting.sessions import DOCS

LOADED = {  # attributes by which a page loads something
    "audio": "src", "embed": "src", "iframe": "src", "img": "src", "input": "src",
    "object": "data", "script": "src", "source": "src", "track": "src", "video": "src",
}  # fmt: skip
NOT_LOADED = {"canonical", "next", "prev", "edit"}  # what links of the head only name
URL = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


class PageFacts(HTMLParser):
    """What a page loads, where its links lead, and its anchors."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loaded, self.links, self.anchors, self.policy = [], [], {""}, ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "link" and values.get("rel") not in NOT_LOADED:
            self.loaded.append(values["href"])
        if values.get(LOADED.get(tag, "")):
            self.loaded.append(values[LOADED[tag]])
        if "srcset" in values:
            self.loaded += [part.split()[0] for part in values["srcset"].split(",")]
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]


@cache
def facts(path: Path) -> PageFacts:
    return PageFacts(path)


def pages(site: Path) -> Iterator[Path]:
    return (path for path in site.rglob("*.html") if path.name != "404.html")


def test_every_page_of_docs_is_there(site):
    wanted = {path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md")}
    assert wanted == {path.relative_to(site) for path in pages(site)}


def test_no_page_loads_anything_from_elsewhere(site):
    loaded = {link for page in pages(site) for link in facts(page).loaded}
    assert [link for link in loaded if urlsplit(link).scheme not in ("", "data")] == []
    assert all(not urlsplit(link).netloc for link in loaded)
    for style in site.rglob("*.css"):
        for match in URL.finditer(style.read_text("utf-8")):
            address = urlsplit(match[1] or match[2])
            assert address.scheme in ("", "data"), style
            assert not address.netloc, style


def test_every_page_forbids_what_would_be_loaded_from_elsewhere(site):
    """Scripts of the site name addresses of others, for what its pages do not have."""
    policies = {facts(page).policy for page in pages(site)}
    assert len(policies) == 1
    assert re.search(r"https?:|\*|default-src 'self'", policies.pop())[0] == "default-src 'self'"


def test_every_link_within_the_site_leads_somewhere(site):
    count = 0
    for page in pages(site):
        for link in facts(page).links:
            address = urlsplit(link)
            if address.scheme or address.netloc:
                continue
            target = (page.parent / unquote(address.path)).resolve() if address.path else page
            count += 1
            assert target.is_file(), f"{page.name}: {link}"
            if target.suffix == ".html":
                assert unquote(address.fragment) in facts(target).anchors, f"{page.name}: {link}"
    assert count > 1000
