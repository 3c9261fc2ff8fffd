import pytest
from hypothesis import assume, given

from annotator.reading.navigation.motions import MAX_MATCHES, find_all
from documents import texts


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
