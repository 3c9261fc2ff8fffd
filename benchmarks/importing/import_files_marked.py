"""More tables: Raindrop, Wallabag, Hypothesis, Diigo, O'Reilly, mymind; and OneTab's lines."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from import_drafts import Draft
from import_files_tables import save, table
from import_truth import TrueItem, Truth, add_page, form, iso, item_of

ISO_MILLIS = "%Y-%m-%dT%H:%M:%S.000Z"
RAINDROP = "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite"
HYPOTHESIS = "Created at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _raindrop(drafts: Sequence[Draft], truth: Truth, columns: str) -> str:
    rows = []
    for each in drafts:
        draft = each.tags_without(",")
        marks = [
            replace(mark, quote=_on_one_line(mark.quote), note=_on_one_line(mark.note))
            for mark in draft.highlights
        ]
        draft = replace(draft, highlights=tuple(marks))
        if "highlights" in columns:
            add_page(truth, draft, "title tags saved note", "note")
        else:
            add_page(truth, draft, "title tags saved note")
        lines = []
        for mark in marks:
            lines.append(f"Highlight:{mark.quote}")
            lines += [f"Note:{mark.note}"] if mark.note else []
        folder = ("Unsorted", "Städte / Brücken", "Read/Later")[draft.number % 3]
        truth.put_into(folder, draft)
        rows.append(
            {
                "id": 500_000 + draft.number,
                "title": draft.title,
                "note": draft.note,
                "excerpt": draft.excerpt,
                "url": draft.url,
                "folder": folder,
                "tags": ", ".join(draft.tags),
                "created": draft.date(ISO_MILLIS),
                "cover": "",
                "highlights": "\n".join(lines),
                "favorite": str(draft.is_starred).lower(),
            }
        )
    return table(columns, rows)


@form("raindrop")
def write_raindrop(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Raindrop's table."""
    return save(folder, "raindrop.csv", _raindrop(drafts, truth, RAINDROP), "utf-8-sig")


@form("raindrop-old")
def write_old_raindrop(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the table of one collection of earlier years, which lacks four columns."""
    columns = "title,note,excerpt,url,tags,created,cover"
    return save(folder, "raindrop-old.csv", _raindrop(drafts, truth, columns))


@form("raindrop-import")
def write_raindrop_form(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the table that Raindrop takes."""
    columns = "url,folder,title,note,tags,created"
    return save(folder, "to-raindrop.csv", _raindrop(drafts, truth, columns))


@form("wallabag-csv")
def write_wallabag_csv(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Wallabag's table, with the texts of the pages."""
    rows = []
    for each in drafts:
        draft = each.tags_without(",", ";")
        add_page(truth, draft, "title tags saved text")
        for item in truth.items[-1:]:
            item.saved = item.saved[:10]  # the hours are of twelve, without saying of which half
        rows.append(
            {
                "Title": draft.title,
                "URL": draft.url,
                "Content": "".join(f"<p>{paragraph}</p>" for paragraph in draft.paragraphs),
                "Tags": ", ".join(draft.tags),
                "MIME Type": "text/html",
                "Language": draft.language,
                "Creation date": draft.date("%d/%m/%Y %I:%M:%S"),
            }
        )
    columns = "Title,URL,Content,Tags,MIME Type,Language,Creation date"
    text = table(columns, rows, separator=";", ending="\n", quote_all=True)
    return save(folder, "wallabag.csv", text)


def _hypothesis(drafts: Sequence[Draft], truth: Truth, separator: str) -> str:
    rows: list[dict[str, str]] = []
    for draft in drafts:
        if draft.is_broken or not draft.highlights:
            continue
        item = item_of(draft, "title", "note created tags")
        for mark, true in zip(draft.highlights, item.highlights, strict=True):
            true.tags = [tag for tag in mark.tags if "," not in tag]
            rows.append(
                {
                    "Created at": mark.created.strftime("%Y-%m-%d %H:%M:%S"),
                    "Author": "reader_one",
                    "Page": draft.title,
                    "URL": draft.url,
                    "Group": "Public",
                    "Type": "Annotation" if mark.note or true.tags else "Highlight",
                    "Quote/description": mark.quote,
                    "Comment": mark.note,
                    "Tags": ",".join(true.tags),
                }
            )
        page_note = {"Type": "Page note", "Quote/description": "", "Tags": ""}
        if draft.is_each(5, 1):
            rows.append({**rows[-1], **page_note, "Comment": f"About page {draft.number}"})
            item.note = f"About page {draft.number}"
        truth.add(item)
        if draft.is_each(8, 3):
            rows.append({**rows[-1], "Type": "Reply", "Comment": f"I agree, {draft.number}"})
            truth.skip(f"I agree, {draft.number}", "reply")
    return table(HYPOTHESIS, rows, separator=separator)


@form("hypothesis-csv")
def write_hypothesis(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the table of Hypothesis with commas."""
    return save(folder, "hypothesis.csv", _hypothesis(drafts, truth, ","))


@form("hypothesis-csv-semicolons")
def write_hypothesis_semicolons(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the table of Hypothesis with semicolons."""
    return save(folder, "hypothesis-semicolons.csv", _hypothesis(drafts, truth, ";"))


@form("hypothesis-csv-tabs")
def write_hypothesis_tabs(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the table of Hypothesis with tabs, and an encoding that Excel writes."""
    text = _hypothesis(drafts, truth, "\t")
    return save(folder, "hypothesis-tabs.txt", text, "utf-16")


@form("diigo")
def write_diigo(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Diigo's table."""
    rows = []
    for each in drafts:
        kept = tuple(
            replace(mark, quote=_on_one_line(mark.quote), note="", tags=())
            for mark in each.highlights
        )
        draft = replace(each.tags_without(" ", ","), highlights=kept)
        add_page(truth, draft, "title tags saved note", "quote")
        rows.append(
            {
                "title": draft.title,
                "url": draft.url,
                "tags": " ".join(draft.tags) or "no_tag",
                "description": draft.note,
                "comments": "",
                "annotations": "\n".join(f"Highlight: {mark.quote}" for mark in kept),
                "created_at": draft.date("%Y/%m/%d %H:%M:%S +0000"),
            }
        )
    columns = "title,url,tags,description,comments,annotations,created_at"
    return save(folder, "diigo.csv", table(columns, rows, quote_all=True))


@form("oreilly", "highlights")
def write_oreilly(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write O'Reilly's table. The addresses are of books behind a wall: they may be left out."""
    rows = []
    for each in drafts:
        url = f"https://learning.oreilly.com/library/view/-/97810000{each.number:05}/"
        draft = replace(each, url=url)
        item = item_of(each, "title", "note colour")
        truth.add(item)
        for at, mark in enumerate(draft.highlights):
            item.highlights[at].created = iso(mark.created)[:10]
            rows.append(
                {
                    "Book Title": draft.title,
                    "Chapter Title": f"{at + 1}. Bridges, Ferries",
                    "Date of Highlight": mark.created.strftime("%Y-%m-%d"),
                    "Book URL": url,
                    "Chapter URL": f"{url}ch{at + 1:02}.html",
                    "Annotation URL": f"{url}ch{at + 1:02}.html#{draft.number}-{at}",
                    "Highlight": mark.quote,
                    "Color": mark.colour,
                    "Personal Note": mark.note,
                }
            )
    columns = (
        "Book Title,Chapter Title,Date of Highlight,Book URL,Chapter URL,"
        "Annotation URL,Highlight,Color,Personal Note"
    )
    return save(folder, "oreilly-annotations.csv", table(columns, rows))


@form("mymind")
def write_mymind(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write mymind's table; a row in six is a note without an address."""
    rows = []
    for each in drafts:
        draft = each.tags_without(",")
        is_note = draft.is_each(6, 5) and not draft.is_broken
        if is_note:
            title = f"A thought, {draft.number}"
            truth.add(_note_of(draft, title))
        else:
            title = draft.title
            add_page(truth, draft, "title tags saved note")
        rows.append(
            {
                "id": f"mm{draft.number:06}",
                "type": "Note" if is_note else "WebPage",
                "title": title,
                "url": "" if is_note else draft.url,
                "content": draft.text if is_note else "",
                "note": draft.note,
                "tags": ",".join(draft.tags),
                "created": draft.date("%Y-%m-%dT%H:%M:%SZ"),
            }
        )
    columns = "id,type,title,url,content,note,tags,created"
    return save(folder, "cards.csv", table(columns, rows, ending="\n"))


def _note_of(draft: Draft, title: str) -> TrueItem:
    """Return what must arrive of a draft that is a note of its own."""
    item = item_of(replace(draft, url="", title=title), "title tags saved note")
    item.has_text = True
    return item


@form("onetab")
def write_onetab(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write OneTab's lines, with a blank line between groups."""
    lines = []
    for each in drafts:
        draft = replace(each, title=_on_one_line(each.title))
        if not draft.url:
            continue
        add_page(truth, draft, "title")
        lines.append(f"{draft.url} | {draft.title}")
        if draft.is_each(7, 6):
            lines.append("")
    return save(folder, "onetab.txt", "\n".join(lines) + "\n")


@form("addresses")
def write_addresses(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write addresses line by line, with blank lines, comments and spaces."""
    lines = ["# my reading list", ""]
    for draft in drafts:
        if not draft.url:
            continue
        add_page(truth, draft, "")
        lines.append(f"  {draft.url} " if draft.is_each(5, 2) else draft.url)
    return save(folder, "addresses.txt", "\r\n".join(lines))
