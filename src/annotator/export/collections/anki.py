"""Marks as cards for Anki, in its text format with header lines.

The first column is the mark's id, which becomes the GUID of the note: a second import
updates a card and keeps its schedule. See https://docs.ankiweb.net/importing/text-files.html.
"""

import html
import re
from collections.abc import Iterator
from typing import Final

from annotator.export.collection import Collection
from annotator.export.hyperlinks import deep_link
from annotator.export.org_text import FORMULA
from annotator.model import Annotation, ArticleRecord
from annotator.model.claim import filled_fields
from annotator.model.labels import count, page_words

HEAD: Final = """\
#separator:tab
#html:true
#guid column:1
#notetype:Basic
#deck:annotator
#columns:Id\tFront\tBack\tTags
#tags column:4
"""

# Beside HTML, Anki reads formulas and the names of sound files in a field.
_ESCAPES: Final = {ord("["): "&#91;", ord("\\"): "&#92;", ord("\t"): " ", ord("\n"): "<br>"}
_CODE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_BRACES = re.compile(r"\{(?=\{)|(?<=\})\}")
_NOT_IN_A_TAG = re.compile(r"[\s\"\u3000]+")


def write_anki(collection: Collection) -> Iterator[str]:
    """Yield a line for each mark: the question, or the words that were marked, on the front."""
    yield HEAD
    links = 0
    for article in collection.articles:
        for placed in article.marks:
            mark = placed.annotation
            links += len(mark.links)
            tags = (_NOT_IN_A_TAG.sub("_", tag).replace("/", "::") for tag in mark.tags)
            yield "\t".join((mark.id, *_sides(mark, article.record), " ".join(tags))) + "\n"
    if links:
        collection.tell(f"Left out: {count(links, 'link')} between marks and to pages.")


def escape(text: str) -> str:
    """Return text as HTML in which Anki finds neither a file nor a formula but those of TeX."""
    pieces = FORMULA.split(text.strip())
    pieces[::2] = (_safe(html.escape(piece)) for piece in pieces[::2])
    pieces[1::2] = (rf"\({html.escape(piece.strip('$'))}\)" for piece in pieces[1::2])
    return "".join(pieces)


def _safe(page: str) -> str:
    """Return HTML as a field of Anki."""
    return _BRACES.sub(lambda match: f"&#{ord(match[0])};", page.translate(_ESCAPES))


def _note(text: str) -> str:
    """Return a note, which is Markdown, as HTML: its lists, its code, its links."""
    from markdown_it import MarkdownIt  # other formats do without it

    reader = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False})
    page = reader.disable("image").render(text.strip())  # an image tells its server who learns
    pieces = _CODE.split(page)
    pieces[::2] = (piece.replace("<br>\n", "<br>").replace("\n", "") for piece in pieces[::2])
    return _safe("".join(pieces).expandtabs(4))


def _sides(mark: Annotation, record: ArticleRecord) -> tuple[str, str]:
    """Return the front and the back; a note on a question is what is asked."""
    quote = f"<blockquote>{escape(mark.quote)}</blockquote>"
    note = _note(mark.note)
    if mark.kind == "question" and note:
        return note, quote + _source(mark, record)
    fields = filled_fields(mark.claim, has_status=mark.status is not None)
    lines = (f"{field.label}: {escape(value)}" for field, value in fields)
    claim = f"<p>{'<br>'.join(lines)}</p>" if mark.claim else ""
    return quote, note + claim + _source(mark, record)


def _source(mark: Annotation, record: ArticleRecord) -> str:
    title = escape(record.title) or "Untitled"
    address = deep_link(record.url, mark.target)
    shown = f'<a href="{html.escape(address)}">{title}</a>' if address else title
    known = (*record.byline, record.site_name, record.published[:10])
    facts = map(escape, (*known, page_words(mark.target.pages)))
    return f"<p><small>{' · '.join((shown, *filter(None, facts)))}</small></p>"
