"""Books: all of their words in order, with notes, contents, pages, and what is not there."""

import pytest
from msgspec.structs import replace

from annotator.errors import CleaningError
from annotator.extract import read_document, unpack
from annotator.model.overrides import Overrides, name_of
from making_documents import XHTML, book, chapter

RAIN = "It rained all day, and the keeper of the weir wrote down the height of the water."
SNOW = "It snowed all night, and nobody came to the weir until the road was free again."


def read(document, choices=None):
    unpacked = unpack(document)
    return read_document(unpacked, choices=choices) if choices else read_document(unpacked)


def texts(extraction):
    return [block.text for block in extraction.article.blocks]


def headings(extraction):
    blocks = extraction.article.blocks
    return [(block.level, block.text) for block in blocks if block.kind == "heading"]


def evidence(extraction):
    return " ".join(extraction.completeness.evidence)


def test_a_book_is_one_article_with_all_words_of_its_spine():
    extraction = read(
        book(f"<h1>Rain</h1><p>{RAIN}</p><aside>Share this</aside>", f"<h1>Snow</h1><p>{SNOW}</p>")
    )
    assert texts(extraction) == ["Rain", RAIN, "Share this", "Snow", SNOW]
    assert (extraction.removals, extraction.completeness.access) == ((), "full")


def test_a_book_says_what_it_is():
    article = read(book(f"<p>{RAIN}</p>")).article
    assert (article.title, article.byline) == ("The Weir", ("Ann Lee",))
    assert (article.language, article.published) == ("en", "2024-05-01")
    assert article.url == "file:///books/weir.epub"


def test_only_those_who_wrote_a_book_are_its_authors():
    facts = (
        '<dc:title>A</dc:title><dc:creator id="a">Ann Lee</dc:creator>'
        '<dc:creator id="b">Bo Ek</dc:creator><meta refines="#b" property="role">ill</meta>'
        '<dc:creator opf:role="trl" xmlns:opf="http://www.idpf.org/2007/opf">Cy Ito</dc:creator>'
        "<dc:identifier>urn:doi:10.1000/182</dc:identifier>"
        "<dc:publisher>The Press</dc:publisher><dc:description>&lt;p>Wet.&lt;/p></dc:description>"
    )
    article = read(book(f"<p>{RAIN}</p>", facts=facts)).article
    assert article.byline == ("Ann Lee",)
    assert (article.doi, article.site_name, article.excerpt) == ("10.1000/182", "The Press", "Wet.")


def test_nothing_of_what_a_book_says_reaches_a_terminal():
    facts = (
        "<dc:title>\u202eA&#x9b;31m\u2028 title</dc:title><dc:creator>B\u200e\u0085o</dc:creator>"
    )
    article = read(book("<p>W\u202eet.&#x9b;</p>", facts=facts)).article
    assert all(text.isprintable() for text in (article.title, *article.byline, article.text))


def test_a_book_without_a_title_is_called_like_its_file():
    assert read(book(f"<p>{RAIN}</p>", facts="")).article.title == "weir"


class TestNotes:
    def test_notes_open_in_place_wherever_they_are(self):
        extraction = read(
            book(
                f'<p>{RAIN}<a epub:type="noteref" href="#n1">1</a></p>'
                '<aside epub:type="footnote" id="n1"><p>Of oak.</p></aside>',
                f'<p>{SNOW}<sup><a href="notes.xhtml#e1">1</a></sup></p>',
                members={"OPS/notes.xhtml": chapter('<p id="e1">1. In feet.</p>')},
                items=f'<item id="n" href="notes.xhtml" media-type="{XHTML}"/>',
                spine=("c1.xhtml", "c2.xhtml", "n"),
            )
        )
        blocks = extraction.article.blocks
        references = [
            mark.href
            for block in blocks
            for mark in block.marks
            if mark.kind == "footnote_reference"
        ]
        notes = [(block.label, block.text) for block in blocks if block.kind == "footnote"]
        assert references == ["1", "2"]
        assert notes == [("1", "Of oak."), ("2", "In feet.")]


def test_the_lines_of_a_poem_stay_together():
    lines = "".join(f"<div>{line}</div>" for line in ("April is the cruellest month,", "Lilacs."))
    poem = f'<div class="linegroup">{lines}</div>'
    song = '<section epub:type="z3998:song"><p>A song,<br/>and more.</p></section>'
    assert texts(read(book(poem + song))) == [
        "April is the cruellest month,\nLilacs.",
        "A song,\nand more.",
    ]


class TestContents:
    def test_a_chapter_without_a_heading_is_called_as_in_the_contents(self):
        nav = (
            '<nav epub:type="toc"><ol><li><a href="c1.xhtml">One</a></li>'
            '<li><a href="c2.xhtml">Two</a><ol><li><a href="c2.xhtml#b">Deeper</a></li></ol></li>'
            '<li><a href="c3.xhtml">Three</a></li></ol></nav>'
        )
        extraction = read(
            book(
                f"<p>{RAIN}</p>",
                f'<p class="name">Two</p><p>{RAIN}</p><p id="b">{SNOW}</p>',
                f"<h2>Its own</h2><p>{SNOW}</p>",
                nav=nav,
            )
        )
        assert headings(extraction) == [(1, "One"), (1, "Two"), (2, "Deeper"), (2, "Its own")]
        assert texts(extraction).count("Two") == 1

    def test_an_old_book_has_its_contents_in_another_file(self):
        ncx = (
            '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel>'
            '<text>One</text></navLabel><content src="c1.xhtml"/></navPoint></navMap></ncx>'
        )
        document = book(
            f"<p>{RAIN}</p>",
            members={"OPS/toc.ncx": ncx},
            items='<item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
        )
        assert headings(read(document)) == [(1, "One")]


class TestPages:
    BREAK = '<span epub:type="pagebreak" id="p13" title="13"/>'

    def test_page_breaks_are_labels_and_no_text(self):
        extraction = read(book(f"<p>{RAIN} {self.BREAK}{SNOW}</p>"))
        assert texts(extraction) == [f"{RAIN} {SNOW}"]
        [page] = extraction.article.page_labels
        assert (page.label, page.number) == ("13", 0)
        assert extraction.article.text[page.offset :].strip() == SNOW

    def test_a_break_between_paragraphs_begins_the_next_one(self):
        between = '<div role="doc-pagebreak" aria-label="xiv"></div>'
        extraction = read(book(f"<p>{RAIN}</p>{between}<p>{SNOW}</p>"))
        assert texts(extraction) == [RAIN, SNOW]
        [page] = extraction.article.page_labels
        assert (page.label, page.offset) == ("xiv", len(RAIN) + 2)

    def test_a_list_of_pages_names_the_places_in_the_text(self):
        nav = (
            '<nav epub:type="page-list"><ol><li><a href="c1.xhtml#a">7</a></li>'
            '<li><a href="c1.xhtml#b">8</a></li></ol></nav>'
        )
        document = book(f'<p id="a">{RAIN}</p><p id="b">{SNOW}</p>', nav=nav)
        pages = read(document).article.page_labels
        assert [(page.label, page.offset) for page in pages] == [("7", 0), ("8", len(RAIN) + 2)]

    def test_the_number_on_a_page_is_no_word_of_the_book(self):
        document = book(f'<p>{RAIN}<a epub:type="pagebreak" id="x">[99]</a></p>')
        extraction = read(document)
        assert texts(extraction) == [RAIN]
        assert extraction.article.page_labels[0].label == "99"


class TestGaps:
    def test_a_chapter_that_is_missing_is_named(self):
        extraction = read(
            book(
                f"<p>{RAIN}</p>",
                items=f'<item id="x" href="gone.xhtml" media-type="{XHTML}"/>',
                spine=("c1.xhtml", "x"),
            )
        )
        assert extraction.completeness.access == "partial"
        assert "missing: “OPS/gone.xhtml”" in evidence(extraction)

    def test_a_locked_chapter_is_named_and_hidden_fonts_are_not(self):
        def encryption(algorithm, path):
            return (
                '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
                f'<enc:EncryptionMethod Algorithm="{algorithm}"/><enc:CipherData>'
                f'<enc:CipherReference URI="{path}"/></enc:CipherData></enc:EncryptedData>'
                "</encryption>"
            )

        locked = {"META-INF/encryption.xml": encryption("aes256-cbc", "OPS/c2.xhtml")}
        extraction = read(book(f"<p>{RAIN}</p>", f"<p>{SNOW}</p>", members=locked))
        assert texts(extraction) == [RAIN]
        assert "locked by its publisher: “OPS/c2.xhtml”" in evidence(extraction)
        fonts = encryption("http://www.idpf.org/2008/embedding", "OPS/c2.xhtml")
        members = {"META-INF/encryption.xml": fonts}
        assert len(texts(read(book(f"<p>{RAIN}</p>", f"<p>{SNOW}</p>", members=members)))) == 2
        with pytest.raises(CleaningError, match=r"locked by its publisher \(DRM\)") as refused:
            read(book("", f"<p>{SNOW}</p>", members=locked))
        assert refused.value.hint

    def test_a_book_of_pictures_is_refused(self):
        with pytest.raises(CleaningError, match="no text"):
            read(book('<img src="a.png"/>'))


class TestDamage:
    @pytest.mark.parametrize(
        ("body", "words"),
        [
            ("<p>caf&eacute; &mdash; wet</p>", "café — wet"),
            ("<p>Wet & cold<p>and <b>dark", "Wet & cold\n\nand dark"),
            ("<svg xmlns='http://www.w3.org/2000/svg'><text>The Weir</text></svg>", "The Weir"),
            (f"<object data='a.swf'>{' ' * 50}<p>Wet.</p></object>", "Wet."),
            ("<p hidden='hidden' style='display:none'>Wet.</p>", "Wet."),
            ("<p>Wet.<script>alert(1)</script> Cold.</p>", "Wet. Cold."),
        ],
    )
    def test_a_chapter_is_read_whatever_is_wrong_with_it(self, body, words):
        assert read(book(body)).article.text == words

    def test_an_entity_of_the_chapter_itself_is_put_in(self):
        own = chapter(f"<p>{RAIN} &place;</p>").replace(
            "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY place "At the weir.">]>'
        )
        document = book("", members={"OPS/c1.xhtml": own})
        assert read(document).article.text == f"{RAIN} At the weir."

    def test_names_are_found_whatever_the_case_and_the_escapes(self):
        document = book(
            members={"OPS/A b.XHTML": chapter(f"<p>{RAIN}</p>")},
            items=f'<item id="x" href="a%20b.xhtml" media-type="{XHTML}"/>',
            spine=("x",),
        )
        assert texts(read(document)) == [RAIN]

    def test_what_is_not_linear_comes_last(self):
        document = book(f"<p>{RAIN}</p>", f"<p>{SNOW}</p>", not_linear=("c1.xhtml",))
        assert texts(read(document)) == [SNOW, RAIN]


class TestHarm:
    @pytest.mark.parametrize(
        "path", ["../../etc/passwd", "/etc/passwd", "..\\..\\secret", "..%2f..%2fa"]
    )
    def test_a_path_out_of_the_book_is_refused(self, path):
        items = f'<item id="x" href="{path}" media-type="{XHTML}"/>'
        with pytest.raises(CleaningError, match="outside of itself"):
            read(book(f"<p>{RAIN}</p>", items=items, spine=("c1.xhtml", "x")))

    def test_a_bomb_is_refused_before_it_is_unpacked(self):
        with pytest.raises(CleaningError, match="unpacks to more than"):
            read(book("<p>" + "a" * 25_000_000 + "</p>"))

    def test_a_book_that_is_too_long_is_refused(self):
        with pytest.raises(CleaningError, match="more than 8,000,000 characters"):
            read(book(*[f"<p>{number} {SNOW * 12_000}</p>" for number in range(9)]))

    @pytest.mark.parametrize(
        "dtd",
        [
            '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
            '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
        ],
    )
    def test_entities_bring_nothing_in(self, dtd):
        own = chapter(f"<p>{RAIN} &c;</p>").replace("<!DOCTYPE html>", dtd)
        text = read(book("", members={"OPS/c1.xhtml": own})).article.text
        assert text.startswith(RAIN)
        assert len(text) < len(RAIN) + 10
        assert "root" not in text

    def test_links_to_programs_and_files_are_none(self):
        body = '<p>{}<a href="{}">here</a></p>'
        for href in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,a", "c9.xhtml"):
            [block] = read(book(body.format(RAIN, href))).article.blocks
            assert not [mark for mark in block.marks if mark.href]
        [block] = read(book(body.format(RAIN, "https://example.org/a"))).article.blocks
        assert [mark.href for mark in block.marks] == ["https://example.org/a"]

    @pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
    def test_half_a_book_is_refused_in_words(self, cut):
        document = book(f"<p>{RAIN}</p>")
        short = document.data[: int(len(document.data) * cut)]
        with pytest.raises(CleaningError, match="damaged") as refused:
            unpack(replace(document, data=short))
        assert refused.value.hint


def test_what_is_stored_has_the_texts_alone_and_is_the_same_each_time():
    document = book(f"<p>{RAIN}</p>", members={"OPS/cover.jpg": bytes(500_000)})
    stored = unpack(document)
    assert stored == unpack(document) == unpack(stored)
    assert b"cover.jpg" not in stored.data
    assert read_document(stored).article.text == RAIN


def test_the_user_can_remove_a_paragraph_of_a_book():
    document = book(f"<p>{RAIN}</p><p>{SNOW}</p>")
    [_, second] = read(document).article.blocks
    extraction = read(document, Overrides(removed=(name_of(second.text, 1),)))
    assert texts(extraction) == [RAIN]
    assert [removal.text for removal in extraction.removals] == [SNOW]


@pytest.mark.parametrize("path", ["META-INF/container.xml", "OPS/package.opf"])
def test_an_empty_list_of_parts_is_refused_in_words(path):
    with pytest.raises(CleaningError, match=r"damaged|has no|no text"):
        read(book(f"<p>{RAIN}</p>", members={path: ""}))
