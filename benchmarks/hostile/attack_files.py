"""Files that are made to harm whoever reads them: bombs, paths, entities and loops of each kind.

A case has its bytes in `data`, and in `suffix` what kind of file it is.
"""

import base64
import plistlib
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from attack_forms import (
    CONTAINER,
    PROSE,
    XHTML,
    book,
    feed,
    package,
    pdf_of,
    pdf_with_content,
    stream,
)

SECRET = "root:"  # in /etc/passwd, which no file may have shown
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BILLION = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY p SYSTEM "file:///etc/passwd">]>'
MANY, DEEP = 100_000, 20_000

Case = dict[str, Any]
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%s>>>>"
FONT = b"/Font<</F1 5 0 R>>"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = stream(b"BT /F1 10 Tf 72 700 Td (Costs fell by nine percent.) Tj ET")


def harmful_files(wanted: str) -> Iterator[Case]:
    """Yield the cases of a suffix."""
    for suffix, files in (
        (".epub", _books()),
        (".pdf", _pdfs()),
        (".xml", _feeds()),
        (".eml", _messages()),
        (".mhtml", _saved_pages()),
        (".webarchive", _archives()),
        (".clipboard", _clipboards()),
    ):
        if suffix != wanted:
            continue
        for name, data in files:
            expected = {"must_not_contain": SECRET}
            kind = f"file{suffix}"
            yield {"id": f"{suffix[1:]}-{name}", "kind": kind, "data": data, "expected": expected}


def _chapter(body: str, doctype: str = "") -> str:
    return f"{doctype}{XHTML}<body><p>{PROSE}</p>{body}</body></html>"


def _books() -> Iterator[tuple[str, bytes]]:
    facts = "<dc:title>A book</dc:title>"
    yield "bomb-chapter", book({"c.xhtml": _chapter("<p>" + "a" * 300_000_000)})
    yield "bomb-many-chapters", book({f"m{n}.xhtml": b"\0" * 19_000_000 for n in range(30)})
    yield "bomb-package", book({"p.opf": package("<dc:title>" + "a" * 100_000_000 + "</dc:title>")})
    yield "many-members", book({f"m{n}": "" for n in range(25_000)})
    for place in ("../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "%2e%2e/passwd"):
        item = f'<item id="x" href="{place}" media-type="application/xhtml+xml"/>'
        yield f"path {place}", book({"p.opf": package(facts, item, '<itemref idref="x"/>')})
        yield f"root {place}", book({"META-INF/container.xml": CONTAINER.format(place)})
    yield "member-outside", book({"../../../evil.xhtml": "x", "/evil": "y", "..\\evil": "z"})
    yield "container-is-package", book({"META-INF/container.xml": CONTAINER.format("c.xhtml")})
    members: dict[str, dict[str, str | bytes]] = {
        "laughs-chapter": {"c.xhtml": _chapter("<p>&l11;</p>", BILLION)},
        "laughs-package": {"p.opf": package("<dc:title>&l11;</dc:title>", doctype=BILLION)},
        "laughs-container": {"META-INF/container.xml": BILLION + CONTAINER.format("p.opf")},
        "entity-chapter": {"c.xhtml": _chapter("<p>&p;</p>", OUTSIDE)},
        "entity-package": {"p.opf": package("<dc:title>&p;</dc:title>", doctype=OUTSIDE)},
        "include": {"c.xhtml": _chapter('<xi:include href="file:///etc/passwd" parse="text"/>')},
        "spine-repeats": {"p.opf": package(facts, spine='<itemref idref="c"/>' * MANY)},
        "manifest-long": {"p.opf": package(facts, '<item id="c" href="c.xhtml"/>' * MANY)},
        "deep-chapter": {"c.xhtml": _chapter("<div>" * DEEP + "x")},
        "deep-package": {"p.opf": package("<a>" * DEEP)},
        "many-labels": {"c.xhtml": _chapter('<span epub:type="pagebreak" title="1"/>' * MANY)},
        "many-notes": {
            "c.xhtml": _chapter(
                "".join(f'<a epub:type="noteref" href="#n{n}">{n}</a>' for n in range(DEEP))
                + "".join(f'<aside epub:type="footnote" id="n{n}">x</aside>' for n in range(DEEP))
            )
        },
        "note-of-itself": {
            "c.xhtml": _chapter(
                '<aside epub:type="footnote" id="a"><a epub:type="noteref" href="#b">1</a></aside>'
                '<aside epub:type="footnote" id="b"><a epub:type="noteref" href="#a">1</a></aside>'
            )
        },
        "same-ids": {"c.xhtml": _chapter('<p id="a"><a href="#a">1</a></p>' * DEEP)},
        "long-table": {"c.xhtml": _chapter("<table>" + "<tr><td>a" * MANY)},
        "wide-table": {"c.xhtml": _chapter('<table><tr><td colspan="999999999">a<td>b')},
        "encryption-laughs": {"META-INF/encryption.xml": f"{BILLION}<encryption>&l11;"},
        "chapter-utf-16": {"c.xhtml": _chapter("x").encode("utf-16")},
        "chapter-no-text": {"c.xhtml": b"\xff\xfe\0\0\x1b[2J" * 1000},
    }
    for name, content in members.items():
        yield name, book(content)
    ncx = '<item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/>'
    points = "<navPoint><navLabel><text>x</text></navLabel><content src='c.xhtml'/>" * DEEP
    yield "deep-contents", book({"p.opf": package(facts, ncx), "n.ncx": f"<ncx><navMap>{points}"})
    yield from _zips()


def _zips() -> Iterator[tuple[str, bytes]]:
    whole = book({})
    yield "cut", whole[: len(whole) // 2]
    yield "prefix", b"PK\x03\x04" + whole
    end = whole.rindex(b"PK\x05\x06")
    yield "lies-of-members", whole[: end + 8] + struct.pack("<HH", 65535, 65535) + whole[end + 12 :]
    twice = BytesIO(whole)
    with zipfile.ZipFile(twice, "a") as file:
        file.writestr("c.xhtml", _chapter("<p>another chapter of the same name</p>"))
        link = zipfile.ZipInfo("link.xhtml")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    yield "two-of-a-name", twice.getvalue()
    locked = bytearray(whole)
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = locked.find(sign)
        while at >= 0:
            locked[at + place] |= 1
            at = locked.find(sign, at + 4)
    yield "locked-members", bytes(locked)


def _pdfs() -> Iterator[tuple[str, bytes]]:
    catalog, pages = b"<</Type/Catalog/Pages 2 0 R%s>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    page = PAGE % FONT
    good = {1: catalog % b"", 2: pages, 3: page, 4: WORDS, 5: HELVETICA}
    outline = b"<</Title(x)/Parent 6 0 R/Next 7 0 R/First 7 0 R/Dest[3 0 R/Fit]>>"
    labels = b"/PageLabels<</Kids[8 0 R]>>"
    many = b"0 0 m BT /F1 1 Tf (x) Tj ET " * 400_000
    for name, objects in {
        "page-tree-of-itself": good | {2: b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3>>"},
        "page-of-itself": good | {3: b"<</Type/Pages/Kids[3 0 R]/Count 999999999>>"},
        "outline-of-itself": good
        | {1: catalog % b"/Outlines 6 0 R", 6: b"<</First 7 0 R/Count 9>>", 7: outline},
        "labels-of-themselves": good | {1: catalog % labels, 8: b"<</Kids[8 0 R]>>"},
        "labels-that-count": good | {1: catalog % b"/PageLabels<</Nums[0<</S/r/St 2000000000>>]>>"},
        "bomb-of-content": good | {4: stream(many)},
        "bomb-of-nothing": good | {4: stream(b" " * 500_000_000)},
        "form-of-itself": good
        | {
            3: PAGE % (FONT + b"/XObject<</X 6 0 R>>"),
            4: stream(b"/X Do"),
            6: stream(
                b"/X Do",
                b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>",
            ),
        },
        "font-of-itself": good
        | {
            5: b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 65"
            b"/LastChar 65/Widths[9]/CharProcs<</a 4 0 R>>/Encoding<</Differences[65/a]>>"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            4: stream(b"BT /F1 9 Tf (AAA) Tj ET"),
        },
        "box-too-large": good | {3: page.replace(b"0 0 612 792", b"-1e38 -1e38 1e38 1e38")},
        "box-of-nothing": good | {3: page.replace(b"0 0 612 792", b"nan nan 0 0")},
        "actions": good
        | {
            1: catalog % b"/OpenAction<</S/Launch/F(/bin/sh)>>/AA<</WC<</S/JavaScript/JS(app.alert"
            b"\\(1\\))>>>>/Names<</EmbeddedFiles<</Names[(../../x) 6 0 R]>>>>",
            6: b"<</Type/Filespec/F(../../x)/EF<</F 4 0 R>>>>",
        },
        "too-many-pages": good | {2: b"<</Type/Pages/Kids[" + b"3 0 R " * 3001 + b"]/Count 3001>>"},
        "one-page-often": good | {2: b"<</Type/Pages/Kids[" + b"3 0 R " * 2900 + b"]/Count 2900>>"},
        "deep-objects": good | {1: catalog % (b"/A" + b"[" * MANY)},
        "length-lies": good | {4: WORDS.replace(b"/Length", b"/Length 4 0 R/L")},
        "filters": good
        | {4: WORDS.replace(b"/FlateDecode", b"[" + b"/FlateDecode " * 5000 + b"]")},
    }.items():
        yield name, pdf_of(objects)
    whole = pdf_of(good)
    yield "table-of-itself", pdf_of(good, more=b"/Prev %d" % whole.rindex(b"xref\n"))
    yield "size-lies", whole.replace(b"/Size 6", b"/Size 2147483647")
    yield "cut", whole[: len(whole) // 2]
    yield "head-only", b"%PDF-1.7\n%%EOF"
    for name, content in {
        "letters-of-no-size": b"BT /F1 0 Tf 0 0 0 0 0 0 Tm (hidden words) Tj ET ",
        "letters-at-one-place": b"BT /F1 9 Tf 1 0 0 1 72 700 Tm (abc) Tj ET " * 30_000,
        "letters-far-away": b"BT /F1 1e30 Tf 1e30 0 0 1e30 1e38 -1e38 Tm (far words) Tj ET ",
        "states-unclosed": b"q " * 500_000,
        "turned": b"BT /F1 9 Tf 0 1 -1 0 72 700 Tm (turned) Tj ET " * 5_000,
    }.items():
        yield name, pdf_with_content("", content)


def _feeds() -> Iterator[tuple[str, bytes]]:
    item = "<item><title>&{};</title><guid>a</guid><link>http://127.0.0.1:9/</link></item>"
    rss = "{}<rss><channel><title>A feed</title>{}</channel></rss>"
    for name, text in {
        "laughs": rss.format(BILLION, item.format("l11")),
        "entity": rss.format(OUTSIDE, item.format("p")),
        "deep": rss.format("", "<item>" * DEEP),
        "many": rss.format(
            "", "".join(item.replace("a<", f"{n}<").format("amp") for n in range(MANY))
        ),
        "links": rss.format(
            "",
            "".join(
                f"<item><title>x</title><guid>{n}</guid><link>{link}</link></item>"
                for n, link in enumerate(
                    (
                        "file:///etc/passwd",
                        "javascript:alert(1)",
                        "data:text/html,x",
                        "//[",
                        "\\\\a",
                    )
                )
            ),
        ),
        "long-title": rss.format("", f"<item><title>{'a' * 8_000_000}</title></item>"),
        "no-end": "<rss><channel>" + "<item><title>a" * DEEP,
        "json-deep": '{"version": "1", "items": ' + "[" * MANY,
        "json-numbers": '{"version":"https://jsonfeed.org/version/1","items":[{"id":1e999}]}',
    }.items():
        yield name, text.encode()
    yield "utf-7", b"<?xml version='1.0' encoding='utf-7'?>" + feed("x", b"")


def _messages() -> Iterator[tuple[str, bytes]]:
    head = (
        b"From: a@b.example\nTo: c@d.example\nSubject: Rain\nDate: Wed, 1 May 2024 07:30:00 +0000\n"
    )
    head += b"MIME-Version: 1.0\n"
    part = b"--b\nContent-Type: text/plain\n\n" + PROSE.encode() + b"\n"
    mixed = b"Content-Type: multipart/mixed; boundary=b\n\n"
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000)
    )
    yield "deep-parts", head + nested + b"Content-Type: text/plain\n\n" + PROSE.encode()
    inner = b"Content-Type: message/rfc822\n\n" + head
    yield "messages-in-messages", head + inner * 3000
    yield "many-parts", head + mixed + part * MANY
    yield "many-fields", head + b"X-A: b\n" * 500_000 + b"\n" + PROSE.encode()
    yield "long-field", head + b"X-A: " + b"<" * 5_000_000 + b"\n\n" + PROSE.encode()
    yield "long-subject", head.replace(b"Rain", b"=?utf-8?q?" + b"=41" * 1_000_000 + b"?=") + b"\nx"
    yield "many-addresses", head.replace(b"c@d.example", b"(((a@b," * MANY) + b"\n" + PROSE.encode()
    for charset in ("idna", "undefined", "utf-7", "../../etc", "\x1b[2J"):
        kind = f'Content-Type: text/html; charset="{charset}"\n\n<p>{PROSE}'
        yield f"charset {charset!a}", head + kind.encode()
    for coding in ("x-uuencode", "base64", "quoted-printable", "gzip"):
        body = b"begin 644 x\n" + b"M" * 1_000_000 + b"=\n=3D=\xff" * 1000
        yield f"coding-{coding}", head + f"Content-Transfer-Encoding: {coding}\n\n".encode() + body
    html = f'<p>{PROSE * 3}<img src="https://t.example/o.gif?u=8f14e45fceea167a5a36dedd4bea2543" '
    html += 'width=1 height=1><a href="file:///etc/passwd">x</a><iframe src="cid:a"></iframe>'
    begin = b"Content-Type: text/html\nContent-ID: <a>\n\n"
    yield "frame-of-itself", head + begin + html.encode()
    yield "deep-html", head + begin + b"<div>" * 900_000 + PROSE.encode()
    yield "quotes", head + b"\n" + b"".join(b">" * n + b" x\n" for n in range(3000))


def _saved_pages() -> Iterator[tuple[str, bytes]]:
    head = b"From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nSubject: x\n"
    head += b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    page = b"--b\nContent-Type: text/html\nContent-Location: %s\n\n%s\n"
    text = f"<article><p>{PROSE * 3}</p>".encode()
    yield "frame-of-itself", head + page % (b"cid:a", text + b'<iframe src="cid:a">') + b"--b--"
    yield "many-parts", head + (page % (b"cid:a", text)) * 50_000
    yield "no-boundary", head.replace(b"; boundary=b", b"") + text
    yield "boundary-everywhere", head.replace(b"=b\n", b'=""\n') + b"--\n" * MANY
    yield (
        "place-outside",
        head.replace(b"https://a.example/", b"file:///etc/passwd")
        + page
        % (
            b"file:///etc/passwd",
            text,
        ),
    )
    packed = base64.encodebytes(b"<p>" + b"a" * 40_000_000)
    yield (
        "long-page",
        head + b"--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + packed,
    )
    yield "deep-page", head + page % (b"https://a.example/", b"<div>" * 900_000)
    yield "entity", head + page % (b"https://a.example/", (OUTSIDE + "<html>&p;").encode() + text)


def _archives() -> Iterator[tuple[str, bytes]]:
    key = "<key>WebMainResource</key>"
    plist = '<?xml version="1.0"?>{}<plist version="1.0"><dict>' + key + "{}</dict></plist>"
    yield "laughs", plist.format(BILLION, "<string>&l11;</string>").encode()
    yield "entity", plist.format(OUTSIDE, "<string>&p;</string>").encode()
    yield "deep", plist.format("", "<array>" * MANY).encode()
    yield "wrong-types", plist.format("", "<array><true/></array>").encode()
    resource: dict[str, object] = {"WebResourceData": PROSE.encode(), "WebResourceURL": "file:///a"}
    frames: dict[str, object] = {"WebMainResource": resource}
    for _ in range(200):
        frames = {"WebMainResource": resource, "WebSubframeArchives": [frames]}
    yield "frames-in-frames", plistlib.dumps(frames, fmt=plistlib.FMT_BINARY)
    yield "data-is-no-data", plistlib.dumps({"WebMainResource": {"WebResourceData": "text"}})
    # A list that holds itself, twice: with each step, there is twice as much of it.
    own = b"bplist00" + b"\xd1\x01\x02" + b"\x5fWebMainResource"[:1] + b"\x10\x0fWebMainResource"
    own += b"\xa2\x02\x02"
    table = bytes((8, 11, 29))
    end = b"\0" * 6 + bytes((1, 1)) + struct.pack(">QQQ", 3, 0, len(own))
    yield "list-of-itself", own + table + end
    lies = b"\0" * 6 + bytes((8, 8)) + struct.pack(">QQQ", 1 << 60, 0, 9)
    yield "table-lies", b"bplist00WebMainResource" + lies
    many = {"WebMainResource": resource, "WebSubresources": [resource] * MANY}
    yield "many-resources", plistlib.dumps(many, fmt=plistlib.FMT_BINARY)
    long = {"WebMainResource": {"WebResourceData": b"<p>" + b"a" * 60_000_000}}
    yield "long-page", plistlib.dumps(long, fmt=plistlib.FMT_BINARY)


def _clipboards() -> Iterator[tuple[str, bytes]]:
    types = "case \"$*\" in --list-types) printf '{}'; exit ;; esac\n"
    for name, script in {
        "empty": "exit 1",
        "image": types.format("image/png\\nTARGETS"),
        "image-as-text": types.format("text/html") + "printf '\\211PNG\\r\\n\\032\\n'",
        "binary": "head -c 100000 /dev/urandom",
        "too-large": f"yes '{PROSE}' | head -c 51000000",
        "large": f"yes '{PROSE}' | head -c 49000000",
        "endless": f"yes '{PROSE}'",
        "endless-types": 'case "$*" in --list-types) yes text/html ;; esac',
        "late": "sleep 60",
        "fails": "echo words; exit 3",
        "says-errors": "printf '\\033[2J' >&2; exit 1",
        "many-types": types.format("text/html\\n" * 1000) + f"echo '{PROSE}'",
    }.items():
        yield name, script.encode()
