"""JSON of services that keep links and articles: Pocket, Readwise, Reader, Wallabag, Karakeep."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from import_drafts import Draft
from import_files_tables import save
from import_truth import Truth, add_page, form, item_of

WALLABAG_TIME = "%Y-%m-%dT%H:%M:%S+0000"
ISO_ZULU = "%Y-%m-%dT%H:%M:%S.000Z"


def save_json(folder: Path, name: str, value: object, *, is_ascii: bool = False) -> Path:
    """Write a value as JSON and return the path of the file."""
    return save(folder, name, json.dumps(value, ensure_ascii=is_ascii, indent=1))


def html_of(draft: Draft) -> str:
    """Return the text of a draft as HTML, with formatting inside of sentences."""
    parts = []
    for at, paragraph in enumerate(draft.paragraphs):
        text = paragraph.replace("&", "&amp;").replace("<", "&lt;")
        words = text.split(" ")
        if len(words) > at + 1:
            words[at] = f"<em>{words[at]}</em>"
        parts.append(f"<p>{' '.join(words)}</p>")
    return "\n".join(parts)


@form("pocket-json")
def write_pocket(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write what Pocket's API answered, with numbers as strings and deleted items."""
    items: dict[str, dict[str, object]] = {}
    for draft in drafts:
        is_deleted = draft.is_each(11, 6)
        if is_deleted:
            truth.skip(draft.url, "deleted", draft.title)
        else:
            add_page(truth, draft, "title tags state saved", "quote")
        key = str(9_000_000 + draft.number)
        status = "2" if is_deleted else str(int(draft.is_archived))
        items[key] = {
            "item_id": key,
            "resolved_id": key,
            "given_url": draft.url,
            "resolved_url": draft.url,
            "given_title": "",
            "resolved_title": draft.title,
            "time_added": draft.seconds,
            "time_read": draft.seconds if draft.is_archived else "0",
            "favorite": str(int(draft.is_starred)),
            "status": status,
            "excerpt": draft.excerpt,
            "word_count": str(len(draft.text.split())),
            "tags": {tag: {"item_id": key, "tag": tag} for tag in draft.tags},
        }
        if draft.highlights:
            items[key]["annotations"] = [
                {"annotation_id": f"{key}-{at}", "quote": mark.quote, "version": "2"}
                for at, mark in enumerate(draft.highlights)
            ]
    return save_json(folder, "pocket.json", {"status": 1, "complete": 1, "list": items})


@form("readwise-json")
def write_readwise(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the export of Readwise's API: articles and books."""
    results = []
    for draft in drafts:
        if draft.is_broken or not draft.highlights:
            continue
        is_book = draft.is_each(6, 5)
        mine = replace(draft, url="") if is_book else draft
        truth.add(item_of(mine, "title authors tags note", "note tags colour created"))
        results.append(_readwise_book(mine, is_book=is_book))
    value = {"count": len(results), "nextPageCursor": None, "results": results}
    return save_json(folder, "readwise.json", value)


def _readwise_book(draft: Draft, *, is_book: bool) -> dict[str, object]:
    return {
        "user_book_id": draft.number,
        "title": draft.title,
        "author": ", ".join(draft.authors),
        "readable_title": draft.title,
        "source": "kindle" if is_book else "reader",
        "cover_image_url": "",
        "unique_url": draft.url,
        "summary": draft.excerpt,
        "book_tags": [{"id": at, "name": tag} for at, tag in enumerate(draft.tags)],
        "category": "books" if is_book else "articles",
        "document_note": draft.note,
        "readwise_url": f"https://readwise.io/bookreview/{draft.number}",
        "source_url": draft.url or None,
        "external_id": None,
        "asin": f"B00{draft.number:07}" if is_book else None,
        "highlights": [
            {
                "id": draft.number * 100 + at,
                "text": mark.quote,
                "note": mark.note,
                "location": at,
                "location_type": "order",
                "end_location": None,
                "url": None,
                "color": mark.colour,
                "highlighted_at": mark.created.strftime(ISO_ZULU),
                "created_at": mark.created.strftime(ISO_ZULU),
                "updated_at": mark.created.strftime(ISO_ZULU),
                "tags": [{"id": at, "name": tag} for at, tag in enumerate(mark.tags)],
                "is_favorite": False,
                "is_discard": False,
                "external_id": None,
            }
            for at, mark in enumerate(draft.highlights)
        ],
    }


@form("reader-json")
def write_reader(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the list of Reader's API: highlights and notes are documents with a parent."""
    results: list[dict[str, object]] = []
    for draft in drafts:
        if draft.is_each(9, 2):
            truth.skip(draft.url, "feed", draft.title)
        else:
            add_page(truth, draft, "title authors tags saved state progress text", "note tags")
        where = "archive" if draft.is_archived else "later"
        document: dict[str, object] = {
            "id": f"01{draft.number:08}",
            "url": f"https://read.readwise.io/read/01{draft.number:08}",
            "source_url": draft.url,
            "title": draft.title,
            "author": ", ".join(draft.authors),
            "source": "Reader RSS",
            "category": "rss" if draft.is_each(9, 2) else "article",
            "location": "feed" if draft.is_each(9, 2) else where,
            "tags": {tag: {"name": tag, "type": "manual"} for tag in draft.tags}
            if draft.is_each(2, 0)
            else list(draft.tags),
            "site_name": draft.site,
            "word_count": 120,
            "created_at": draft.date(ISO_ZULU),
            "updated_at": draft.date(ISO_ZULU),
            "saved_at": draft.date(ISO_ZULU),
            "published_date": 1_400_000_000_000,
            "summary": draft.excerpt,
            "image_url": "",
            "content": None,
            "html_content": html_of(draft),
            "notes": "",
            "parent_id": None,
            "reading_progress": draft.progress,
        }
        results.append(document)
        if not (draft.is_each(9, 2) or draft.is_broken):
            results = _reader_marks(draft, document) + results
    value = {"count": len(results), "nextPageCursor": None, "results": results}
    return save_json(folder, "reader.json", value)


def _reader_marks(draft: Draft, parent: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the highlights and notes of a document, which precede it."""
    found: list[dict[str, object]] = []
    for at, mark in enumerate(draft.highlights):
        shared = {"source_url": parent["url"], "title": None, "author": None, "saved_at": None}
        name = f"{parent['id']}-{at}"
        tags = {tag: {"name": tag, "type": "manual"} for tag in mark.tags}
        date = mark.created.strftime(ISO_ZULU)
        found.append(
            {
                **shared,
                "id": name,
                "category": "highlight",
                "content": mark.quote,
                "parent_id": parent["id"],
                "tags": tags,
                "created_at": date,
            }
        )
        if mark.note:
            note = {"id": f"{name}-n", "category": "note", "content": mark.note}
            found.append({**shared, **note, "parent_id": name, "tags": {}, "created_at": date})
    return found


def _wallabag(draft: Draft, *, is_new: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "is_archived": draft.is_archived if is_new else int(draft.is_archived),
        "is_starred": draft.is_starred if is_new else int(draft.is_starred),
        "tags": list(draft.tags),
        "is_public": False,
        "id": draft.number + 1 if is_new else str(draft.number + 1),
        "title": draft.title,
        "url": draft.url,
        "given_url": draft.url,
        "content": html_of(draft),
        "created_at": draft.date(WALLABAG_TIME),
        "updated_at": draft.date(WALLABAG_TIME),
        "published_by": list(draft.authors),
        "annotations": [
            {
                "text": mark.note,
                "quote": mark.quote,
                "ranges": [_range(draft, mark.start, mark.end)],
            }
            for mark in draft.highlights
        ],
        "mimetype": "text/html",
        "language": draft.language,
        "reading_time": 1,
        "domain_name": f"{draft.language}.news.example",
    }
    if draft.is_each(5, 3):
        del entry["published_by"], entry["language"], entry["mimetype"]
    return entry


def _range(draft: Draft, start: int, end: int) -> dict[str, object]:
    """Return a range in the paragraphs of the text, as the annotator of Wallabag writes it."""
    places = []
    for offset in (start, end):
        at, rest = 0, offset
        while rest > len(draft.paragraphs[at]):
            rest -= len(draft.paragraphs[at]) + 2
            at += 1
        places.append((f"/p[{at + 1}]", max(rest, 0)))
    (first, begins), (last, ends) = places
    return {"start": first, "startOffset": str(begins), "end": last, "endOffset": str(ends)}


@form("wallabag-v2")
def write_wallabag(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Wallabag's JSON of today, with texts and annotations."""
    fields = "title tags state saved text"
    entries = []
    for draft in drafts:
        add_page(truth, draft, f"{fields} authors" if not draft.is_each(5, 3) else fields, "note")
        entries.append(_wallabag(draft, is_new=draft.is_each(2, 0)))
    return save_json(folder, "All articles.json", entries, is_ascii=True)


@form("wallabag-v1")
def write_old_wallabag(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the JSON of Wallabag 1: numbers as keys beside the names."""
    entries = []
    for each in drafts:
        draft = each.tags_without(",", " ")
        add_page(truth, draft, "title tags state text")
        is_read, is_starred = str(int(draft.is_archived)), str(int(draft.is_starred))
        names = {
            "id": str(draft.number + 1),
            "title": draft.title,
            "url": draft.url,
            "is_read": is_read,
            "is_fav": is_starred,
            "content": html_of(draft),
            "user_id": "1",
        }
        numbers = {str(at): value for at, value in enumerate(names.values())}
        entries.append({**numbers, **names, "tags": ",".join(draft.tags)})
    return save_json(folder, "wallabag-export.json", entries)


@form("karakeep")
def write_karakeep(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Karakeep's JSON: links, texts, and bookmarks without content."""
    bookmarks: list[dict[str, object]] = []
    for draft in drafts:
        content: dict[str, str] | None = {"type": "link", "url": draft.url}
        if draft.is_each(10, 8):
            content = None
            truth.skip(draft.title, "content")
        else:
            add_page(truth, draft, "title tags state saved note")
        created = int(draft.saved.timestamp()) if draft.broken_date is None else draft.broken_date
        bookmarks.append(
            {
                "createdAt": created,
                "title": draft.title or None,
                "tags": list(draft.tags),
                "lists": ["l1"] if draft.is_each(4, 1) else [],
                "content": content,
                "note": draft.note or None,
                "archived": draft.is_archived,
            }
        )
    shelf = {"id": "l1", "name": "Brücken", "description": None, "icon": "🌉", "type": "manual"}
    lists = [{**shelf, "query": None, "parentId": None}]
    for item in truth.items:
        item.folder = "Brücken"
    return save_json(folder, "karakeep.json", {"bookmarks": bookmarks, "lists": lists})


@form("linkwarden")
def write_linkwarden(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Linkwarden's backup: links in collections, some of them pinned as well."""
    shelves: list[list[dict[str, object]]] = [[], []]
    for draft in drafts:
        add_page(truth, draft, "title tags saved note")
        link: dict[str, object] = {
            "id": draft.number,
            "name": draft.title,
            "url": draft.url or None,
            "description": draft.note,
            "type": "url",
            "tags": [{"id": at, "name": tag} for at, tag in enumerate(draft.tags)],
            "createdAt": draft.date(ISO_ZULU),
            "importDate": None,
        }
        shelves[draft.number % 2].append(link)
    names = ("Unorganized", "Städte")
    collections = [
        {
            "id": at,
            "name": name,
            "description": "",
            "color": "#0ea5e9",
            "parentId": at - 1 if at else None,
            "links": shelf,
            "rssSubscriptions": [],
        }
        for at, (name, shelf) in enumerate(zip(names, shelves, strict=True))
    ]
    for item in truth.items:
        item.folder = " ".join((*names, "pinned"))
    pinned = shelves[0][:3]
    truth.merged += len(pinned)
    truth.rows += len(pinned)
    value = {"id": 1, "username": "reader", "collections": collections, "pinnedLinks": pinned}
    return save_json(folder, "linkwarden-backup.json", value)


@form("pinboard")
def write_pinboard(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Pinboard's JSON."""
    rows = []
    for each in drafts:
        draft = each.tags_without(" ")
        add_page(truth, draft, "title tags saved note")
        rows.append(
            {
                "href": draft.url,
                "description": draft.title or False,
                "extended": draft.note,
                "meta": f"{draft.number:032x}",
                "hash": f"{draft.number:032x}",
                "time": draft.date("%Y-%m-%dT%H:%M:%SZ"),
                "shared": "no",
                "toread": "no" if draft.is_archived else "yes",
                "tags": " ".join(draft.tags),
            }
        )
    return save(folder, "pinboard_export", json.dumps(rows))
