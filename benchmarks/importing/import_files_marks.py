"""Files of services whose point is the highlights: Omnivore, Hypothesis, Zotero, Glasp, W3C."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from import_drafts import Draft, Quoted
from import_files_json import ISO_ZULU, html_of, save_json
from import_files_tables import save
from import_truth import Truth, add_page, form, iso, item_of

OMNIVORE_PART = 20
CONTEXT = 32


def _omnivore(draft: Draft) -> dict[str, object]:
    archived = ("Archived", "ARCHIVED")[draft.number % 2]
    return {
        "id": f"{draft.number:08x}-34e1-4f55-b0e9-161e367946f6",
        "slug": f"story-{draft.number}-192daf{draft.number:05x}",
        "title": draft.title,
        "description": draft.excerpt,
        "author": draft.authors[0] if draft.authors else None,
        "url": draft.url,
        "state": archived if draft.is_archived else ("Active", "SUCCEEDED")[draft.number % 2],
        "readingProgress": round(draft.progress * 100),
        "thumbnail": None,
        "labels": list(draft.tags),
        "savedAt": draft.date(ISO_ZULU),
        "updatedAt": draft.date(ISO_ZULU),
        "publishedAt": None,
    }


def _without_spaces(draft: Draft) -> Draft:
    """Return a draft whose highlights have no tags with spaces, which the file cannot tell."""
    marks = tuple(
        replace(mark, tags=tuple(tag for tag in mark.tags if " " not in tag))
        for mark in draft.highlights
    )
    return replace(draft, highlights=marks)


def _omnivore_rows(
    drafts: Sequence[Draft], truth: Truth, *, has_text: bool
) -> list[dict[str, object]]:
    rows = []
    for each in drafts:
        draft = _without_spaces(replace(each, authors=each.authors[:1]))
        row = _omnivore(draft)
        if draft.is_each(13, 6):
            row["state"] = "DELETED"
            truth.skip(draft.url, "deleted", draft.title)
        elif has_text:
            add_page(truth, draft, "title authors tags state saved progress text", "note tags")
        else:
            add_page(truth, draft, "title authors tags state saved progress")
        rows.append(row)
    return rows


@form("omnivore-json")
def write_omnivore_json(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write one file of Omnivore's metadata, as it is passed around."""
    rows = _omnivore_rows(drafts, truth, has_text=False)
    return save_json(folder, "metadata_0_to_20.json", rows)


@form("omnivore-zip")
def write_omnivore(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Omnivore's export, with texts and highlights."""
    rows = _omnivore_rows(drafts, truth, has_text=True)
    path = folder / "omnivore-export.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for start in range(0, len(rows), OMNIVORE_PART):
            some = rows[start : start + OMNIVORE_PART]
            name = f"metadata_{start}_to_{start + OMNIVORE_PART}.json"
            archive.writestr(name, json.dumps(some, ensure_ascii=False))
        for draft, row in zip(drafts, rows, strict=True):
            if f"content/{row['slug']}.html" in archive.NameToInfo:
                continue
            archive.writestr(f"content/{row['slug']}.html", f"<div>{html_of(draft)}</div>")
            if draft.highlights:
                archive.writestr(f"highlights/{row['slug']}.md", _omnivore_marks(draft))
    return path


def _omnivore_marks(draft: Draft) -> str:
    """Return highlights as Omnivore writes them: a quote, its labels, its note."""
    parts = []
    for mark in draft.highlights:
        quote = "\n".join(f"> {line}".rstrip() for line in mark.quote.split("\n"))
        labels = " ".join(f"#{tag}" for tag in mark.tags if " " not in tag)
        parts.append("\n".join(part for part in (quote, labels, mark.note) if part))
    return "\n\n".join(parts) + "\n"


@form("instapaper-highlights")
def write_instapaper(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the Markdown of articles with highlights in Instapaper: a folder of files."""
    for draft in {draft.url: draft for draft in drafts if draft.highlights}.values():
        marks = tuple(
            replace(mark, quote=" ".join(mark.quote.split()), note=" ".join(mark.note.split()))
            for mark in draft.highlights
        )
        is_private = draft.is_each(7, 2)
        url = f"instapaper-private://email/{draft.number}/" if is_private else draft.url
        title = f"Story {draft.number} – {draft.language}"
        mine = replace(draft, highlights=marks, title=title, url="" if is_private else draft.url)
        truth.add(item_of(mine, "title", "note"))
        lines = [f"# [{title}]({url})", ""]
        for mark in marks:
            lines += [f"> {mark.quote}", "", *([mark.note, ""] if mark.note else [])]
        save(folder, f"{draft.number}.md", "\n".join(lines))
    return folder


def _selectors(draft: Draft, mark: Quoted) -> list[dict[str, object]]:
    return [
        {"type": "TextPositionSelector", "start": mark.start + 211, "end": mark.end + 211},
        {
            "type": "TextQuoteSelector",
            "exact": mark.quote,
            "prefix": draft.text[max(mark.start - CONTEXT, 0) : mark.start],
            "suffix": draft.text[mark.end : mark.end + CONTEXT],
        },
    ]


@form("hypothesis-json")
def write_hypothesis(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the export of Hypothesis's client, with page notes and replies."""
    rows: list[dict[str, object]] = []
    for draft in drafts:
        if draft.is_broken or not draft.highlights:
            continue
        item = item_of(draft, "title", "note tags created")
        shared: dict[str, object] = {
            "uri": draft.url,
            "user": "acct:reader@hypothes.is",
            "group": "__world__",
            "document": {"title": [draft.title] if draft.is_each(2, 0) else draft.title},
        }
        for at, mark in enumerate(draft.highlights):
            date = mark.created.strftime("%Y-%m-%dT%H:%M:%S.000000+00:00")
            range_selector = {
                "type": "RangeSelector",
                "startContainer": "/main[1]/p[1]",
                "startOffset": 0,
                "endContainer": "/main[1]/p[1]",
                "endOffset": 9,
            }
            selectors = [range_selector, *_selectors(draft, mark)]
            row = {
                **shared,
                "id": f"an{draft.number:06}-{at}",
                "text": mark.note,
                "tags": list(mark.tags),
                "created": date,
                "updated": date,
                "target": [{"source": draft.url, "selector": selectors}],
            }
            rows.append(row)
            if draft.is_each(8, 3):
                text = f"I agree, {draft.number}.{at}"
                reply = {"id": f"re{draft.number}-{at}", "references": [row["id"]], "text": text}
                rows.append({**row, **reply, "target": [{"source": draft.url}], "tags": []})
                truth.skip(text, "reply")
        if draft.is_each(5, 1):
            item.note = f"About page {draft.number}"
            page = {"id": f"pn{draft.number}", "text": item.note, "tags": []}
            date = draft.saved.strftime("%Y-%m-%dT%H:%M:%S.000000+00:00")
            target = [{"source": draft.url}]
            rows.append({**shared, **page, "created": date, "updated": date, "target": target})
        truth.add(item)
    head = {
        "export_date": "2026-01-05T10:00:00.000Z",
        "export_userid": "acct:reader@hypothes.is",
        "client_version": "1.1500.0",
    }
    return save_json(folder, "hypothesis.json", {**head, "annotations": rows})


@form("w3c")
def write_w3c(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write a page of Web Annotations, with targets and bodies in their several shapes."""
    rows: list[dict[str, object]] = []
    for draft in drafts:
        if draft.is_broken or not draft.highlights:
            continue
        truth.add(item_of(draft, "", "note tags created"))
        for at, mark in enumerate(draft.highlights):
            bodies: list[dict[str, object]] = [
                {"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in mark.tags
            ]
            if mark.note:
                bodies.append({"type": "TextualBody", "value": mark.note, "purpose": "commenting"})
            position, quote = _selectors(draft, mark)
            selector = (quote, [quote, position], {**position, "refinedBy": quote})[at % 3]
            target = {"source": draft.url, "selector": selector}
            rows.append(
                {
                    "id": f"urn:uuid:{draft.number:08x}-0000-4000-8000-{at:012x}",
                    "type": "Annotation",
                    "motivation": "commenting" if mark.note else "highlighting",
                    "created": iso(mark.created),
                    "body": bodies[0] if len(bodies) == 1 else bodies,
                    "target": [target] if at % 2 else target,
                }
            )
    value = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:x:page",
        "type": "AnnotationPage",
        "items": rows,
    }
    return save_json(folder, "annotations.jsonld", value)


def _clipper(drafts: Sequence[Draft], truth: Truth, *, has_data: bool) -> list[dict[str, object]]:
    pages = []
    for draft in {draft.url: draft for draft in drafts}.values():
        if draft.is_broken or not draft.highlights:
            continue
        item = item_of(draft, "title", "note created")
        page: dict[str, object] = {"url": draft.url.split("#")[0], "title": draft.title}
        if draft.is_each(4, 3):
            del page["title"]
            item.title = ""
        page["highlights"] = [
            {
                "text": mark.quote,
                "timestamp": iso(mark.created),
                **({"notes": [mark.note]} if mark.note else {}),
            }
            for mark in draft.highlights
        ]
        if has_data:
            page["data"] = [_clipping(draft, mark, at) for at, mark in enumerate(draft.highlights)]
        truth.add(item)
        pages.append(page)
    return pages


def _clipping(draft: Draft, mark: Quoted, at: int) -> dict[str, object]:
    return {
        "id": str(int(mark.created.timestamp() * 1000)),
        "type": "text",
        "xpath": f"/html[1]/body[1]/p[{at + 1}]" if at % 2 else "",
        "content": f"<p>{mark.quote}</p>",
        "startOffset": mark.start,
        "endOffset": mark.end,
        "textQuote": {
            "prefix": draft.text[max(mark.start - CONTEXT, 0) : mark.start],
            "suffix": draft.text[mark.end : mark.end + CONTEXT],
        },
        "notes": [mark.note] if mark.note else [],
    }


@form("clipper")
def write_clipper(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the highlights of Obsidian's Web Clipper."""
    return save_json(folder, "highlights.json", _clipper(drafts, truth, has_data=False))


@form("clipper-2026")
def write_new_clipper(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the highlights of newer Web Clippers, with their places."""
    return save_json(folder, "highlights-2026.json", _clipper(drafts, truth, has_data=True))


@form("glasp")
def write_glasp(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the answer of Glasp's API."""
    results = []
    for draft in {draft.url: draft for draft in drafts}.values():
        if draft.is_broken:
            continue
        truth.add(item_of(draft, "title tags note", "note colour created"))
        results.append(
            {
                "id": f"g{draft.number}",
                "title": draft.title,
                "url": draft.url,
                "domain": "news.example",
                "document_note": draft.note,
                "summary": "",
                "tags": list(draft.tags),
                "created_at": draft.date(ISO_ZULU),
                "updated_at": draft.date(ISO_ZULU),
                "highlights": [
                    {
                        "id": f"h{draft.number}-{at}",
                        "text": mark.quote,
                        "note": mark.note,
                        "color": mark.colour,
                        "highlighted_at": mark.created.strftime(ISO_ZULU),
                    }
                    for at, mark in enumerate(draft.highlights)
                ],
            }
        )
    value = {"count": len(results), "nextPageCursor": None, "results": results}
    return save_json(folder, "glasp.json", value)


@form("markdown")
def write_markdown(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write notes with properties and quotations, as people keep them: a folder of files."""
    for draft in {draft.url: draft for draft in drafts if draft.highlights}.values():
        marks = tuple(
            replace(mark, note="" if "=" in mark.note or "<" in mark.note else mark.note)
            for mark in draft.highlights
        )
        title = f"Story {draft.number}: “{draft.language}”"
        mine = replace(draft, title=title, highlights=marks)
        truth.add(item_of(mine, "title authors tags", "note"))
        tags = [tag.replace(" ", "-") for tag in mine.tags]
        lines = [
            "---",
            f"title: {json.dumps(title, ensure_ascii=False)}",
            f"source: {json.dumps(draft.url, ensure_ascii=False)}",
            f"author: {json.dumps(list(draft.authors), ensure_ascii=False)}",
            f"created: {draft.saved:%Y-%m-%d}",
            f"tags: {json.dumps(tags, ensure_ascii=False)}",
            "---",
            "",
        ]
        for mark in marks:
            lines += [f"> {line}".rstrip() for line in mark.quote.split("\n")]
            lines += ["", *([mark.note, ""] if mark.note else [])]
        save(folder, f"{draft.number}.md", "\n".join(lines))
    return folder
