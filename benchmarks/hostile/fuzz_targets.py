"""What is fuzzed: each target reads bytes, and may raise only the error that tells users why."""

import atexit
import plistlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path

from msgspec.structs import astuple

from annotator.anchoring import anchor, describe
from annotator.anchoring.cut_quote import find_quote
from annotator.errors import (
    AnnotatorError,
    CleaningError,
    FetchError,
    ImportFailed,
    InvalidQuery,
    SettingsError,
)
from annotator.export.markdown.presets import DEFAULT, PRESETS
from annotator.extract import extract, read_document, unpack
from annotator.feeds import read_feed
from annotator.fetch.decoding import decode_html, decode_text, preview
from annotator.fetch.http import read_cookies
from annotator.importing.importers import BUILT_IN, Match, importer, read, recognise
from annotator.importing.source import SourceFile
from annotator.model import MARKDOWN, PLAIN_TEXT, Block, Document, Page, Span
from annotator.model.document import EPUB, MAIL, MHTML, WEB_ARCHIVE, kind_of
from annotator.model.query_parser import parse
from annotator.model.text import clean_line, clean_text, is_clean
from annotator.settings.loading import load
from annotator.settings.site_rules import load_site_rules
from annotator.tui.keys.groups import ALL_KEYS
from annotator.tui.keys.keymap import Keymap, shown_all
from annotator.usecases.exporting.template_worker import TemplateWorker
from import_files import FORMS, path_of

HOSTILE = (
    *("\x1b]52;c;QQ==\x07", "\x9b31m", "\u202e", "\u200b", "\ufeff", "\ufdd0", "\ud800", "\x00"),
    *(
        "e" + "\u0301" * 40,
        "\U000e0041",
        "\U0001f469\u200d\U0001f467",
        "最后一段。",
        "النهاية",
        "\r\n",
    ),
    *("'" * 60, "[" * 60, "{{", "{% for a in b %}", "}}", "0" * 400, "1e999", "-", "9" * 20),
)
HTML = (
    *("<p>", "</p>", "<div class=ad>", "</div>", "<sup>1</sup>", "<table><tr><td>", "<ul><li>"),
    *("<a href='#fn1'>1</a>", "<h1>", "<!--", "-->", "<script>", "<pre>", "<img srcset='a 2x'>"),
    *("<math><mi>x", "<svg>", "&#0;", "&nbsp;", "&notanentity;", "<template>", "<meta charset=x>"),
    *('<script type=\'application/ld+json\'>{"@type":"NewsArticle","datePublished":[1e999]}',),
    *("A sentence of prose, as long as that. ", "<blockquote>", "<figure><figcaption>", "<base>"),
)
_RSS = (
    "<rss><channel><title>A &amp; b</title><item><title>One</title><guid>1</guid>"
    "<link>https://a.example/?a=1&b=2</link><pubDate>Tue, 5 Mar 2024 09:30:00 EST</pubDate>"
    "<description><![CDATA[<p>Text</p>]]></description></item></channel></rss>"
)
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><entry><id>1</id>'
    '<link href="b"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p>'
    "</div></content></entry></feed>"
)
_JSON = '{"items": [{"id": 1, "content_html": "<p>Text", "authors": [{"name": "Ann"}]}]}'
FEEDS = (_RSS, _ATOM, _JSON)
FEED_PARTS = (
    *(
        "<item>",
        "</item>",
        "<entry>",
        "<![CDATA[",
        "]]>",
        "&x;",
        "&#0;",
        "&#x110000;",
        "<!DOCTYPE a",
    ),
    *(
        "<!ENTITY a '&b;&b;'>",
        "]>",
        "<?xml version='1.0'?>",
        "xml:base='http://['",
        "<link href='//['",
    ),
    *(
        "<pubDate>",
        "Tue, 99 Foo 99999 25:61",
        "9" * 5000,
        "[" * 300,
        '{"id": ',
        "1e999",
        "null",
        "<a>" * 300,
    ),
)
_CHAPTER = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><p id="a">Text<a href="#b">1</a></p>'
    '<p id="b">1. A note.</p></body></html>'
)
_PACKAGE = (
    '<package><metadata><title>A</title></metadata><manifest><item id="c" href="c.xhtml" '
    'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>'
)
_CONTAINER = '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>'
_MESSAGE = (
    "From: Ann <a@b.example>\nSubject: =?utf-8?q?=C3=A4?=\nDate: Wed, 1 May 2024 07:30:00 +0000\n"
    "List-Post: <https://a.example/p>\nMIME-Version: 1.0\nContent-Type: multipart/related; "
    'boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n\n<p>Text <a href="https://'
    'a.example/c?to=https%3A%2F%2Fb.example">there</a></p>\n--b--\n'
)
_WEB_PAGE = {"WebResourceData": b"<p>Text", "WebResourceURL": "https://a.example/"}
DOCUMENT_PARTS = (
    *("../", "%2e%2e/", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "]>", "epub:type='pagebreak'"),
    *(
        "--b\n",
        "--b--",
        "Content-Type: multipart/mixed; boundary=b\n",
        "=?x?b?",
        "<",
        "charset=idna",
    ),
    *("From: ", "Message-ID: <", "http://[", "https://a.example/?u=", "encoding='utf-7'", "\n\n"),
)
QUERIES = (
    *('tag:"a b"', "-", "or", "(", ")", "kind:claim", "added:2026-99", "said:..", "marked:week"),
    *("speaker:", "#", "price*", '"', "has:note", "is:unread", "site:", "9999-12-31", "0000"),
)
SETTINGS = (
    *("theme = ", "[keys]\n", "[[commands]]\n", "[[kinds]]\n", "width = ", '"nord"', "[", "]"),
    *("'''", "\n", "= 1979-05-27T07:32:00Z", "inf", "nan", "{a = 1}", '"reader.find" = ["x"]'),
    *('["example.org"]\nremove = [".promo"]', 'title = "h1::before"', "remove = [':nth-child(']"),
)
COOKIES = (
    *(
        "# Netscape HTTP Cookie File\n",
        ".example.org\tTRUE\t/\tFALSE\t0\ta\tb\n",
        "\t",
        "#HttpOnly_",
    ),
    *("99999999999999999999", "-1", "TRUE", "FALSE", "\n"),
)
_URL = "https://example.org/a"


@dataclass(frozen=True)
class Target:
    """What is called with bytes; `seeds` are good ones to begin with, `parts` are put into them."""

    name: str
    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    parts: tuple[str, ...] = HOSTILE
    allowed: tuple[type[AnnotatorError], ...] = ()


def targets() -> Iterator[Target]:
    """Yield all targets; the importers as one for recognising files, and one for each format."""
    prose = "<html><body><article>" + "<p>A sentence of prose, as long as that. " * 30
    pages, texts = (
        (prose.encode(),),
        (b"Title\n\nA text. " * 20, b"# A\n\n- b\n\n> c[^1]\n\n[^1]: d"),
    )
    yield Target("decode", _decode, (*pages, *texts, "ä".encode("cp1252")), (*HOSTILE, *HTML))
    yield Target("extract", _extract_html, pages, (*HTML, *HTML, *HOSTILE))
    yield Target("feed", _feed, _encoded(FEEDS), (*FEED_PARTS, *HTML, *HOSTILE))
    parts = (*DOCUMENT_PARTS, *HTML, *HOSTILE)
    for name, text in {"c.xhtml": _CHAPTER, "p.opf": _PACKAGE}.items():
        run = partial(_book, name)
        yield Target(f"book {name}", run, (text.encode(),), parts, (CleaningError,))
    archive = plistlib.dumps({"WebMainResource": _WEB_PAGE})
    for kind, seed in (
        (MAIL, _MESSAGE.encode()),
        (MHTML, _MESSAGE.encode()),
        (WEB_ARCHIVE, archive),
    ):
        yield Target(kind, partial(_document, kind), (seed,), parts, (CleaningError,))
    yield Target("plain text", partial(_extract_text, PLAIN_TEXT), texts)
    yield Target(
        "markdown", partial(_extract_text, MARKDOWN), texts, (*HOSTILE, *HTML, "[^1]", "`")
    )
    yield Target("sanitise", _sanitise, texts)
    yield Target("anchor", _anchor, (b"1 0 4 The text that is marked. And more of it.",))
    yield Target("query", _query, tuple(map(str.encode, QUERIES)), QUERIES, (InvalidQuery,))
    marks = tuple(
        text.encode() for preset in PRESETS.values() for text in preset.templates.values()
    )
    yield Target("templates", _templates, marks, HOSTILE, (SettingsError,))
    yield Target("settings", partial(_file, load), _encoded(SETTINGS), SETTINGS, (SettingsError,))
    yield Target(
        "site rules",
        partial(_file, load_site_rules),
        _encoded(SETTINGS),
        SETTINGS,
        (SettingsError,),
    )
    yield Target("keymap", _keymap, _encoded(key.id for key in ALL_KEYS))
    yield Target("cookies", partial(_file, read_cookies), _encoded(COOKIES), COOKIES, (FetchError,))
    files = _exported()
    every = tuple(data for _, data in sorted(files.items()))
    yield Target("recognise", _recognise, every, HOSTILE, (ImportFailed,))
    for name in BUILT_IN:
        own = tuple(data for each, data in files.items() if each.startswith(name)) or every
        yield Target(f"import {name}", partial(_import, name), own, HOSTILE, (ImportFailed,))


def _encoded(texts: "Sequence[str] | Iterator[str]") -> tuple[bytes, ...]:
    return tuple(text.encode("utf-8", "surrogatepass") for text in texts)


@cache
def _exported() -> dict[str, bytes]:
    """Return a file of every format."""
    paths = {name: path_of(name) for name in FORMS}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


def _decode(data: bytes) -> None:
    head, _, rest = data.partition(b"\n")
    for decoded in (decode_html(data, head.decode("latin-1")), decode_text(rest), preview(data)):
        decoded.encode()  # a text without half characters


def _feed(data: bytes) -> None:
    feed = read_feed(decode_html(data), _URL)
    for entry in feed.entries:
        assert all(is_clean(text) for text in (entry.key, entry.title, entry.byline, entry.html))
        assert is_clean(entry.link), entry.link


def _book(name: str, data: bytes) -> None:
    members = {"META-INF/container.xml": _CONTAINER, "p.opf": _PACKAGE, "c.xhtml": _CHAPTER}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for member, text in (members | {name: data}).items():
            archive.writestr(member, text)
    _document(EPUB, packed.getvalue())


def _document(kind: str, data: bytes) -> None:
    kind_of(data)
    stored = unpack(Document(_URL, data, kind))
    article = (extract(stored) if isinstance(stored, Page) else read_document(stored)).article
    _check(article.blocks)
    assert all(map(is_clean, (article.title, article.site_name, *article.byline)))


def _extract_html(data: bytes) -> None:
    _check(extract(Page(_URL, decode_html(data))).article.blocks)


def _extract_text(media_type: str, data: bytes) -> None:
    _check(extract(Page(_URL, decode_text(data), media_type)).article.blocks)


def _check(blocks: Sequence[Block]) -> None:
    for block in blocks:
        for text in astuple(block):
            assert not isinstance(text, str) or all(map(is_clean, text.split("\t"))), repr(text)


def _sanitise(data: bytes) -> None:
    text = data.decode("utf-8", "surrogatepass") if _is_text(data) else data.decode("latin-1")
    for clean in (clean_text, clean_line):
        once = clean(text)
        assert clean(once) == once, "twice is not once"
        assert is_clean(once), "not clean"
    assert "\n" not in clean_line(text), "a line of two lines"


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _anchor(data: bytes) -> None:
    """Mark a passage of the text, and look for it in another one made of the same bytes."""
    text = clean_text(data[2:].decode("utf-8", "replace"))
    if len(text) < 2:  # noqa: PLR2004 - a passage and something around it
        return
    start = data[0] * len(text) // 256
    end = min(len(text), start + 1 + data[1] % 90)
    target = describe(text, Span(start, end))
    place = anchor(target, text)
    assert getattr(place, "span", None) == Span(start, end), "not found where it was"
    middle = len(text) // 2
    for other in (text[middle:] + text[:middle], text.upper(), text[::-1], ""):
        anchor(target, other)
        find_quote(target.quote.exact, other)


def _query(data: bytes) -> None:
    parse(data.decode("utf-8", "replace"))


def _templates(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for name in PRESETS[DEFAULT].templates:
        TemplateWorker(DEFAULT, {name: text}, seconds=1).check()


def _keymap(data: bytes) -> None:
    words = data.decode("utf-8", "replace").split() or ["x"]
    ids = [each.id for each in ALL_KEYS]
    overrides = {
        (word if at % 3 else ids[len(word) * 7 % len(ids)]): tuple(words[at + 1 : at + 3])
        or (word,)
        for at, word in enumerate(words)
    }
    keymap = Keymap(overrides)
    by_palette = {key.id for key in ALL_KEYS if not key.keys}
    for key in keymap.of(ALL_KEYS):
        assert shown_all(key) or key.id in by_palette, f"{key.id} is on no key"
    for _, keys in keymap.groups():
        assert keys


def _file(read_file: Callable[[Path], object], data: bytes) -> None:
    path = _scratch() / "file"
    path.write_bytes(data)
    read_file(path)


@cache
def _scratch() -> Path:
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, folder)
    return folder


def _recognise(data: bytes) -> None:
    for match in recognise(SourceFile("export", data)):
        for _ in read(match):
            pass


def _import(name: str, data: bytes) -> None:
    source = SourceFile("export", data)
    chosen = importer(name)
    chosen.sniff(source)
    for _ in read(Match(chosen, source)):
        pass
