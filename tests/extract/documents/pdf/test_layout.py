"""From printed lines to blocks: what a person sees on the page is what comes out."""

import pytest
from msgspec.json import encode

from annotator.extract import read_document
from annotator.extract.documents.pdf.lines import OutlineEntry, PdfText, PrintedLine
from annotator.model import Document
from annotator.model.document import PDF_LINES
from annotator.model.overrides import NO_OVERRIDES, Overrides, name_of, numbered
from pdf_files import printed

ONE = (
    "For four decades the only eels in the upper river were in photographs. There is one on the "
    "wall of the bait shop, of a man holding a fish as long as his leg and looking as though he "
    "would rather put it down."
)
TWO = (
    "This spring the eels came back. Between April and May, biologists counted more than a "
    "thousand of them, most no longer than a pencil, in traps set above the place where the old "
    "mill dam stood until a few years ago."
)
THREE = (
    "What nobody can say is where they had been. An eel that meets a wall will wait below it for "
    "years, and some were surely there all that time, in the pool under the spillway."
)


def read(lines, *, choices=NO_OVERRIDES, **fields):
    fields.setdefault("labels", ("",) * (1 + max(line.page for line in lines)))
    stored = encode(PdfText(tuple(lines), **fields))
    return read_document(Document("file:///eels.pdf", stored, PDF_LINES), choices=choices)


def texts(lines, **fields):
    return [block.text for block in read(lines, **fields).article.blocks]


def line(text, base, *, page=0, left=72.0, right=None, size=10.0, **fields):
    return PrintedLine(page, left, right or left + len(text) * size / 2, base, size, text, **fields)


@pytest.mark.parametrize("style", [{"space": 8}, {"indent": 15}, {}])
def test_paragraphs_end_where_the_file_shows_it(style):
    assert texts(printed(ONE, TWO, THREE, **style)) == [ONE, TWO, THREE]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page():
    lines = printed(ONE, TWO, THREE, indent=15)
    first, second, rest = lines[:5], lines[5:9], lines[9:]
    across = [
        *first,
        *(_moved(one, left=400, base=700 - 12 * n) for n, one in enumerate(second)),
        *(_moved(one, page=1, base=700 - 12 * n) for n, one in enumerate(rest)),
    ]
    assert texts(across) == [ONE, TWO, THREE]


def _moved(one, *, left=None, base, page=0):
    shift = 0 if left is None else left - 72
    return PrintedLine(page, one.left + shift, one.right + shift, base, one.size, one.text)


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("The foun-", "dation of the house was of stone.", "The foundation of the house was of"),
        ("A well-", "known rule, and it is well-known.", "A well-known rule, and it is"),
        ("It was Tre-", "Morgan who spoke of it at once.", "It was Tre-Morgan who spoke"),
        ("So Rain-", "Bow it is, as RainBow is.", "So RainBow it is"),
        ("From 1990-", "1995 nobody counted the eels.", "From 1990-1995 nobody"),
        (
            "See https://example.org/",
            "eels for the rest of the story.",
            "See https://example.org/eels",
        ),
        ("The state-of-the-", "art is what an art can be.", "The state-of-the-art is"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_if_its_word_has_one(above, below, whole):
    lines = [line(above, 700, right=372), line(below, 688), *printed(ONE, TWO, top=660)]
    assert texts(lines)[0].startswith(whole)


def test_what_stands_at_the_edge_of_several_pages_is_left_out_and_can_come_back():
    lines = []
    for page, word in enumerate(("Once", "Later", "Meanwhile", "Nowadays, at last,")):
        text = printed(f"{word} {ONE}", TWO, THREE, page=page, top=690 - 25 * page, indent=15)
        head = line(f"Journal of Rivers {page + 31}", 720, page=page, size=9)
        foot = line(str(page + 31), 300, page=page, left=220)
        lines += [head, *text, foot]
    extraction = read(lines)
    text = extraction.article.text
    assert (text.count(ONE), text.count(TWO), text.count(THREE)) == (4, 4, 4)
    assert "Journal" not in text
    (removal,) = extraction.removals
    assert removal.text == "Journal of Rivers 31\n31"
    assert removal.reason == "Printed at the edge of several pages."
    assert [page.label for page in extraction.article.page_labels] == ["31", "32", "33", "34"]

    back = read(lines, choices=Overrides(kept=removal.passages)).article
    assert back.blocks[0].text == removal.text
    assert back.page_at(back.starts[1]).label == "31"


def test_page_numbers_in_the_margin_are_left_out_and_name_the_pages():
    lines = []
    for page, word in enumerate(("Once", "Later", "At last")):
        text = printed(f"{word} {ONE}", TWO, THREE, page=page, top=690 - 25 * page, indent=15)
        lines += [*text, line(str(page + 162), 630, page=page, left=400, size=13)]
    article = read(lines).article
    assert "162" not in article.text
    assert [page.label for page in article.page_labels] == ["162", "163", "164"]


def test_a_short_file_loses_its_running_head_by_what_it_says():
    lines = [
        line("Eels return", 730, size=20),
        *printed(ONE, TWO, top=690, indent=15),
        line("1/2", 40, left=500),
        line("Eels return", 760, page=1, size=8),
        *printed(THREE, page=1, top=690, indent=15),
        line("https://example.org/eels", 40, page=1, size=8),
    ]
    assert texts(lines) == [ONE, TWO, THREE]


def test_footnotes_are_linked_and_leave_the_text_whole():
    raised = ONE.replace("photographs.", "photographs.1")
    lines = printed(raised, TWO, indent=15, pitch=4)
    at = next(n for n, one in enumerate(lines) if "photographs.1" in one.text)
    end = lines[at].text.index("photographs.1") + 13
    lines[at] = PrintedLine(
        *lines[at].__struct_fields__ and _fields(lines[at], raised=((end - 1, end),))
    )
    note = line("1See the report of that year, which nobody", 200, size=8, raised=((0, 1),))
    lines += [note, line("has read to its end.", 190, size=8)]
    blocks = read(lines).article.blocks
    assert [block.kind for block in blocks] == ["paragraph", "paragraph", "footnote"]
    assert blocks[2].text == "See the report of that year, which nobody has read to its end."
    assert blocks[2].label == "1"
    (mark,) = blocks[0].marks
    assert (mark.kind, mark.href, mark.span.of(blocks[0].text)) == ("footnote_reference", "1", "1")


def _fields(one, **changes):
    names = one.__struct_fields__
    return [changes.get(name, getattr(one, name)) for name in names]


def test_notes_that_begin_again_with_one_keep_apart():
    lines = []
    for page in (0, 1):
        text = printed((ONE, TWO)[page], page=page, top=700, pitch=4)
        text[0] = PrintedLine(
            *_fields(
                text[0],
                text=text[0].text + "1",
                raised=((len(text[0].text), len(text[0].text) + 1),),
            )
        )
        lines += [*text, line(f"1Note of page {page}.", 100, page=page, size=8, raised=((0, 1),))]
    blocks = read(lines).article.blocks
    assert [(block.label, block.text) for block in blocks if block.kind == "footnote"] == [
        ("1", "Note of page 0."),
        ("1-2", "Note of page 1."),
    ]
    assert [mark.href for block in blocks for mark in block.marks] == ["1", "1-2"]


def test_a_note_that_goes_on_in_the_next_column_is_one():
    left = printed(ONE, TWO, THREE, indent=15, pitch=2)
    right = printed(THREE, ONE, TWO, left=400, indent=15, pitch=2)
    note = line("1A note that is longer than its column, as", 100, size=8, raised=((0, 1),))
    rest = line("some are, and ends in the next one.", 100, left=400, size=8)
    blocks = read([*left, note, *right, rest]).article.blocks
    assert blocks[-1].text == (
        "A note that is longer than its column, as some are, and ends in the next one."
    )
    assert [block.kind for block in blocks].count("footnote") == 1


def test_references_whose_first_lines_hang_out_are_one_paragraph_each():
    entries = [
        f"{name}, B. (19{n}0), A book about eels and the other fish of the river, with many "
        "pictures that fill it from the first page to the last one, River Press."
        for n, name in enumerate(("Ash", "Birch", "Cedar"), 3)
    ]
    lines = [*printed(ONE, TWO, indent=15), line("References", 500, size=10)]
    base = 480
    for entry in entries:
        first, *more = printed(entry, top=base)
        lines += [first, *(PrintedLine(*_fields(one, left=92.0)) for one in more)]
        base -= 12 * (1 + len(more))
    assert texts(lines)[-3:] == entries


def test_references_are_notes_that_their_numbers_lead_to():
    cited = ONE.replace("photographs.", "photographs [2].")
    entries = [
        f"[{n}] A. Writer. A book about eels and {n} other fish of the river, with many pictures "
        f"that fill it. River Press, 19{n}0."
        for n in (1, 2, 3)
    ]
    lines = [*printed(cited, TWO, indent=15), line("References", 500, size=14, is_bold=True)]
    base = 480
    for entry in entries:
        first, *more = printed(entry, top=base)
        lines += [first, *(PrintedLine(*_fields(one, left=92.0)) for one in more)]
        base -= 12 * (1 + len(more))
    blocks = read(lines).article.blocks
    notes = [block for block in blocks if block.kind == "footnote"]
    assert [note.label for note in notes] == ["1", "2", "3"]
    assert notes[1].text == entries[1].removeprefix("[2] ")
    assert [mark.href for mark in blocks[0].marks] == ["2"]


def test_headings_are_large_or_bold_or_named_by_the_outline():
    lines = [
        line("Eels return", 760, size=20),
        *printed(ONE, top=730, space=8),
        line("The dam", 660, size=14),
        *printed(TWO, top=640, space=8),
        line("Its end", 570, is_bold=True),
        *printed(THREE, top=550, space=8),
        line("A plain line", 490),
        *printed(ONE, top=470, space=8),
    ]
    article = read(lines, outline=(OutlineEntry(3, "A plain line", 0),)).article
    assert article.title == "Eels return"
    headings = [(b.text, b.level) for b in article.blocks if b.kind == "heading"]
    assert headings == [("The dam", 2), ("Its end", 3), ("A plain line", 4)]


def test_lists_have_items_without_their_signs():
    lines = [
        *printed(ONE, top=700, space=8),
        line("• Item one", 600),
        line("\uf0d8 Item two", 588),  # of Wingdings
        *printed(TWO, top=560, space=8),
        *(line(f"{n}. Step {n}", 480 - 12 * n) for n in (1, 2, 3)),
    ]
    blocks = read(lines).article.blocks
    items = [(b.text, b.ordinal) for b in blocks if b.kind == "list_item"]
    assert items == [
        ("Item one", None),
        ("Item two", None),
        ("Step 1", 1),
        ("Step 2", 2),
        ("Step 3", 3),
    ]


def test_a_number_at_the_start_of_a_paragraph_is_no_item():
    assert texts(printed(f"12 people {ONE}", TWO, space=8))[0].startswith("12 people For")


def test_two_columns_that_are_written_line_by_line_are_read_one_after_the_other():
    left, right = printed(ONE, TWO, space=8), printed(THREE, ONE, left=400, space=8)
    mixed = [one for pair in zip(left, right, strict=False) for one in pair]
    mixed += left[len(right) :] + right[len(left) :]
    assert texts(mixed) == [ONE, TWO, THREE, ONE]


def test_the_numbers_of_lines_in_court_files_are_left_out():
    lines = printed(ONE, TWO, THREE, indent=15)
    numbers = [line(str(n), one.base, left=40) for n, one in enumerate(lines, 1)]
    assert texts([*numbers, *lines]) == [ONE, TWO, THREE]


def test_a_large_initial_belongs_to_its_word():
    first, *rest = printed(ONE, TWO, indent=15)
    initial = line(first.text[0], first.base - 12, size=32)
    assert (
        texts([initial, PrintedLine(*_fields(first, text=first.text[1:], left=90.0)), *rest])[0]
        == ONE
    )


def test_a_caption_does_not_end_the_paragraph_that_it_interrupts():
    lines = printed(ONE, TWO, THREE, indent=15)
    caption = line("Figure 2. The dam, before it was removed.", 0, page=1, size=8, left=80)
    cut = 6
    below = [_moved(one, page=1, base=600 - 12 * n) for n, one in enumerate(lines[cut:])]
    caption = PrintedLine(*_fields(caption, base=650.0))
    found = texts([*lines[:cut], caption, *below])
    assert [text for text in found if not text.startswith("Figure")] == [ONE, TWO, THREE]


def test_japanese_lines_join_without_a_space():
    rows = ["糊が乾くまでの時間を、町の製本所で", "過ごした。"]
    lines = [line(rows[0], 700, right=372), line(rows[1], 688, right=120)]
    assert texts([*lines, *printed(ONE, top=660)])[0] == "".join(rows)


def test_accents_and_ligatures_are_made_whole():
    assert texts([line("A na¨ıve e\ufb03cient caf´e", 700), *printed(ONE, top=670)])[0] == (
        "A naïve efficient café"
    )


def test_pages_begin_where_their_first_line_stands_in_the_text():
    lines = printed(ONE, TWO, THREE, indent=15)
    below = [_moved(one, page=1, base=700 - 12 * n) for n, one in enumerate(lines[6:])]
    article = read([*lines[:6], *below], labels=("x", "xi")).article
    assert [page.label for page in article.page_labels] == ["x", "xi"]
    assert article.text[article.page_labels[1].offset :].startswith(lines[6].text)


def test_papers_say_who_wrote_them_when_and_under_which_number():
    lines = [
        line("Eels and their rivers", 740, size=20),
        line("Ada Lund1, Bo Ek2", 710, size=12, raised=((8, 9), (16, 17))),
        line("1University of Somewhere", 695, size=10),
        *printed(ONE, TWO, top=660, indent=15),
        line("doi:10.1000/182", 40, size=8),
    ]
    article = read(lines).article
    assert (article.byline, article.doi) == (("Ada Lund", "Bo Ek"), "10.1000/182")

    stamp = "arXiv:2301.01234v2 [cs.CL] 3 Jan 2023"
    article = read([*lines[:1], *lines[3:-1]], turned=stamp).article
    assert article.canonical_url == "https://arxiv.org/abs/2301.01234"
    assert (article.published, article.doi) == ("2023-01-03", "10.48550/arXiv.2301.01234")


def test_a_damaged_text_and_pages_without_text_are_told():
    completeness = read(printed(ONE, TWO), unknown=300, pictures=(3, 4)).completeness
    assert completeness.access == "partial"
    assert "damaged" in completeness.evidence[0]
    assert completeness.evidence[1].startswith("Pages 4, 5 of the file hold pictures")


def test_the_reader_can_remove_a_passage():
    blocks = read(printed(ONE, TWO, indent=15)).article.blocks
    name = name_of(*next(iter(numbered(blocks))))
    article = read(printed(ONE, TWO, indent=15), choices=Overrides(removed=(name,))).article
    assert [block.text for block in article.blocks] == [TWO]
    assert [page.offset for page in article.page_labels] == [0]


def test_a_file_with_nothing_but_a_title_keeps_it_as_text():
    assert texts([line("Only this", 700, size=30), line("x", 20)])
