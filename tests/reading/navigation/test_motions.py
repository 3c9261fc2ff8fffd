import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.model import Article, Block
from annotator.reading.layout.engine import Layout
from annotator.reading.navigation import motions
from annotator.reading.navigation.motions import MAX_MATCHES, MOST, JumpList, find_all
from annotator.reading.navigation.units import Units
from builders import make_article
from documents import articles, texts

TEXT = "One two three\n\n漢字かな\n\nx"
ARTICLE = make_article(TEXT, title="")
LAYOUT = Layout(ARTICLE, 40)


def test_moving_by_lines_skips_blank_ones_and_keeps_the_column():
    offset, goal = motions.line(LAYOUT, 4, 1, None)
    assert (ARTICLE.text[offset], goal) == ("か", 4)
    offset, goal = motions.line(LAYOUT, offset, 1, goal)
    assert (ARTICLE.text[offset], goal) == ("x", 4)
    assert motions.line(LAYOUT, offset, -2, goal) == (4, 4)


def test_moving_beyond_the_last_line_stays_there():
    assert motions.line(LAYOUT, len(TEXT) - 1, 1, None) == (len(TEXT) - 1, 0)
    assert motions.line(LAYOUT, 4, -3, None) == (4, 4)


def test_moving_by_rows_counts_blank_ones():
    assert ARTICLE.text[motions.rows(LAYOUT, 4, 2, None)[0]] == "か"
    assert ARTICLE.text[motions.rows(LAYOUT, 4, 1, None)[0]] == "か"
    assert motions.rows(LAYOUT, 4, -9, None)[0] == 4


def test_rows_end_on_the_last_line_of_text():
    article = Article("x", "", "", blocks=(Block("paragraph", "One."), Block("rule", "")))
    assert motions.rows(Layout(article, 40), 0, 5, None) == (0, 0)


def test_a_line_has_two_ends():
    layout = Layout(make_article("One two three four", title=""), 8)
    assert motions.line_edge(layout, 9, -1) == 8
    assert motions.line_edge(layout, 9, 1) == 12


def test_a_line_without_text_has_no_ends():
    article = Article("x", "", "", blocks=(Block("rule", ""),))
    assert motions.line_edge(Layout(article, 40), 0, 1) == 0


def test_the_end_of_a_word_is_its_last_letter_and_then_that_of_the_next():
    units = Units(make_article("One two."))
    assert motions.word_end(units, 0) == 2
    assert motions.word_end(units, 2) == 6
    assert motions.word_end(units, 6) == 7
    assert motions.word_end(units, 7) == 7


def test_the_edges_of_an_article_are_its_first_and_last_letters():
    blocks = (Block("rule", ""), Block("paragraph", "One."), Block("rule", ""))
    units = Units(Article("x", "", "", blocks=blocks))
    assert motions.edge(units, -1) == 2
    assert motions.edge(units, 1) == 5


@given(articles(), st.integers(8, 90), st.integers(-5, 5), st.data())
def test_moving_several_lines_is_moving_one_line_several_times(article, width, count, data):
    layout = Layout(article, width)
    offset = data.draw(st.integers(0, len(article.text)))
    once, goal = motions.line(layout, offset, count, None)
    stepped, kept = offset, layout.place(offset).column
    for _ in range(abs(count)):
        stepped, kept = motions.line(layout, stepped, 1 if count > 0 else -1, kept)
    assert kept == goal
    assert stepped == once


def test_a_letter_is_found_in_the_rest_of_its_paragraph_or_before():
    units = Units(make_article("An eel.\n\nThe Éel ate elver and eels.\n\nAn eel.", title=""))
    text = units.article.text
    start = text.index("ate")
    assert motions.character(units, start, "e", 1) == start + 2
    assert motions.character(units, start, "e", 2) == text.index("elver")
    assert motions.character(units, start, "e", 3) == text.index("elver") + 3
    assert motions.character(units, start, "e", 9) is None
    assert motions.character(units, start, "e", -1) == text.index("Éel") + 1
    assert motions.character(units, start, "e", -2) == text.index("Éel")
    assert motions.character(units, start, "E", -1) == text.index("Éel")
    assert motions.character(units, start, "e", -9) is None


def test_going_back_and_forward_returns_to_the_places_of_jumps():
    jumps = JumpList().pushed(10).pushed(20)
    jumps, there = jumps.moved(30, -1)
    assert there == 20
    jumps, there = jumps.moved(20, -1)
    assert there == 10
    jumps, there = jumps.moved(10, 1)
    assert there == 20
    jumps, there = jumps.moved(20, 1)
    assert there == 30
    assert jumps.moved(30, 1)[1] == 30


def test_a_count_goes_several_places_and_no_farther_than_the_first():
    jumps = JumpList().pushed(10).pushed(20).pushed(30)
    assert jumps.moved(40, -2)[1] == 20
    assert jumps.moved(40, -99)[1] == 10


def test_with_nowhere_to_go_the_place_stays():
    assert JumpList().moved(5, -1) == (JumpList(), 5)
    assert JumpList().moved(5, 1) == (JumpList(), 5)


def test_a_new_jump_drops_the_places_forward():
    jumps, _ = JumpList().pushed(10).pushed(20).moved(30, -2)
    jumps = jumps.pushed(15)
    assert jumps.places == (15,)
    assert jumps.moved(50, -1)[1] == 15


def test_a_place_that_is_left_repeatedly_is_listed_once():
    assert JumpList().pushed(10).pushed(10).places == (10,)


def test_the_oldest_places_are_dropped():
    jumps = JumpList()
    for place in range(MOST + 5):
        jumps = jumps.pushed(place)
    assert jumps.places == tuple(range(5, MOST + 5))


@given(st.lists(st.integers(0, 50)), st.integers(0, 50), st.integers(1, 9))
def test_going_back_and_forward_ends_where_it_began(places, here, count):
    jumps = JumpList()
    for place in places:
        jumps = jumps.pushed(place)
    back, _ = jumps.moved(here, -count)
    assert back.moved(back.places[back.at] if back.places else here, count)[1] == here


def found(text: str, query: str) -> list[str]:
    return [span.of(text) for span in find_all(text, query)]


@pytest.mark.parametrize(
    ("text", "query", "matches"),
    [
        ("Café, cafe, CAFE", "cafe", ["Café", "cafe", "CAFE"]),
        ("Café, cafe, CAFE", "Cafe", ["Café"]),
        ("cafe\u0301 au lait", "cafe", ["cafe\u0301"]),
        ("cafe\u0301s", "s", ["s"]),
        ("one\n  two", "one two", ["one\n  two"]),
        ("“don’t”", '"don\'t"', ["“don’t”"]),
        ("1914–1918", "1914-1918", ["1914–1918"]),
        ("the ﬁnal ofﬁce", "final", ["ﬁnal"]),
        ("the ﬁnal ofﬁce", "off", ["ofﬁ"]),
        ("wait…", "wait...", ["wait…"]),
        ("a.b", "a.b", ["a.b"]),
        ("axb", "a.b", []),
        ("aaaa", "aa", ["aa", "aa"]),
        ("שָׁלוֹם", "שלום", ["שָׁלוֹם"]),
        ("がか", "か", ["か"]),
        ("text", "", []),
        ("text", "  ", []),
    ],
)
def test_words_are_found_as_people_type_them(text, query, matches):
    assert found(text, query) == matches


def test_part_of_a_ligature_is_found_as_the_whole_of_it():
    assert found("ﬁn ﬁn", "f") == ["ﬁ", "ﬁ"]


def test_the_number_of_matches_is_limited():
    assert len(find_all("a" * (MAX_MATCHES + 5), "a")) == MAX_MATCHES


@given(texts())
def test_every_word_of_a_text_is_found_at_its_place(text):
    assume(text.split())
    word = text.split()[0]
    spans = find_all(text, word)
    assert not spans or all(0 <= span.start < span.end <= len(text) for span in spans)
    assert not word.isascii() or any(word.lower() in span.of(text).lower() for span in spans)
