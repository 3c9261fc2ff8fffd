"""Texts that are damaged or made to do harm: JSON, tables, markup, properties, Lua."""

import json
import plistlib
from collections.abc import Iterator

from import_bad_archives import GOOD, HEAD, ROW, Making

ARTICLE = '{{"href":"https://a.example/{0}","description":"Number {0}","extended":"","tags":"a",'
ARTICLE += '"time":"2024-01-01T00:00:00Z","toread":"no","shared":"no"{1}}}'


def _list(*more: str) -> bytes:
    """Return Pinboard's JSON of three good bookmarks and one with something bad."""
    rows = [ARTICLE.format(at, "") for at in range(3)]
    rows += [ARTICLE.format(9, f",{each}") for each in more]
    return f"[{','.join(rows)}]".encode()


def _case(name: str, data: bytes, text: str, least: int = 0, most: int | None = None) -> Making:  # noqa: PLR0917
    return Making(name, lambda: data, text, least, most)


def values() -> Iterator[Making]:
    """Yield files of JSON."""
    deep = '"x":' + "[" * 100_000 + "]" * 100_000
    yield _case("json-deep.json", b"[" * 1_000_000, "too deep: refused", most=0)
    yield _case("json-deep-inside.json", _list(deep), "too deep inside an item", 0, 4)
    yield _case("json-big-number.json", _list('"n":' + "9" * 100_000), "a huge number", 0, 4)
    yield _case("json-exponent.json", _list('"time":1e400'), "a number without end", 0, 4)
    yield _case("json-nan.json", _list('"time":NaN,"n":-Infinity'), "NaN is not JSON", 0, 4)
    yield _case("json-twice.json", _list('"href":"https://b.example/"'), "a name twice", 3, 4)
    yield _case("json-surrogate.json", _list('"extended":"x\\ud800y\\udfff"'), "surrogates", 3, 4)
    yield _case("json-nul.json", _list('"extended":"x\\u0000y"'), "NUL in a text", 3, 4)
    yield _case("json-escapes.json", _list('"extended":"\\u001b]0;own\\u0007"'), "ESC", 3, 4)
    yield _case("json-bom.json", b"\xef\xbb\xbf" + _list(), "a byte-order mark", 3, 3)
    yield _case("json-utf16.json", _list().decode().encode("utf-16"), "UTF-16", 3, 3)
    yield _case("json-utf32.json", _list().decode().encode("utf-32"), "UTF-32", 0, 3)
    yield _case("json-garbage-after.json", _list() + b"\n]} trailing", "text after the end", 0, 3)
    yield _case("json-types.json", _wrong_types(), "numbers, lists, null for texts", 0, 20)
    yield _case("json-scalar.json", b"42", "a number alone: refused", most=0)
    yield _case("json-null.json", b"null", "null alone: refused", most=0)
    yield _case("json-empty-list.json", b"[]", "nothing in it, or unknown", most=0)
    yield _case("json-long-text.json", _list(f'"extended":"{"x" * 30_000_000}"'), "30 MB", 0, 4)
    yield _case("json-many-keys.json", _list('"x":{' + _keys(300_000) + "}"), "many keys", 0, 4)
    yield _case("json-one-line.json", b",".join([_list()] * 3), "lists after each other", 0, 3)
    yield _case("json-comments.json", b"// hello\n" + _list(), "a comment is not JSON", 0, 3)
    yield _case("json-long-address.json", _address("https://x.example/" + "a" * 100_000), "", 3, 4)
    for at, bad in enumerate(ADDRESSES):
        yield _case(f"json-address-{at}.json", _address(bad), "an address that is none", 3, 4)
    yield _case("hypothesis-same-ids.json", _same_ids(), "marks with the same id", 1, 2)


ADDRESSES = (
    "javascript:alert(1)",
    "http://[::1",
    "http://user:secret@x.example/",
    "https://x.example/\n\x1b[31mred",
    "http://\u0430pple.example\\@evil.example/",
    "data:text/html,<script>1</script>",
    "HTTP://X.EXAMPLE:99999/",
    "https://",
)


def _address(url: str) -> bytes:
    return _list(f'"href":{json.dumps(url)}')


def _keys(count: int) -> str:
    return ",".join(f'"k{at}":{at}' for at in range(count))


def _wrong_types() -> bytes:
    wrong: tuple[object, ...] = (None, 7, True, [], {}, [["x"]], 1.5)
    rows = [
        {"href": f"https://t.example/{at}", "time": bad, "tags": bad, "description": bad}
        for at, bad in enumerate(wrong)
    ]
    rows += [{"href": bad, "description": "x", "time": "", "tags": ""} for bad in wrong]
    return json.dumps([*rows, *wrong]).encode()


def _same_ids() -> bytes:
    shared = {"id": "same", "user": "u", "tags": [], "document": {"title": ["T"]}, "text": "n"}
    rows = []
    for at in range(2):
        selector = {"type": "TextQuoteSelector", "exact": f"The words number {at}"}
        uri = f"https://h.example/{at}"
        rows.append({**shared, "uri": uri, "target": [{"source": uri, "selector": [selector]}]})
    head = {"export_date": "2026-01-01", "export_userid": "acct:u@h", "client_version": "1"}
    return json.dumps({**head, "annotations": rows}).encode()


def tables() -> Iterator[Making]:
    """Yield tables."""
    good = GOOD.decode()
    yield _case(
        "csv-huge-cell.csv",
        GOOD + b"x" * 5_000_000 + b",https://h.example/,1,,unread\n",
        "a cell too large: told with its line",
        5,
        6,
    )
    yield _case(
        "csv-unclosed.csv",
        GOOD + b'"open,https://o.example/,1,,unread\n' + GOOD * 9,
        "a quotation mark is not closed: told",
        4,
        6,
    )
    yield _case("csv-unclosed-long.csv", GOOD + b'"open,' + GOOD * 20_000, "the same, long", 4, 6)
    yield _case("csv-nul.csv", GOOD.replace(b"One", b"O\0ne"), "NUL in cells", 4, 5)
    yield _case("csv-utf16.csv", good.encode("utf-16"), "UTF-16 is read", 5, 5)
    yield _case("csv-utf16-no-mark.csv", good.encode("utf-16-le"), "UTF-16 without a mark", 0, 5)
    yield _case(
        "csv-cp1252.csv",
        good.replace("One", "Caf\u00e9 \u201cx\u201d").encode("cp1252"),
        "an old encoding is read",
        5,
        5,
    )
    yield _case(
        "csv-shift-jis.csv",
        good.replace("One", "橋と渡し船の町の物語").encode("shift_jis"),
        "a Japanese encoding is read",
        5,
        5,
    )
    yield _case("csv-cr.csv", GOOD.replace(b"\n", b"\r"), "lines that end with CR", 5, 5)
    yield _case("csv-header.csv", HEAD.encode(), "no rows: nothing, or a sentence", most=0)
    yield _case("csv-columns.csv", GOOD + b"," * 200_000 + b"\n", "a row of many cells", 5, 6)
    yield _case("csv-short-rows.csv", GOOD + b"Two\n,,\nThree,https://3.example/\n", "", 5, 6)
    yield _case("csv-no-newline.csv", GOOD.rstrip(b"\n"), "no newline at the end", 5, 5)
    yield _case("csv-other.csv", b"name,price\nbread,2\nmilk,1\n", "of no service: refused", most=0)
    yield _case("csv-escapes.csv", GOOD.replace(b"One", b"\x1b]52;c;cm0=\x07O"), "ESC", 5, 5)
    yield _case(
        "csv-many.csv",
        (HEAD + "".join(ROW.format(n) for n in range(3))).encode() + b"," * 0 + b"\n" * 2_000_000,
        "two million blank lines",
        3,
        3,
    )


LOL = '<!DOCTYPE x [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
)
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
OUTLINE = '<outline text="One" htmlUrl="https://o.example/{0}" xmlUrl="https://o.example/{0}"/>'


def _opml(body: str, doctype: str = "") -> bytes:
    return f'<?xml version="1.0"?>{doctype}<opml version="2.0"><body>{body}</body></opml>'.encode()


def _plist(body: str, doctype: str = "") -> bytes:
    shelf = f"<dict><key>Title</key><string>com.apple.ReadingList</string>{body}</dict>"
    inner = f"<dict><key>Children</key><array>{shelf}</array></dict>"
    return f'<?xml version="1.0"?>{doctype}<plist version="1.0">{inner}</plist>'.encode()


def _note(front: str) -> bytes:
    return f"---\n{front}\n---\n\n# A note\n\n> The bridge is closed for a year.\n\nWhy?\n".encode()


def _lua(body: str) -> bytes:
    mark = '[1] = { ["text"] = "The bridge is closed.", ["drawer"] = "lighten", '
    mark += '["datetime"] = "2024-01-01 10:00:00", ["page"] = "/body/p[1]" },'
    props = '["doc_props"] = { ["title"] = "A book", ["authors"] = "M. Kinley" },'
    text = f'-- metadata.epub.lua\nreturn {{ ["annotations"] = {{ {mark} }}, {props} {body} }}\n'
    return text.encode()


def documents() -> Iterator[Making]:
    """Yield outlines, property lists and bookmarks."""
    ten = "".join(OUTLINE.format(at) for at in range(10))
    nested = '<outline text="x">' * 100_000
    yield _case("opml-lol.opml", _opml(f'<outline text="&j;"/>{ten}', LOL + "]>"), "a DTD", most=0)
    yield _case("opml-xxe.opml", _opml(f'<outline text="&a;"/>{ten}', XXE), "a DTD", most=0)
    yield _case("opml-deep.opml", _opml(nested + ten), "too deep", 0, 10)
    yield _case("opml-no-body.opml", f"<opml>{ten}</opml>".encode(), "no body: read", 0, 10)
    yield _case("opml-unknown-entity.opml", _opml(f'<outline text="&nbsp;"/>{ten}'), "", 0, 10)
    yield _case(
        "opml-cp1252.opml", _opml(ten).replace(b'"1.0"?', b'"1.0" encoding="nope"?'), "", 0, 10
    )
    yield _case(
        "opml-billion-attributes.opml",
        _opml("<outline " + " ".join(f'a{at}="1"' for at in range(200_000)) + "/>" + ten),
        "",
        0,
        10,
    )
    yield _case("plist-lol.plist", _plist("<key>&j;</key>", LOL + "]>"), "a DTD", most=0)
    yield _case("plist-xxe.plist", _plist("<key>&a;</key>", XXE), "a DTD", most=0)
    yield _case("plist-deep.plist", _plist("<array>" * 50_000), "too deep", most=0)
    yield _case(
        "plist-binary-cut.plist",
        plistlib.dumps({"Children": []}, fmt=plistlib.FMT_BINARY)[:40],
        "damaged",
        most=0,
    )
    yield _case("plist-binary-cycle.plist", _cycle(), "a value that holds itself", most=0)
    yield _case(
        "plist-binary-huge.plist",
        b"bplist00" + b"\xaf\x13" + b"\x7f" * 8 + bytes(32),
        "a length that is not",
        most=0,
    )
    start = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n"
    link = '<DT><A HREF="https://b.example/{0}" ADD_DATE="1">B</A>\n'
    links = "".join(link.format(at) for at in range(5))
    yield _case(
        "bookmarks-deep.html",
        (start + "<DL><p><DT><H3>f</H3>" * 100_000 + links).encode(),
        "too deep",
        0,
        5,
    )
    yield _case("bookmarks-entity.html", (start + links + "&" * 200_000 + links).encode(), "", 5, 5)
    yield _case("bookmarks-open.html", (start + links + "<" * 200_000).encode(), "", 5, 5)
    yield _case(
        "bookmarks-quote.html",
        (start + links + '<A HREF="' + "x" * 2_000_000).encode(),
        "an attribute is not closed",
        5,
        6,
    )


def notes() -> Iterator[Making]:
    """Yield notes, sidecars, clippings and saved pages."""
    yield _case(
        "yaml-tag.md", _note('title: !!python/object/apply:os.system ["touch ran"]'), "", 0, 1
    )
    yield _case(
        "yaml-lol.md",
        _note(
            "a: &a [x, x]\n"
            + "".join(
                f"{chr(98 + at)}: &{chr(98 + at)} [{f'*{chr(97 + at)}, ' * 9}]\n" for at in range(9)
            )
            + "source: https://y.example/"
        ),
        "aliases are refused",
        0,
        1,
    )
    yield _case("yaml-deep.md", _note("title: " + "[" * 50_000), "too deep", 0, 1)
    yield _case("yaml-long.md", _note("title: " + "x" * 3_000_000), "too long", 0, 1)
    yield _case("yaml-open.md", b"---\ntitle: x\n\n> quote without an end\n", "no end", 0, 1)
    yield _case("lua-command.lua", _lua('["x"] = os.execute("touch ran"),'), "never run", 0, 1)
    yield _case("lua-function.lua", _lua('["x"] = (function() return 1 end)(),'), "never run", 0, 1)
    yield _case("lua-before.lua", b'os.execute("touch ran")\n' + _lua(""), "never run", 0, 1)
    yield _case("lua-deep.lua", _lua('["x"] = ' + "{" * 100_000), "too deep", 0, 1)
    yield _case(
        "lua-long.lua", _lua('["x"] = [==[ ]] ]=] ]==], ["y"] = "\\065\\x42\\z  c",'), "", 1, 1
    )
    yield _case("lua-open.lua", _lua('["x"] = "no end'), "a text is not closed", 0, 1)
    yield _case("lua-concat.lua", _lua('["x"] = "a" .. "b",'), "an expression", 0, 1)
    yield _case(
        "kindle-bars.txt",
        b"A book (Me)\n- Your Highlight on page 1 | Location 1-2 | "
        b"Added on Friday, June 2, 2023 9:01:02 AM\n\nText\n" + b"=" * 2_000_000,
        "",
        0,
        1,
    )
    yield _case(
        "kindle-brackets.txt",
        b"(" * 200_000 + b"\n- Your Highlight on page 1 | Location "
        b"1-2 | Added on Friday, June 2, 2023 9:01:02 AM\n\nText\n==========\n",
        "",
        0,
        1,
    )
    yield _case(
        "kindle-header.txt",
        b"A book (Me)\n- Your Highlight on page " + b"1 | " * 200_000 + b"\n\nText\n==========\n",
        "",
        0,
        1,
    )
    yield _case("mhtml-nested.mhtml", _mime(), "parts inside parts without end", 0, 1)
    yield _case(
        "mhtml-charset.mhtml",
        b"Snapshot-Content-Location: https://m.example/\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: text/html; charset=rot13\r\n\r\n<p>"
        + b"The bridge is closed. " * 50
        + b"</p>\r\n--b--\r\n",
        "a strange encoding",
        0,
        1,
    )
    page = "<!--\n Page saved with SingleFile\n url: https://s.example/\n saved date: never\n-->"
    yield _case("singlefile-deep.html", f"<html>{page}{'<div>' * 300_000}text".encode(), "", 0, 1)
    yield _case(
        "singlefile-spaces.html", f"<html>{page}<p>{' ' * 3_000_000}x</p>".encode(), "", 0, 1
    )


def _cycle() -> bytes:
    """Return a binary plist of an array that holds itself."""
    trailer = bytes(6) + bytes([1, 1]) + (1).to_bytes(8, "big") + bytes(8) + (10).to_bytes(8, "big")
    return b"bplist00" + b"\xa1\x00" + bytes([8]) + trailer


def _mime() -> bytes:
    head = b"Snapshot-Content-Location: https://m.example/\r\nMIME-Version: 1.0\r\n"
    parts = b"".join(
        b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (at, at)
        for at in range(3000)
    )
    return head + parts + b"Content-Type: text/html\r\n\r\n<p>in</p>"
