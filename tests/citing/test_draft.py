"""Reading a draft: its sentences, in the coordinates of the file, and what they refer to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.citing.draft import is_long_enough, quotations, read_draft
from annotator.model import Span
from annotator.reading.sentences.splitter import split

DRAFT = """---
title: Ten
---

# Heading of 10 words

The **price** rose by `x` 7 percent. See [the *page*. All of it](https://a.example/b_(c)) now.

> [!quote] Said
> “It is late. Nobody
> comes.”
>
> — Someone, 2024

- An item of 5 words here
  goes on.

| a | 10 |
|---|----|
| b | 20 |

    code 10

Known since 1990.[^one] And so on.

[^one]: A book.
[^two]: https://b.example/c
"""


def english(text):
    return split(text, "en")


def sentences(text, **options):
    return [" ".join(each.text.split()) for each in read_draft(text, english, **options).sentences]


def test_only_prose_has_sentences():
    assert sentences(DRAFT) == [
        "The price rose by 7 percent.",
        "See the page . All of it now.",
        "“It is late. Nobody comes.”",
        "An item of 5 words here goes on.",
        "Known since 1990.",
        "And so on.",
    ]


def test_a_sentence_is_where_it_is_in_the_file_whatever_its_line_ends_are():
    for draft in (DRAFT, DRAFT.replace("\n", "\r\n")):
        for each in read_draft(draft, english).sentences:
            assert len(each.text) == len(each.span)
            assert each.span.of(draft)[0] == each.text[0]
            assert draft.count("\n", 0, each.span.start) + 1 == each.line


def test_links_and_footnotes_are_references_of_their_sentence():
    draft = read_draft(DRAFT, english)
    found = {each.line: draft.addresses_of(each) for each in draft.sentences if each.is_cited}
    assert found == {7: ("https://a.example/b_(c)",), 24: ()}
    assert [note.label for note in draft.notes] == ["one", "two"]


def test_the_address_in_a_footnote_is_that_of_its_sentence():
    draft = read_draft("It fell.[^1]\n\n[^1]: See <https://a.example/x>.\n", english)
    assert draft.addresses_of(draft.sentences[0]) == ("https://a.example/x",)


def test_a_link_within_the_draft_is_no_source():
    assert not read_draft("It fell, see [below](#later).", english).sentences[0].is_cited


def test_a_paragraph_of_a_block_quote_is_a_quotation_also_without_marks():
    [sentence] = read_draft("> It is late. Nobody comes.", english).sentences
    assert [each.words.of(sentence.text) for each in sentence.quotations] == [
        "It is late. Nobody comes."
    ]


def test_only_the_quoted_words_of_a_block_quote_are_a_quotation_and_a_few_are_none():
    [sentence] = read_draft("> She said: “It is late in the town today.”", english).sentences
    assert [each.words.of(sentence.text) for each in sentence.quotations] == [
        "It is late in the town today."
    ]
    [sentence] = read_draft("The “late” town is dark.", english).sentences
    assert sentence.quotations == ()


def test_a_footnote_goes_after_the_markup_that_ends_a_sentence():
    text = "**It fell.** Then it rose in `code`"
    first, last = read_draft(text, english).sentences
    assert text[: first.note_at] == "**It fell.**"
    assert last.note_at == len(text)


def test_a_plain_text_has_paragraphs_and_notes_and_no_markup():
    text = "It *fell*\nby 5.\n\n    It rose [1].\n\n[1] A book.\n[2] Another.\n"
    draft = read_draft(text, english, is_markdown=False)
    assert [each.line for each in draft.sentences] == [1, 4]
    assert [note.label for note in draft.notes] == ["1", "2"]


@given(st.text(alphabet="ab. \n>#-*_`[]()^:|“”\"'!1\r\t<>&\\é。", max_size=120))
def test_no_text_breaks_it_and_sentences_are_in_order_and_apart(text):
    for is_markdown in (True, False):
        found = read_draft(text, english, is_markdown=is_markdown).sentences
        ends = [0]
        for each in found:
            assert ends[-1] <= each.span.start <= each.span.end <= each.note_at <= len(text)
            ends.append(each.span.end)


def test_a_plain_paragraph_is_no_quotation_and_a_quoted_one_is_one_whole():
    plain = read_draft("It is late in the town. Nobody comes.", english, is_markdown=False)
    assert [sentence.quotations for sentence in plain.sentences] == [(), ()]
    [quoted] = read_draft("> It is late in the town. Nobody comes.", english).sentences
    [quotation] = quoted.quotations
    assert quotation.words.of(quoted.text) == "It is late in the town. Nobody comes."


def test_a_reference_between_two_sentences_belongs_to_the_one_before_it():
    text = "It fell.  [^1] It rose.[^2] It [^3] stayed."
    sentences = read_draft(text, english).sentences
    labels = [[reference.label for reference in each.references] for each in sentences]
    assert labels == [["1"], ["2"], ["3"]]


def test_a_reference_before_the_first_words_belongs_to_the_first_sentence():
    first, second = read_draft("[^1] It is late. Nobody comes.[^2]", english).sentences
    assert [reference.label for reference in first.references] == ["1"]
    assert [reference.label for reference in second.references] == ["2"]


def test_a_footnote_that_is_only_an_address_is_one_footnote():
    text = "It fell.[^1] It rose.[^two]\n\n[^1]: https://a.example/x\n[^two]: A book.\n"
    draft = read_draft(text, english)
    assert [(note.label, note.text) for note in draft.notes] == [
        ("1", "[^1]: https://a.example/x"),
        ("two", "[^two]: A book."),
    ]
    assert [note.span.of(text) for note in draft.notes] == [note.text for note in draft.notes]
    alone = read_draft("It fell.[^1]\n\n[^1]: https://a.example/x\n", english)
    assert alone.addresses_of(alone.sentences[0]) == ("https://a.example/x",)


def test_footnotes_are_in_the_order_of_the_file_and_none_is_there_twice():
    text = "It fell.[^1]\n\n[^2]: https://a.example/x\n\nIt rose.[^2]\n\n[^1]: A book.\n"
    assert [note.label for note in read_draft(text, english).notes] == ["2", "1"]
    both = "It fell.[^1]\n\n[^1]: A book.\n[^2]: https://a.example/x\n"
    assert [note.label for note in read_draft(both, english).notes] == ["1", "2"]


def test_sentences_of_one_quotation_or_one_link_are_one_sentence():
    assert sentences("She said “it is late in town. Nobody comes.” and left. It rained.") == [
        "She said “it is late in town. Nobody comes.” and left.",
        "It rained.",
    ]
    assert sentences("[It is late. Nobody comes.](https://a.example) It rained.") == [
        "It is late. Nobody comes.",
        "It rained.",
    ]


def test_a_footnote_goes_behind_a_picture_or_an_address_that_ends_a_sentence():
    for ending in ("![a map](map.png)", "https://a.example/x", "<b></b>", "`code`"):
        text = f"It fell in May {ending}"
        assert read_draft(text, english).sentences[-1].note_at == len(text)
    text = "It fell. ![a map](map.png)"
    assert read_draft(text, english).sentences[0].note_at == len("It fell.")


def test_addresses_in_definitions_of_links_and_plain_ones_are_references():
    text = "It [fell][one] and [rose]. See <https://b.example/y>.\n\n[One]: <https://a.example/x>\n"
    first, second = (draft := read_draft(text, english)).sentences
    assert draft.addresses_of(first) == ("https://a.example/x",)
    assert draft.addresses_of(second) == ("https://b.example/y",)
    assert first.text == "It  fell       and [rose]."


def test_keys_of_pandoc_and_links_to_a_mark_are_references_and_other_wiki_links_are_words():
    [sentence] = read_draft("It fell [see @lee2024, p. 3].", english).sentences
    assert [reference.label for reference in sentence.references] == ["see @lee2024, p. 3"]
    [sentence] = read_draft(
        "It [[Note#^a-1|fell]] in [[Oslo]] and [[Rome|the city]].", english
    ).sentences
    assert [reference.label for reference in sentence.references] == ["Note#^a-1"]
    assert " ".join(sentence.text.split()) == "It fell in Oslo and the city ."


def test_the_attribution_of_a_quotation_and_the_head_of_a_callout_are_no_sentences():
    text = "> [!quote] Ann Lee\n> It is late in the town.\n>\n> -- Ann Lee, 2024\n"
    assert sentences(text) == ["It is late in the town."]


def test_front_matter_may_end_with_dots_and_a_line_is_no_front_matter():
    assert sentences("---\ntitle: It fell.\n...\nIt rose.\n") == ["It rose."]
    assert sentences("It fell.\n\n---\n\nIt rose.\n") == ["It fell.", "It rose."]


def test_footnotes_of_a_plain_text_may_have_the_sign_of_markdown():
    draft = read_draft(
        "It fell [^a].\n\n[^a] A book,\n  a good one.\n[b]: Other.\n", english, is_markdown=False
    )
    assert [(note.label, note.text) for note in draft.notes] == [
        ("a", "[^a] A book,\n  a good one."),
        ("b", "[b]: Other."),
    ]


def test_a_quotation_is_counted_from_the_beginning_of_its_sentence():
    text = "It fell. She said: “it is late in town”, and left."
    [quotation] = read_draft(text, english).sentences[1].quotations
    said = "She said: “it is late in town”, and left."
    assert quotation.words.of(said) == "it is late in town"
    assert said[: quotation.end].endswith("town”")
    assert read_draft(text, english).sentences[1].unquoted == said.replace(
        "it is late in town", " " * 18
    )


def words(text):
    return [each.words.of(text) for each in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is late,” she said.", "It is late,"),
        ("‘It is late,’ she said.", "It is late,"),
        ("„Es ist spät“, sagte sie.", "Es ist spät"),
        ("»Es ist spät«, sagte sie.", "Es ist spät"),
        ("« Il est tard », dit-elle.", "Il est tard"),
        ("”Det är sent”, sade hon.", "Det är sent"),
        ("彼女は「もう遅い」と言った。", "もう遅い"),
        ('"It is late," she said.', "It is late,"),
        ("'It is late,' she said.", "It is late,"),
        ("وقالت: «تأخر الوقت».", "تأخر الوقت"),
    ],
)
def test_quotation_marks_of_any_language_hold_a_quotation(text, expected):
    assert words(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "L’été d’hier, it’s the dogs’ own, the ’90s.",
        "He is 5'10\" tall, she is 6'2\".",
        "A mark “ that is never closed. Another sentence.",
        "“”",
    ],
)
def test_apostrophes_and_inches_are_no_quotation(text):
    assert words(text) == []


def test_a_quotation_keeps_the_quotation_inside_of_it():
    assert words("“She said ‘no’ twice,” he told us.") == ["She said ‘no’ twice,"]
    assert words("“a “b c” d” and “e”") == ["a “b c” d", "e"]


def test_a_paragraph_that_goes_on_quoting_is_a_quotation_to_its_end():
    assert words("“It was late. Nobody came.") == ["It was late. Nobody came."]


def test_a_mark_that_opens_the_next_quotation_does_not_end_one():
    assert words("»Es ist spät«, sagte sie, »und kalt dazu«.") == ["Es ist spät", "und kalt dazu"]


def test_one_or_two_words_are_a_name_or_irony():
    assert not is_long_enough("free market")
    assert is_long_enough("free of charge")
    assert is_long_enough("急ぐ人には向かない")


def test_only_quotations_that_are_closed_are_some_however_many_are_opened():
    assert words("“" * 50 + "one” and “two or three”") == ["one", "two or three"]
    assert words("'a " * 2000 + "“two or three”") == ["two or three"]


def test_the_mark_that_ends_a_quotation_does_not_open_the_next_one():
    assert words('"Is it late?", she asked, "and is it cold?"') == [
        "Is it late?",
        "and is it cold?",
    ]
    assert words("”Är det sent?”, sade hon, ”och kallt?”") == ["Är det sent?", "och kallt?"]


def test_a_year_without_its_century_opens_no_quotation():
    assert words("The ’90s were the dogs’ years.") == []
    assert words("The 'old times' were the dogs' years.") == ["old times"]


def test_where_the_closing_mark_ends_is_told():
    [quotation] = quotations("So « Il est tard » .")
    assert (quotation.words, quotation.end) == (Span(5, 16), 18)
    [open_end] = quotations("“It is late")
    assert (open_end.words, open_end.end) == (Span(1, 11), 11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“ ” and “it is late”", ["it is late"]),
        ('"90 days is late," she said', ["90 days is late,"]),
        ('It is 5 " wide and 6 " long.', []),
        ("“It is late”she said “or early”.", ["It is late", "or early"]),
        ("So she said «it is late»to him «or early».", ["it is late", "or early"]),
    ],
)
def test_a_mark_is_before_a_word_or_after_one(text, expected):
    assert words(text) == expected


def test_a_paragraph_that_is_never_closed_is_a_quotation_only_if_it_is_short():
    assert words("“" + "a b " * 700) == [("a b " * 700).strip()]
    assert words("“" + "a b " * 800) == []


def test_an_apostrophe_before_a_single_letter_ends_nothing():
    assert words("‘So it’s, in a way, late,’ she said.") == ["So it’s, in a way, late,"]
    assert words("‘The dogs’ are late’ and it’s so.") == ["The dogs"]


def test_a_mark_at_the_end_opens_nothing():
    assert words("It is late “") == words('It is late "') == words("It is late '") == []
