from annotator.extract.documents.pdf.characters import (
    LINE_BREAK,
    Character,
    in_reading_order,
    lines_of,
)


def typed(text, *, left=0.0, base=100.0, size=10.0, width=5.0):
    return [
        Character(ord(letter), left + n * width, left + (n + 1) * width, base, size)
        for n, letter in enumerate(text)
    ]


def test_gaps_are_spaces_and_wide_gaps_end_a_line():
    characters = [*typed("one"), *typed("two", left=18), *typed("three", left=80)]
    assert [line.text for line in lines_of(characters, 0)] == ["one two", "three"]


def test_a_break_of_the_file_ends_a_line():
    characters = [*typed("one"), Character(LINE_BREAK), *typed("two", left=15)]
    assert [line.text for line in lines_of(characters, 0)] == ["one", "two"]


def test_raised_small_letters_are_superscripts_of_their_line():
    characters = [
        *typed("word"),
        *typed("12", left=20, base=104, size=6, width=3),
        *typed(" on", left=26),
    ]
    (line,) = lines_of(characters, 3)
    assert (line.text, line.raised, line.page, line.base) == ("word12 on", ((4, 6),), 3, 100)


def test_a_line_that_begins_with_a_superscript_has_the_size_of_its_letters():
    characters = [*typed("1", base=104, size=6, width=3), *typed("See the report", left=3)]
    (line,) = lines_of(characters, 0)
    assert (line.size, line.base, line.raised) == (10, 100, ((0, 1),))


def test_a_hyphen_that_breaks_a_word_is_remembered():
    (line,) = lines_of([*typed("foun"), Character(2, 20, 25, 100, 10)], 0)
    assert (line.text, line.is_broken) == ("foun-", True)


def boxes(text, right=100.0):
    """Return the letters of a text as they are printed, from right to left."""
    return [(right - 5 * (n + 1), right - 5 * n, letter) for n, letter in enumerate(text)]


def test_arabic_is_read_from_the_right_in_whatever_order_the_file_has_it():
    text = "عاد الصوت"
    letters = boxes(text)
    assert in_reading_order(letters, 10) == text
    assert in_reading_order(letters[::-1], 10) == text
    assert in_reading_order(letters[4:] + letters[:4], 10) == text


def test_numbers_and_latin_words_within_arabic_keep_their_order():
    shown = boxes("عام ") + [(60 + 5 * n, 65 + 5 * n, d) for n, d in enumerate("1954")]
    shown += boxes(" حين", right=60)
    assert in_reading_order(shown, 10) == "عام 1954 حين"


def test_a_ligature_of_two_letters_in_one_box_is_turned():
    letters = [(90, 100, "ب"), (80, 90, "ا"), (80, 90, "ل")]  # lam and alef
    assert in_reading_order(letters, 10) == "بلا"
