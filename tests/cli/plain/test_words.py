"""The table of words: whole, without doubles, and as rich as the keys of the screens."""

import json
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

import pytest

import annotator
from annotator.cli.group import COMMANDS, load_command
from annotator.cli.plain.session import PLACES
from annotator.cli.plain.words import EVERYWHERE, all_words, command_line, split_numbers, words_of
from annotator.errors import InvalidInput
from annotator.tui.app import SCREENS

KEYS = Path(annotator.__file__).parent / "tui" / "keys" / "keys.json"

# Keys that move what the eye sees, or choose with a cursor what is named by a number here.
FOR_THE_EYE = {
    "*.line-*": "lines of the screen",
    "*.page-*": "pages of the screen",
    "*.half-page-*": "pages of the screen",
    "*.slide-*": "parts of a wide line",
    "*.fold*": "folded code and branches, which are printed whole",
    "evidence.unfold": "branches, which are printed whole",
    "*.picture": "pictures; their captions and descriptions are printed",
    "*.select": "rows that are named by numbers",
    "*.select-all": "rows that are named by numbers: all",
    "list.*": "a cursor among rows that have numbers",
    "sentence.down": "a cursor among sentences that have numbers",
    "sentence.up": "a cursor among sentences that have numbers",
    "caret.*": "a cursor in the text, whose words are typed: mark 3 “two thirds”",
    "view.paragraph-*": "a cursor among paragraphs: Enter and previous",
    "read.count": "how often a key is repeated",
    "reader.wider": "the width of the text",
    "reader.narrower": "the width of the text",
    "reader.next": "rows of the library, which are opened by their numbers",
    "reader.previous": "rows of the library, which are opened by their numbers",
    "dialog.*": "the keys of a field; a line is kept by Enter",
    "question.yes": "yes, which is typed",
    "program.stop": "the terminal’s own Ctrl+Z",
    "reader.aloud": "a voice; whoever types here has one, or reads with the fingers",
    "jobs.browse": "annotator add --render ADDRESS",
    "import.reattach": "reattach, which is a word everywhere",
}


def _keys():
    for group in json.loads(KEYS.read_text("utf-8")):
        yield from ((key[0], group["place"]) for key in group["keys"])


def _has_word(key):
    return any(fnmatch(key, pattern) for word in all_words() for pattern in word.keys)


@pytest.mark.parametrize(("key", "place"), [*_keys()])
def test_every_key_of_a_screen_has_a_word_or_is_for_the_eye(key, place):
    assert _has_word(key) or any(fnmatch(key, pattern) for pattern in FOR_THE_EYE), place


def test_no_word_names_a_key_that_is_not_there():
    keys = [key for key, _ in _keys()]
    named = {pattern for word in all_words() for pattern in word.keys} | FOR_THE_EYE.keys()
    assert [name for name in named if not any(fnmatch(key, name) for key in keys)] == []


def test_every_screen_has_its_place():
    known = {"claims", "daily", "reader", "statistics"}  # marks, review, article, and a command
    assert set(SCREENS.names()) <= set(PLACES.names()) | known


@pytest.mark.parametrize("place", PLACES.names())
def test_what_is_typed_in_a_place_means_one_thing(place):
    own = [word for word in all_words() if place in word.places]
    typed = Counter(typed for word in own for typed in (*word.names, *word.letters))
    assert [name for name, number in typed.items() if number > 1] == []


@pytest.mark.parametrize("place", PLACES.names())
def test_what_a_word_does_is_there(place):
    made = PLACES.load(place)
    assert made.name == place
    for word in set(words_of(place).values()):
        does, *_ = word.does.split()
        if does.startswith("@"):
            assert does[1:] in PLACES.names()
        elif does.startswith("."):
            assert callable(getattr(made, f"_{does[1:]}"))
        else:
            options = {option for param in load_command(does).params for option in param.opts}
            groups = getattr(load_command(does), "commands", {})
            wanted = {part for part in word.does.split() if part.startswith("--")}
            assert wanted <= options or does == "feeds"
            assert not groups or word.does.split()[1] in groups


def test_words_are_in_plain_sentences():
    for word in all_words():
        assert word.sentence.rstrip(".") == word.sentence != ""
        assert set(word.places) <= {*PLACES.names(), EVERYWHERE}
    assert "doctor" in COMMANDS  # what has no word is typed behind annotator


@pytest.mark.parametrize(
    ("typed", "numbers", "rest"),
    [
        ("3", [3], ""),
        ("3 coal", [3], "coal"),
        ("3 2026", [3], "2026"),
        ("2,5-7 coal", [2, 5, 6, 7], "coal"),
        ("5 - 6", [5, 6], ""),
        ("all coal", [*range(1, 9)], "coal"),
        ("3: a note", [3], ": a note"),
        ("coal", [], "coal"),
        ("alliance", [], "alliance"),
        ("", [], ""),
    ],
)
def test_an_argument_begins_with_the_numbers_of_rows(typed, numbers, rest):
    assert split_numbers(typed, 8 if numbers else 9) == (tuple(numbers), rest)


@pytest.mark.parametrize(
    "typed", ["9", "0", "7-9", "7-999999999999", "6-5", "3,99 coal", "2,9-10", "2,10-9", "7" * 5000]
)
def test_a_number_that_no_row_has_is_refused(typed):
    with pytest.raises(InvalidInput, match="No number"):
        split_numbers(typed, 8)


@pytest.mark.parametrize(
    ("does", "rest", "made"),
    [
        ("add {sources}", "https://a.example #coal", ["add", "https://a.example", "--tag", "coal"]),
        ("add {sources}", "'my file.html'", ["add", "my file.html"]),
        ("search {words}", "Lee's coal", ["search", "Lee's", "coal"]),
        (
            "tag {rows} {tags}",
            "coal -gas #a",
            ["tag", "1a", "2b", "--add", "coal", "--remove", "gas", "--add", "a"],
        ),
        ("export {rows?} --to {1}", "", ["export", "1a", "2b"]),
        ("export {rows?} --to {1}", "~/vault", ["export", "1a", "2b", "--to", "~/vault"]),
        ("stats --period {1} --back {2}", "month", ["stats", "--period", "month"]),
        ("review --done {rows}=good", "", ["review", "--done", "1a=good", "--done", "2b=good"]),
        ("tags rename {1} {text}", "old new name", ["tags", "rename", "old", "old new name"]),
    ],
)
def test_a_word_becomes_a_command_line(does, rest, made):
    fills = {**dict.fromkeys(("rows", "rows?"), ("1a", "2b")), "row": ["1a"]}
    assert command_line(does, rest, fills) == made
