"""A case of the attacks in the form of each source: a PDF, a book, a feed, mail, a saved page.

`words` is the case as a text, put into every fact that the form can hold; `data` are its bytes,
put where the text of the article is.
"""

import base64
import json
import plistlib
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from html import escape
from io import BytesIO

PROSE = "Costs fell by nine percent in 2023. The mayor said so. And more of it, in the town hall. "
LONGEST = 2000  # characters of a case that are put into facts
DEAD = "http://127.0.0.1:9/entry"  # where nobody answers


def references(words: str) -> str:
    """Return a text as references to its characters, so that any form of XML can hold it."""
    return "".join(f"&#{ord(letter)};" for letter in words[:LONGEST])


def xml_text(words: str) -> str:
    """Return a text for XML, without what XML cannot hold."""
    kept = re.sub("[^\t\n\x20-\x7e\x80-\U0010ffff]", "", words[:LONGEST])
    return escape(kept.encode("utf-8", "ignore").decode())


def pdf(words: str, _: bytes) -> bytes:
    """Return a PDF whose facts, labels, contents, link and printed letters are the words."""
    words = words[:LONGEST] or "x"
    said = words.encode("utf-16-be", "surrogatepass").hex().encode()
    letters = list(dict.fromkeys(words))
    names = "".join(
        f"<{n:04x}><{letter.encode('utf-16-be', 'surrogatepass').hex()}>\n"
        for n, letter in enumerate(letters, 1)
    )
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000><ffff> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{names}endbfchar\nendcmap end end"
    ).encode()
    codes = "".join(f"{letters.index(letter) + 1:04x}" for letter in words)
    lines = [codes[at : at + 240] for at in range(0, len(codes), 240)][:40]
    shown = "".join(
        f"BT /F2 10 Tf 1 0 0 1 72 {600 - 12 * n} Tm <{line}> Tj ET\n"
        for n, line in enumerate(lines)
    )
    prose = "".join(
        f"BT /F1 10 Tf 1 0 0 1 72 {760 - 12 * n} Tm ({PROSE}) Tj ET\n" for n in range(8)
    )
    content = (prose + shown).encode()
    link = words.encode("utf-8", "replace").hex().encode()
    return pdf_of(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/Outlines 9 0 R/PageLabels<</Nums[0<</P<feff%s>>>]>>>>"
            % said,
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Annots[11 0 R]"
            b"/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>",
            4: stream(content),
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            6: b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 7 0 R"
            b"/DescendantFonts[8 0 R]>>",
            7: stream(to_unicode),
            8: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 500"
            b"/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>",
            9: b"<</Type/Outlines/First 10 0 R/Last 10 0 R/Count 1>>",
            10: b"<</Title<feff%s>/Parent 9 0 R/Dest[3 0 R/Fit]>>" % said,
            11: b"<</Type/Annot/Subtype/Link/Rect[0 0 600 700]/A<</S/URI/URI<%s>>>>>" % link,
            12: b"<</Title<feff%s>/Author<feff%s>/CreationDate<feff%s>>>" % (said, said, said),
        },
        info=12,
    )


def pdf_with_content(_: str, data: bytes) -> bytes:
    """Return a PDF whose page is drawn by the bytes."""
    return pdf_of(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            4: stream(b"BT /F1 10 Tf 72 700 Td (Words.) Tj ET\n" + data),
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        }
    )


def stream(data: bytes, more: bytes = b"") -> bytes:
    """Return the body of an object with packed data."""
    packed = zlib.compress(data)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), more, packed)


def pdf_of(objects: Mapping[int, bytes], *, info: int = 0, more: bytes = b"") -> bytes:
    """Return a PDF of these objects, the first of which is its catalog."""
    data, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(objects) + 1
    table = b"".join(b"%010d %05d n \n" % (places.get(n, 0), 0) for n in range(1, size))
    named = b"/Info %d 0 R" % info if info else b""
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    end = b"\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + head + b"trailer<</Size %d/Root 1 0 R%s%s>>" % (size, named, more) + end


CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{}"/></rootfiles></container>'
)
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """Return a book of these members."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
        for name, content in members.items():
            book.writestr(name, content)
    return packed.getvalue()


def package(facts: str, items: str = "", spine: str = "", doctype: str = "") -> str:
    """Return the package of a book with one chapter."""
    return (
        f'{doctype}<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{facts}</metadata><manifest>'
        f'<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>{items}</manifest>'
        f'<spine><itemref idref="c"/>{spine}</spine></package>'
    )


def book(members: Mapping[str, str | bytes]) -> bytes:
    """Return a book with one chapter, some of whose members are replaced or added."""
    plain: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER.format("p.opf"),
        "p.opf": package("<dc:title>A book</dc:title>"),
        "c.xhtml": f"{XHTML}<body><h1>One</h1><p>{PROSE}</p></body></html>",
    }
    return archive(plain | dict(members))


def epub(words: str, _: bytes) -> bytes:
    """Return a book whose facts, names, contents, labels, links and notes are the words."""
    said = xml_text(words)
    names = "title creator language date publisher description identifier source subject"
    facts = "".join(f"<dc:{name}>{said}</dc:{name}>" for name in names.split())
    nav = (
        f'{XHTML}<body><nav epub:type="toc"><ol><li><a href="c.xhtml">{said}</a></li></ol></nav>'
        f'<nav epub:type="page-list"><ol><li><a href="c.xhtml#{said}">{said}</a></li></ol></nav>'
        "</body></html>"
    )
    chapter = (
        f'{XHTML}<head><title>{said}</title></head><body><span epub:type="pagebreak" title="{said}"'
        f' id="{said}"/><p>{PROSE}<a href="{said}">{said}</a><a epub:type="noteref" href="#n">'
        f'{said}</a> {said}</p><aside epub:type="footnote" id="n"><p>{said}</p></aside>'
        f'<img src="{said}" alt="{said}"/></body></html>'
    )
    item = (
        '<item id="n" href="n.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f'<item id="x" href="{said}" media-type="{said}"/>'
    )
    opf = package(facts, item, '<itemref idref="x"/>')
    return book({"p.opf": opf, "n.xhtml": nav, "c.xhtml": chapter})


def feed(words: str, data: bytes) -> bytes:
    """Return a feed whose facts are the words; the text of its second entry are the bytes."""
    said = references(words)
    facts = f"<title>{said}</title><link>{said}</link><author>{said}</author><guid>{said}</guid>"
    text = data[:1_000_000].replace(b"]]>", b"]]&gt;")
    body = f"<p>{PROSE * 3}</p>".encode()
    return b"".join(
        (
            f"<rss xml:base='{said}'><channel><title>{said}</title><link>{said}</link>"
            f"<ttl>{said}</ttl><item>{facts}<pubDate>{said}</pubDate><description>".encode(),
            b"<![CDATA[" + body + b"]]></description></item>",
            f"<item><title>x</title><guid>x</guid><link>{DEAD}</link><description>".encode(),
            b"<![CDATA[" + body + text + b"]]></description></item></channel></rss>",
        )
    )


def json_feed(words: str, _: bytes) -> bytes:
    """Return a feed in JSON whose values are the words."""
    words = words[:LONGEST].encode("utf-8", "replace").decode()
    keys = "id url external_url title content_html content_text date_published summary image"
    entry = {**dict.fromkeys(keys.split(), words), "authors": [{"name": words}], "tags": [words]}
    value = {"version": words, "title": words, "home_page_url": words, "next_url": words}
    return json.dumps(value | {"items": [entry, {**entry, "id": "b", "url": DEAD}]}).encode()


def mail(words: str, data: bytes) -> bytes:
    """Return a message whose fields are the words, as they are and encoded; its parts the bytes."""
    plain = words[:LONGEST].encode("utf-8", "surrogatepass")
    raw = plain.replace(b"\r", b" ").replace(b"\n", b"\n ")
    coded = b"=?utf-8?b?" + base64.b64encode(plain) + b"?="
    html = f"<p>{PROSE * 3}</p>".encode() + data[:2_000_000]
    return b"".join(
        (
            b"From: " + coded + b" <a@b.example>\nTo: c@d.example\nDate: " + raw + b"\n",
            b"Subject: " + coded + b" " + raw + b"\nMessage-ID: <" + raw + b">\n",
            b"List-Id: " + coded + b"\nList-Post: <" + raw + b">\nArchived-At: <" + raw + b">\n",
            b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
            b'Content-Type: text/html; charset="' + raw[:40] + b'"\n',
            b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(html),
            b'\n--b\nContent-Type: text/plain; name="'
            + raw
            + b'"\nContent-Disposition: attachment;',
            b' filename="' + coded + b'"\n\n' + data[:1000] + b"\n--b--\n",
        )
    )


def mhtml(words: str, data: bytes) -> bytes:
    """Return a page saved as MHTML: its address and fields are the words, its text the bytes."""
    raw = words[:LONGEST].encode("utf-8", "surrogatepass").replace(b"\n", b" ").replace(b"\r", b" ")
    html = f"<title>A page</title><article><p>{PROSE * 3}</p>".encode() + data
    return b"".join(
        (
            b"From: <Saved by Blink>\nSnapshot-Content-Location: " + raw + b"\nSubject: " + raw,
            b'\nMIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary=b',
            b"\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n",
            b"Content-Location: " + raw + b"\n\n" + base64.encodebytes(html) + b"\n--b--\n",
        )
    )


def web_archive(words: str, data: bytes) -> bytes:
    """Return a page saved by Safari: its address and encoding are the words, its text the bytes."""
    said = words[:LONGEST].encode("utf-8", "replace").decode()
    html = f"<title>A page</title><article><p>{PROSE * 3}</p>".encode() + data
    resource = {
        "WebResourceData": html,
        "WebResourceURL": said,
        "WebResourceTextEncodingName": said,
        "WebResourceMIMEType": said,
    }
    return plistlib.dumps({"WebMainResource": resource}, fmt=plistlib.FMT_BINARY)


def chapter(_: str, data: bytes) -> bytes:
    """Return a book whose chapter are the bytes."""
    return book({"c.xhtml": data})


def package_of(_: str, data: bytes) -> bytes:
    """Return a book whose package are the bytes."""
    return book({"p.opf": data})


# What files are made of a case, by the name of the door and the suffix of the file.
FORMS: Mapping[str, tuple[str, Callable[[str, bytes], bytes]]] = {
    "PDF: its facts, labels and letters": (".pdf", pdf),
    "PDF: what draws a page": (".pdf", pdf_with_content),
    "EPUB: its facts, names and notes": (".epub", epub),
    "EPUB: a chapter": (".epub", chapter),
    "EPUB: the package": (".epub", package_of),
    "mail: its fields and parts": (".eml", mail),
    "MHTML: its fields and page": (".mhtml", mhtml),
    "webarchive: its fields and page": (".webarchive", web_archive),
}
WORDS_ONLY, DATA_ONLY = (pdf, epub), (pdf_with_content, chapter, package_of)
FEEDS: Mapping[str, Callable[[str, bytes], bytes]] = {
    "feed: its facts and texts": feed,
    "feed: JSON": json_feed,
    "feed: the file": lambda _, data: data,
}
