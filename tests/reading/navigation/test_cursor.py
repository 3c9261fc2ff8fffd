from annotator.model import Article, Span
from annotator.reading.navigation.motions import Cursor, passage, selection
from annotator.reading.navigation.units import Units
from builders import make_article

TEXT = "One two. Three four!\n\nFive six. Seven."
UNITS = Units(make_article(TEXT))


def words(span: Span | None) -> str | None:
    return None if span is None else span.of(TEXT)


def test_while_reading_nothing_would_be_marked():
    assert passage(Cursor(), UNITS) is None


def test_on_a_sentence_that_sentence_would_be_marked():
    assert words(passage(Cursor("sentence", 9), UNITS)) == "Three four!"


def test_at_a_bare_caret_its_sentence_would_be_marked_and_nothing_is_selected():
    cursor = Cursor("caret", 12)
    assert selection(cursor, UNITS) is None
    assert words(passage(cursor, UNITS)) == "Three four!"


def test_a_selection_covers_complete_units_in_either_direction():
    forward = Cursor("caret", 1).selecting("character").at(5)
    assert words(selection(forward, UNITS)) == "ne tw"
    backward = Cursor("caret", 5).selecting("word").at(1)
    assert words(selection(backward, UNITS)) == "One two"
    across = Cursor("sentence", 9).selecting("sentence").at(22)
    assert words(passage(across, UNITS)) == "Three four!\n\nFive six."


def test_a_selection_grows_by_word_sentence_and_paragraph_and_shrinks_the_same_way():
    cursor = Cursor("caret", 11)
    grown = []
    for _ in range(4):
        cursor = cursor.grown()
        grown.append(words(selection(cursor, UNITS)))
    assert grown == ["Three", "Three four!", "One two. Three four!", "One two. Three four!"]
    assert words(selection(cursor.shrunk(), UNITS)) == "Three four!"
    assert words(selection(cursor.shrunk().shrunk().shrunk(), UNITS)) == "r"
    assert cursor.shrunk().shrunk().shrunk().shrunk().unit == "character"
    assert Cursor("caret").shrunk() == Cursor("caret")


def test_selecting_again_by_the_same_unit_drops_the_selection():
    cursor = Cursor("caret", 3).selecting("character")
    assert cursor.is_selecting
    assert not cursor.selecting("character").is_selecting
    assert cursor.at(5).selecting("sentence").anchor == 3


def test_a_mark_has_no_white_space_at_its_ends():
    cursor = Cursor("caret", 3).selecting("character").at(8)
    assert words(selection(cursor, UNITS)) == " two. "
    assert words(passage(cursor, UNITS)) == "two."


def test_a_selection_of_spaces_alone_marks_nothing():
    assert passage(Cursor("caret", 3).selecting("character"), UNITS) is None


def test_entering_a_mode_drops_the_selection():
    cursor = Cursor("caret", 3, goal=7).selecting("word")
    assert cursor.entering("sentence") == Cursor("sentence", 3, unit="sentence")


def test_moving_by_lines_keeps_the_goal_and_other_moves_drop_it():
    assert Cursor("caret").on_line(5, 12).goal == 12
    assert Cursor("caret").on_line(5, 12).at(6).goal is None


def test_an_empty_article_has_nothing_to_mark():
    assert passage(Cursor("sentence"), Units(Article("x", "", ""))) is None


def test_the_cursor_turns_to_the_other_end_of_a_selection_which_stays():
    forward = Cursor("caret", 1).selecting("character").at(5)
    turned = forward.turned()
    assert (turned.offset, turned.anchor) == (1, 5)
    assert words(selection(turned, UNITS)) == words(selection(forward, UNITS))
    assert Cursor("caret", 3).turned() == Cursor("caret", 3)
