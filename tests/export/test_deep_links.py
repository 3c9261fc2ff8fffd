"""Links that open a page at a passage."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.export.hyperlinks import deep_link
from annotator.model import Target, TextPositionSelector, TextQuoteSelector

URL = "https://example.org/a"


def target(*words):
    return Target(TextQuoteSelector(*words), TextPositionSelector(0, 1))


def words_of(exact, prefix="", suffix="", url=URL):
    return unquote(deep_link(url, target(exact, prefix, suffix)).partition(":~:text=")[2])


def test_a_passage_of_a_few_words_is_written_out():
    assert words_of("Rain has fallen since the spring.") == "Rain has fallen since the spring."


def test_a_long_passage_is_given_by_its_first_and_last_words():
    exact = "one two three four five six seven eight nine ten eleven"
    assert words_of(exact) == "one two three four five,seven eight nine ten eleven"


def test_a_passage_across_paragraphs_is_given_by_its_ends():
    assert words_of("It rained.\n\nNobody came at all.") == "It rained.,Nobody came at all."


def test_few_words_come_with_their_neighbours():
    assert words_of("it rained", "and the day that ", " all over the country") == (
        "the day that-,it rained,-all over the"
    )


def test_a_neighbour_that_was_cut_is_left_out():
    assert words_of("it rained", "ong ago and far away ", "") == "ago and far away-,it rained"
    assert words_of("it rained", "", " until mor") == "it rained,-until"


def test_a_neighbour_that_is_the_only_one_stays():
    assert words_of("it rained", "when ", " hard") == "when-,it rained,-hard"


def test_neighbours_are_taken_only_from_the_next_line():
    assert words_of("it rained", "Weather\n\nthat day ", " much.\n\nAfterwards") == (
        "that day-,it rained,-much."
    )


def test_a_passage_whose_words_are_repeated_comes_with_its_neighbours():
    exact = "the refrain that everybody knows"
    assert words_of(exact, "x" * 40 + " one two", "").startswith("one two-,")


def test_a_passage_without_spaces_is_given_by_its_ends():
    exact = "雨" * 100
    assert words_of(exact) == f"{'雨' * 16},{'雨' * 16}"


def test_the_syntax_of_a_text_fragment_is_encoded_in_words():
    link = deep_link(URL, target("well-known, & more, of it"))
    assert link.endswith(":~:text=well%2Dknown%2C%20%26%20more%2C%20of%20it")


def test_the_fragment_of_the_page_is_kept_and_an_old_directive_is_not():
    url = f"{URL}#section:~:text=old"
    quote = target("five words are enough here")
    assert deep_link(url, quote).startswith(f"{URL}#section:~:text=five")


@pytest.mark.parametrize("url", ["", "file:///home/a.html", "javascript:alert(1)", "https://a b/"])
def test_a_page_without_an_address_has_no_link(url):
    assert deep_link(url, target("words")) == ""


def test_a_passage_without_words_links_to_the_page():
    assert deep_link(URL, target(" \n ")) == URL


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_every_link_is_one_ascii_word(exact, prefix, suffix):
    link = deep_link(URL, target(exact, prefix, suffix))
    assert link.isascii()
    assert link.split() == [link]


def test_in_a_file_with_pages_a_link_leads_to_the_page():
    on_page = replace(target("It rained."), pages="xiv", page_number=14)
    assert deep_link(f"{URL}.pdf#top", on_page) == f"{URL}.pdf#page=14"
    assert deep_link("file:///a.pdf", on_page) == ""


def test_a_printed_page_alone_is_no_place_in_a_file():
    assert "#:~:text=" in deep_link(URL, replace(target("It rained."), pages="14"))
