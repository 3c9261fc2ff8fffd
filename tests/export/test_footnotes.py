"""Footnotes in a draft: its style is kept, and so is every other character of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.citing.draft import read_draft
from annotator.export.markdown.footnotes import Footnote, source_note, with_footnotes
from annotator.model import ArticleRecord, Target, TextPositionSelector, TextQuoteSelector
from annotator.reading.sentences.splitter import split

RECORD = ArticleRecord(
    "abc",
    "https://news.example/a_(b)",
    "Rents [up]",
    byline=("Ann Lee", "Bo Ek"),
    site_name="The News",
    published="2024-03-18T10:00:00Z",
)


def target(words):
    return Target(TextQuoteSelector(words), TextPositionSelector(0, 1))


def written(text, *notes, is_markdown=True):
    """Return a draft with a footnote at the end of each of its first sentences."""
    draft = read_draft(text, lambda part: split(part, "en"), is_markdown=is_markdown)
    found = zip(draft.sentences, notes, strict=False)
    return with_footnotes(draft, [Footnote(each.note_at, note) for each, note in found])


def test_a_draft_without_footnotes_gets_them_at_its_end():
    assert written("It fell. It rose.\n", "A", "B") == (
        "It fell.[^1] It rose.[^2]\n\n[^1]: A\n[^2]: B\n"
    )


def test_the_same_source_has_one_footnote():
    assert written("It fell. It rose.", "A", "A") == "It fell.[^1] It rose.[^1]\n\n[^1]: A\n"


@pytest.mark.parametrize(
    ("labels", "new"),
    [(("1", "2"), "3"), (("fn7",), "fn8"), (("one", "two"), "1"), (("12", "3"), "13")],
)
def test_labels_go_on_as_they_are_in_the_draft(labels, new):
    notes = "".join(f"[^{each}]: Old.\n" for each in labels)
    text = f"It fell. It rose.{''.join(f'[^{each}]' for each in labels)}\n\n{notes}"
    assert written(text, "A") == text.replace("fell.", f"fell.[^{new}]") + f"[^{new}]: A\n"


def test_new_footnotes_follow_the_last_one_with_its_further_paragraphs():
    text = "It fell.\n\n[^1]: Old.\n\n    More.\n\n## The end\n"
    assert written(text, "A") == (
        "It fell.[^2]\n\n[^1]: Old.\n\n    More.\n[^2]: A\n\n## The end\n"
    )


def test_footnotes_with_empty_lines_between_them_stay_so():
    text = "It fell.\n\n[^1]: Old.\n\n[^2]: Older."
    assert written(text, "A") == "It fell.[^3]\n\n[^1]: Old.\n\n[^2]: Older.\n\n[^3]: A"


def test_line_ends_and_the_mark_of_byte_order_stay_as_they_are():
    assert written("\ufeffIt fell.\r\n", "A") == "\ufeffIt fell.[^1]\r\n\r\n[^1]: A\r\n"


def test_a_plain_text_has_numbers_in_brackets():
    text = "It fell [1]. It rose.\n\n[1] Old.\n"
    draft = read_draft(text, lambda part: split(part, "en"), is_markdown=False)
    done = with_footnotes(draft, [Footnote(draft.sentences[1].note_at, "A")])
    assert done == "It fell [1]. It rose. [2]\n\n[1] Old.\n[2] A\n"


def test_a_footnote_names_author_title_site_date_and_passage():
    quote = target("Rents *rose* by 7 percent")
    note = source_note(RECORD, quote, is_quotation=True, is_markdown=True)
    assert note.startswith(
        "Ann Lee, Bo Ek, [Rents \\[up\\]](https://news.example/a_%28b%29#:~:text="
    )
    assert note.endswith("), The News, 18 Mar 2024: “Rents \\*rose\\* by 7 percent”")
    plain = source_note(RECORD, quote, is_quotation=False, is_markdown=False)
    assert plain == (
        "See Ann Lee, Bo Ek, “Rents [up]”, The News, 18 Mar 2024, https://news.example/a_%28b%29: "
        "“Rents *rose* by 7 percent”"
    )


def test_what_differs_is_said_first():
    quote = target("Rents")
    warnings = ["The source says 640, the draft 460."]
    note = source_note(RECORD, quote, warnings=warnings, is_quotation=True, is_markdown=True)
    assert note.startswith("**Check:** The source says 640, the draft 460. Ann Lee")


def test_what_the_passage_does_not_say_is_said_first_unless_something_differs():
    quote, lacks = target("Rents"), "The passage does not say “coming”."
    note = source_note(RECORD, quote, lacking=lacks, is_quotation=False, is_markdown=True)
    assert note.startswith("**In part:** The passage does not say “coming”. See Ann Lee")
    note = source_note(RECORD, quote, lacking=lacks, is_quotation=False, is_markdown=False)
    assert note.startswith("IN PART: The passage does not say “coming”. See Ann Lee")
    warned = source_note(
        RECORD, quote, warnings=["It differs."], lacking=lacks, is_quotation=False, is_markdown=True
    )
    assert warned.startswith("**Check:** It differs. See Ann Lee")


def test_what_is_restated_says_that_it_is_unless_there_is_more_to_say():
    note = source_note(
        RECORD, target("Rents"), is_quotation=False, default="In other words", is_markdown=True
    )
    assert note.startswith("**In other words:** See Ann Lee")
    note = source_note(
        RECORD, target("Rents"), is_quotation=False, default="In other words", is_markdown=False
    )
    assert note.startswith("IN OTHER WORDS: See Ann Lee")
    note = source_note(
        RECORD,
        target("Rents"),
        lacking="It lacks.",
        is_quotation=False,
        default="In other words",
        is_markdown=True,
    )
    assert note.startswith("**In part:** It lacks. See Ann Lee")


PARTS = [
    "It fell.",
    " It rose by 5! ",
    "\n\n",
    "\r\n",
    "[^1]",
    "[^1]: Old.\n",
    "- ",
    "> ",
    "“a b c”",
]


@given(
    st.lists(st.sampled_from([*PARTS, "**b**", "`c`", "[l](https://x.y)", "# H\n"]), max_size=14)
)
def test_without_its_footnotes_the_draft_is_what_it_was(parts):
    text = "".join(parts)
    draft = read_draft(text, lambda part: split(part, "en"))
    done = with_footnotes(draft, [Footnote(each.note_at, "@new@") for each in draft.sentences])
    if not draft.sentences:
        assert done == text
        return
    label = done[: done.index("]: @new@")].rpartition("[^")[2]
    kept = done.replace(f"[^{label}]: @new@", "").replace(f"[^{label}]", "")
    assert kept.split() == text.split()
    again = read_draft(done, lambda part: split(part, "en"))
    assert all(each.is_cited for each in again.sentences)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("It fell.", "It fell.[^1]\n\n[^1]: A\n"),
        ("It fell.\n\n\n", "It fell.[^1]\n\n\n[^1]: A\n"),
        ("[^1]: Old.\n\nIt fell.", "[^1]: Old.\n\nIt fell.[^2]\n\n[^2]: A\n"),
        ("It fell[^a1] and[^b2].", "It fell[^a1] and[^b2].[^3]\n\n[^3]: A\n"),
        ("It fell[^a1] and[^a7].", "It fell[^a1] and[^a7].[^a8]\n\n[^a8]: A\n"),
        ("It fell[^one].", "It fell[^one].[^1]\n\n[^1]: A\n"),
        (
            "It fell.\n\n[^1]: Old.\n\n\tMore.\n\n  And more.\n\n It rose.",
            "It fell.[^2]\n\n[^1]: Old.\n\n\tMore.\n\n  And more.\n[^2]: A\n\n It rose.",
        ),
    ],
)
def test_a_footnote_is_where_the_style_of_the_draft_has_it(text, done):
    assert written(text, "A") == done


def test_a_draft_without_new_footnotes_is_as_it_was():
    assert written("It fell.\n\n[^1]: Old.\n") == "It fell.\n\n[^1]: Old.\n"


def test_a_footnote_repeats_three_hundred_characters_of_a_long_passage():
    quote = target("x" * 400)
    note = source_note(RECORD, quote, is_quotation=True, is_markdown=False)
    assert len(note.partition(": “")[2]) == 301
    assert note.endswith("x…”")


def test_a_source_of_which_little_is_known_is_untitled_or_named_by_its_server():
    quote = target("a\n b")
    bare = ArticleRecord("1", "", "")
    assert source_note(bare, quote, is_quotation=True, is_markdown=True) == "“Untitled”: “a b”"
    told = source_note(bare, quote, warnings=["x  y"], is_quotation=False, is_markdown=False)
    assert told == "CHECK: x y See “Untitled”: “a b”"
    served = ArticleRecord("1", "https://www.a.example/x", "T")
    note = source_note(served, quote, is_quotation=True, is_markdown=True)
    assert note == "[T](https://www.a.example/x#:~:text=a,b), a.example: “a b”"


def test_a_source_with_pages_is_cited_with_the_page():
    quote = replace(target("Rents rose"), pages="14–15", page_number=20)
    note = source_note(RECORD, quote, is_quotation=True, is_markdown=True)
    assert "#page=20)" in note
    assert ", pp. 14–15: “Rents rose”" in note
