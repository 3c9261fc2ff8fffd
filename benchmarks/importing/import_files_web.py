"""Bookmarks of browsers, Pocket's page, OPML; pages saved by SingleFile and as MHTML."""

import json
import plistlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.header import Header
from html import escape
from pathlib import Path
from quopri import encodestring

from import_drafts import Draft, Quoted
from import_files_json import save_json
from import_files_tables import save
from import_truth import Truth, add_page, form, iso, item_of

CHROME_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
PAGE_DATE = "%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)"
SINGLE_COLOURS = ("yellow", "pink", "blue", "green")


def _micros(draft: Draft, epoch: datetime = datetime(1970, 1, 1, tzinfo=UTC)) -> int:
    if draft.broken_date is not None:
        return 0
    return int((draft.saved - epoch).total_seconds()) * 1_000_000


def _with_one_line(draft: Draft) -> Draft:
    title, note = " ".join(draft.title.split()), " ".join(draft.note.split())
    return replace(draft, title=title, note=note)


@form("pocket-html")
def write_pocket(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Pocket's page of links."""
    lists: dict[bool, list[str]] = {False: [], True: []}
    for each in drafts:
        draft = each.tags_without(",")
        add_page(truth, draft, "title tags state saved")
        lists[draft.is_archived].append(
            f'\t\t\t<li><a href="{escape(draft.url)}" time_added="{escape(draft.seconds)}" '
            f'tags="{escape(",".join(draft.tags))}">{escape(draft.title or draft.url)}</a></li>'
        )
    unread, archived = ("\n".join(lists[is_archived]) for is_archived in (False, True))
    text = (
        "<!DOCTYPE html>\n<html>\n\t<!--So long and thanks for all the fish-->\n\t<head>\n"
        '\t\t<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />\n'
        "\t\t<title>Pocket Export</title>\n\t</head>\n\t<body>\n\t\t<h1>Unread</h1>\n\t\t<ul>\n"
        f"{unread}\n\n\t\t</ul>\n\t\t\n\t\t<h1>Read Archive</h1>\n\t\t<ul>\n{archived}\n\n"
        "\t\t</ul>\n\t</body>\n</html>\n"
    )
    return save(folder, "ril_export.html", text)


@form("bookmarks-html")
def write_bookmarks(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write bookmarks as browsers do, in nested folders, one of them without a name."""
    lines = [
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>",
        "<!-- This is an automatically generated file.",
        "     It will be read and overwritten.",
        "     DO NOT EDIT! -->",
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">',
        "<TITLE>Bookmarks</TITLE>",
        "<H1>Bookmarks</H1>",
        "<DL><p>",
        '    <DT><A HREF="place:sort=8&maxResults=10">Most visited</A>',
    ]
    truth.skip("place:sort=8&maxResults=10", "address", "Most visited")
    for each in drafts:
        draft = _with_one_line(each.tags_without(","))
        if draft.is_each(6, 0):
            name = ("Städte &amp; Brücken", "", "読書")[draft.number // 6 % 3]
            lines += [f'    <DT><H3 ADD_DATE="1400000000">{name}</H3>', "    <DL><p>"]
        add_page(truth, draft, "title tags saved note")
        lines.append(
            f'        <DT><A HREF="{escape(draft.url)}" ADD_DATE="{escape(draft.seconds)}" '
            f'LAST_MODIFIED="1500000000" TAGS="{escape(",".join(draft.tags))}" PRIVATE="0" '
            f'ICON="data:image/png;base64,iVBORw0KGgo=">{escape(draft.title)}</A>'
        )
        if draft.note:
            lines.append(f"        <DD>{escape(draft.note)}")
        if draft.is_each(6, 5):
            lines.append("    </DL><p>")
    for item in truth.items:
        item.folder = "Städte & Brücken 読書"
    return save(folder, "bookmarks.html", "\n".join([*lines, "</DL><p>", ""]))


@form("firefox-json")
def write_firefox(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Firefox's JSON of bookmarks, with separators and a smart folder."""
    children: list[dict[str, object]] = []
    for each in drafts:
        draft = each.tags_without(",")
        add_page(truth, draft, "title tags saved note")
        node: dict[str, object] = {
            "guid": f"g{draft.number:011}",
            "title": draft.title,
            "index": draft.number,
            "dateAdded": _micros(draft),
            "lastModified": _micros(draft),
            "id": draft.number + 10,
            "typeCode": 1,
            "type": "text/x-moz-place",
            "uri": draft.url,
        }
        if draft.tags:
            node["tags"] = ",".join(draft.tags)
        if draft.note:
            note = {"name": "bookmarkProperties/description", "flags": 0, "value": draft.note}
            node["annos"] = [note]
        children.append(node)
        if draft.is_each(8, 4):
            children.append({"guid": f"s{draft.number:011}", "type": "text/x-moz-place-separator"})
    smart = {"title": "Recent", "type": "text/x-moz-place", "uri": "place:type=6&sort=14"}
    truth.skip("place:type=6&sort=14", "address", "Recent")
    inner = {"title": "Brücken", "type": "text/x-moz-place-container", "children": children}
    menu = {
        "guid": "menu________",
        "title": "menu",
        "root": "bookmarksMenuFolder",
        "type": "text/x-moz-place-container",
        "children": [smart, inner],
    }
    root = {
        "guid": "root________",
        "title": "",
        "index": 0,
        "root": "placesRoot",
        "type": "text/x-moz-place-container",
        "children": [menu],
    }
    for item in truth.items:
        item.folder = "Brücken menu"
    return save(folder, "bookmarks-2026-01-05.json", json.dumps(root, ensure_ascii=False))


@form("chrome-json")
def write_chrome(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Chrome's file of bookmarks, which has no suffix."""
    nodes: list[dict[str, object]] = []
    for draft in drafts:
        add_page(truth, draft, "title saved")
        nodes.append(
            {
                "date_added": str(_micros(draft, CHROME_EPOCH)),
                "date_last_used": "0",
                "guid": f"{draft.number:08}-0000-4000-8000-000000000000",
                "id": str(draft.number + 5),
                "name": draft.title,
                "type": "url",
                "url": draft.url,
            }
        )
    half = len(nodes) // 2
    roots = {
        name: {"children": some, "date_added": "0", "id": str(at), "name": name, "type": "folder"}
        for at, (name, some) in enumerate(
            {"bookmark_bar": nodes[:half], "other": nodes[half:], "synced": []}.items()
        )
    }
    for item in truth.items:
        item.folder = "bookmark_bar other"
    return save_json(folder, "Bookmarks", {"checksum": "0", "roots": roots, "version": 1})


def _safari(drafts: Sequence[Draft], truth: Truth, form_of: plistlib.PlistFormat) -> bytes:
    children: list[dict[str, object]] = []
    for each in drafts:
        draft = replace(each, title="".join(filter(_is_xml, each.title)))
        add_page(truth, draft, "title saved")
        reading: dict[str, object] = {"PreviewText": draft.excerpt}
        if draft.broken_date is None:
            reading["DateAdded"] = draft.saved.replace(tzinfo=None)
        if draft.is_archived:
            reading["DateLastViewed"] = draft.saved.replace(tzinfo=None)
        children.append(
            {
                "URLString": draft.url,
                "URIDictionary": {"title": draft.title},
                "ReadingList": reading,
                "WebBookmarkType": "WebBookmarkTypeLeaf",
                "WebBookmarkUUID": f"{draft.number:08}",
            }
        )
    bar = {"Title": "BookmarksBar", "WebBookmarkType": "WebBookmarkTypeList", "Children": []}
    shelf = {"Title": "com.apple.ReadingList", "Children": children}
    root = {"WebBookmarkFileVersion": 1, "Children": [bar, shelf]}
    return plistlib.dumps(root, fmt=form_of)


def _is_xml(character: str) -> bool:
    return character >= " " or character in "\t\n\r"


@form("safari-binary")
def write_safari(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Safari's reading list as it is on the disk."""
    path = folder / "Bookmarks.plist"
    path.write_bytes(_safari(drafts, truth, plistlib.FMT_BINARY))
    return path


@form("safari-xml")
def write_safari_xml(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Safari's reading list as XML, as plutil converts it."""
    path = folder / "Bookmarks-xml.plist"
    path.write_bytes(_safari(drafts, truth, plistlib.FMT_XML))
    return path


def _opml(drafts: Sequence[Draft], truth: Truth, *, is_newsboat: bool) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += ["<head><title>Feeds &amp; links</title></head>", "<body>"]
    lines.append('<outline text="Städte &amp; 読書">')
    for each in drafts:
        draft = replace(_with_one_line(each), title="".join(filter(_is_xml, each.title)))
        draft = replace(draft, title=" ".join(draft.title.split()))
        is_feed = draft.is_each(2, 1)
        add_page(truth, draft, "title")
        name = escape(draft.title)
        url = escape(draft.url)
        kind = f'type="rss" xmlUrl="{url}" htmlUrl="{url}"' if is_feed else f'url="{url}"'
        lines.append(f'  <outline text="{name}" title="{name}" {kind}/>')
        if is_newsboat and draft.is_each(5, 0):
            command = f"|touch ran-{draft.number}"
            lines.append(f'  <outline text="shell" type="rss" xmlUrl="{command}"/>')
            truth.skip(command, "command", "shell")
            site = f"https://feeds.example/{draft.number}"
            lines.append(
                f'  <outline text="feed {draft.number}" xmlUrl="{site}" '
                f'filtercmd="touch ran-f{draft.number}"/>'
            )
            truth.skip(site, "command", f"feed {draft.number}")
    for item in truth.items:
        item.folder = "Städte & 読書 feed"
    return "\n".join([*lines, "</outline>", "</body>", "</opml>", ""])


@form("opml")
def write_opml(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write an outline of links and feeds."""
    return save(folder, "feeds.opml", _opml(drafts, truth, is_newsboat=False))


@form("opml-newsboat")
def write_newsboat(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write newsboat's outline, with commands in place of addresses."""
    return save(folder, "newsboat.xml", _opml(drafts, truth, is_newsboat=True))


def page_of(draft: Draft, *, marks: bool = False) -> str:
    """Return a whole page, with what sites put around an article; with SingleFile's marks."""
    text = draft.text
    for at in range(len(draft.highlights) - 1, -1, -1) if marks else ():
        mark, colour = draft.highlights[at], SINGLE_COLOURS[at % len(SINGLE_COLOURS)]
        before, inner, after = text[: mark.start], text[mark.start : mark.end], text[mark.end :]
        opening = f"\x01{colour}\x02"
        text = before + opening + inner.replace("\n\n", f"\x03\n\n{opening}") + "\x03" + after
    body = "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in text.split("\n\n"))
    for colour in SINGLE_COLOURS:
        name = f"single-file-highlight single-file-highlight-{colour}"
        body = body.replace(f"\x01{colour}\x02", f'<single-file-highlight class="{name}">')
    body = body.replace("\x03", "</single-file-highlight>")
    return (
        f'<html lang="{draft.language}"><head><meta charset="utf-8">'
        f"<title>{escape(draft.title)}</title>"
        f'<meta name="author" content="{escape(draft.authors[0])}">'
        f'<link rel="canonical" href="{escape(draft.url)}"></head><body>'
        '<nav><a href="/">Home</a> <a href="/news">News</a> <a href="/shop">Shop</a></nav>'
        f"<main><article><h1>{escape(draft.title)}</h1>\n{body}</article></main>"
        '<p class="single-file-removed">Hidden by the reader</p>'
        "<footer>© News. All rights reserved.</footer></body></html>"
    )


def _single_file(draft: Draft, folder: Path, truth: Truth, first: str) -> Path:
    marks = tuple(
        replace(mark, colour=SINGLE_COLOURS[at % len(SINGLE_COLOURS)], note="", tags=())
        for at, mark in enumerate(_apart(draft))
    )
    draft = replace(draft, highlights=marks)
    item = item_of(draft, "title saved text", "colour")
    note = ""
    if marks and draft.is_each(2, 1):
        cited = escape(marks[0].quote)
        item.highlights[0].note = "A note beside it"
        note = (
            '<single-file-note class="single-file-note-yellow"><template shadowrootmode="open">'
            f"<style>div{{color:red}}</style><div class=note><header></header><blockquote>{cited}"
            "</blockquote><textarea>A note beside it</textarea></div></template>"
            "</single-file-note>"
        )
    date = draft.saved.strftime(PAGE_DATE)
    comment = f"<!--\n {first}\n url: {draft.url} \n saved date: {date}\n-->"
    page = page_of(draft, marks=True).replace("</body>", f"{note}</body>")
    truth.add(item)
    return save(
        folder,
        f"page-{draft.number}.html",
        f"<!DOCTYPE html> {page}".replace("<head>", f"{comment}<head>", 1),
    )


def _apart(draft: Draft) -> list[Quoted]:
    """Return the highlights that do not overlap, in the order of the text."""
    kept: list[Quoted] = []
    for mark in sorted(draft.highlights, key=lambda mark: mark.start):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _saved_pages(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts that a browser can have saved."""
    whole = [_with_one_line(draft) for draft in drafts if not draft.is_broken and draft.title]
    return [draft for draft in whole if "\x1b" not in draft.title and draft.title != draft.url]


@form("singlefile")
def write_single_file(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write pages that SingleFile saved, with its highlights and notes: a folder."""
    pages = {draft.url: draft for draft in _saved_pages(drafts)}
    for draft in pages.values():
        _single_file(draft, folder, truth, "Page saved with SingleFile")
    return folder


@form("singlefile-old")
def write_old_single_file(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write pages with the comment of SingleFile's early versions."""
    pages = {draft.url: draft for draft in _saved_pages(drafts)}
    for draft in pages.values():
        _single_file(draft, folder, truth, "Archive processed by SingleFile")
    return folder


@form("mhtml")
def write_mhtml(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write pages as MHTML as browsers do: a folder."""
    for draft in {draft.url: draft for draft in _saved_pages(drafts)}.values():
        truth.add(replace(item_of(draft, "title text"), saved=iso(draft.saved)))
        page = page_of(replace(draft, highlights=())).encode()
        is_base64 = draft.is_each(3, 2)
        body = b64encode(page) if is_base64 else encodestring(page)
        subject = Header(draft.title, "utf-8", header_name="Subject").encode(linesep="\r\n")
        kind = "base64" if is_base64 else "quoted-printable"
        head = (
            f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {draft.url}\r\n"
            f"Subject: {subject}\r\nDate: {draft.saved:%a, %d %b %Y %H:%M:%S} -0000\r\n"
            'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
            '\tboundary="----MultipartBoundary--x1----"\r\n\r\n\r\n'
            "------MultipartBoundary--x1----\r\nContent-Type: text/html\r\n"
            f"Content-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: {kind}\r\n"
            f"Content-Location: {draft.url}\r\n\r\n"
        )
        tail = (
            "\r\n------MultipartBoundary--x1----\r\nContent-Type: image/png\r\n"
            "Content-Transfer-Encoding: base64\r\nContent-Location: cid:logo@mhtml.blink\r\n\r\n"
            "iVBORw0KGgo=\r\n------MultipartBoundary--x1------\r\n"
        )
        path = folder / f"page-{draft.number}.mhtml"
        path.write_bytes(head.encode() + body + tail.encode())
    return folder
