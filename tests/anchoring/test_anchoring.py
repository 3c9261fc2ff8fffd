"""Marks after a text changed: better lost than in a wrong place."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator.anchoring import anchor, anchor_all, describe
from annotator.model import (
    Anchored,
    Orphan,
    Span,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)

TEXT = """\
The harbour of Dunmere froze over on the third of January 1891, and it stayed frozen for 41 days.

Nobody had planned for it. The town council met twice in the first week, and both times it \
adjourned because the stove in the hall would not draw. Prices of coal rose from \
nine shillings to fourteen.

“We burned the fence,” wrote Agnes Holt, who kept a shop on the quay. “Then we burned the other \
fence.” Her diary is the only record of those weeks that was written by someone who was cold.

The railway company said that it would send coal as soon as the line was clear. The line was \
clear in March. By then the company had lost the contract, and the town had lost its faith \
in companies.

In the spring the council voted to build a gasworks, which opened in 1894 and closed in 1961."""
COAL = "Prices of coal rose from nine shillings to fourteen."
DIARY = "Her diary is the only record of those weeks that was written by someone who was cold."
ACROSS = "someone who was cold.\n\nThe railway company said that it would send coal"


def span_of(words, text=TEXT):
    start = text.index(words)
    return Span(start, start + len(words))


def mark(words, text=TEXT):
    return describe(text, span_of(words, text))


def found(target, text):
    """Return the words at the place of the mark, and the fit."""
    place = anchor(target, text)
    return (place.span.of(text), place.fit) if isinstance(place, Anchored) else (None, "lost")


@pytest.mark.parametrize("words", [COAL, DIARY, ACROSS, "Agnes Holt", "fence", "  " and "The"])
def test_nothing_changes_in_an_unchanged_text(words):
    assert anchor(mark(words), TEXT) == Anchored(span_of(words), "exact")


@pytest.mark.parametrize("words", [COAL, DIARY, ACROSS, "Agnes Holt", "the fence"])
def test_a_paragraph_inserted_before_moves_the_mark(words):
    assert found(mark(words), f"A new first paragraph.\n\n{TEXT}") == (words, "moved")


def test_a_passage_follows_its_paragraph():
    paragraphs = TEXT.split("\n\n")
    assert found(mark(DIARY), "\n\n".join(reversed(paragraphs))) == (DIARY, "moved")


def test_quotation_marks_dashes_and_spaces_may_differ():
    words = "“We burned the fence,” wrote Agnes Holt"
    retyped = TEXT.replace("“", '"').replace("”", '"').replace("wrote ", "wrote\xa0")
    assert found(mark(words), retyped) == ('"We burned the fence," wrote\xa0Agnes Holt', "exact")


def test_a_capital_that_differs_is_a_change():
    shouted = TEXT.replace("Prices of coal", "PRICES OF COAL")
    assert found(mark(COAL), shouted) == (
        COAL.replace("Prices of coal", "PRICES OF COAL"),
        "changed",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fourteen", "fifteen"),  # a number
        ("Prices of coal rose", "Prices of kitchen coal and of firewood rose"),  # another clause
        ("nine shillings to fourteen", "ninepence to one and fourpence"),
        ("Prices of coal rose from", "Then the price of coal went up from"),
        ("shillings", "shilings"),  # a typo
    ],
)
def test_a_reworded_sentence_is_found_as_changed(old, new):
    reworded = COAL.replace(old, new)
    assert found(mark(COAL), TEXT.replace(COAL, reworded)) == (reworded, "changed")


@pytest.mark.parametrize(
    ("words", "new"),
    [
        ("Agnes Holt", "Agnes, as everybody in the town called her, Holt"),
        ("the stove in the hall", "the stove in the cellar"),
        ("nine shillings", "nine pounds"),
        ("frozen for 41 days", "frozen for 42 days"),
    ],
)
def test_a_reworded_phrase_is_found_between_its_neighbours(words, new):
    assert found(mark(words), TEXT.replace(words, new)) == (new, "changed")


def test_a_phrase_is_lost_if_too_little_of_it_is_left():
    changed = TEXT.replace("nine shillings", "a penny or two")
    assert found(mark("nine shillings"), changed) == (None, "lost")


def test_a_changed_number_is_a_change():
    words = "it stayed frozen for 41 days"
    assert found(mark(words), TEXT.replace("41", "14")) == (
        "it stayed frozen for 14 days",
        "changed",
    )


def test_a_reworded_passage_across_paragraphs_is_found():
    changed = TEXT.replace("who was cold", "who froze").replace(
        "railway company", "railroad company"
    )
    assert found(mark(ACROSS), changed) == (
        "someone who froze.\n\nThe railroad company said that it would send coal",
        "changed",
    )


@pytest.mark.parametrize("words", [COAL, DIARY, ACROSS, "Agnes Holt", "nine shillings"])
def test_a_deleted_passage_is_lost(words):
    assert found(mark(words), TEXT.replace(words, "")) == (None, "lost")


@pytest.mark.parametrize("words", [COAL, DIARY])
def test_a_replaced_passage_is_lost(words):
    other = "Seals came up on the ice, and some of them were shot there."
    assert found(mark(words), TEXT.replace(words, other)) == (None, "lost")


def test_a_lost_mark_has_a_best_guess():
    place = anchor(
        mark(DIARY), TEXT.replace(DIARY, "Her diary is a record of other things entirely.")
    )
    assert isinstance(place, Orphan)
    assert place.best_guess is not None


def test_a_near_copy_elsewhere_is_not_the_deleted_sentence():
    copy = COAL.replace("nine", "three").replace("fourteen", "twelve")
    text = TEXT.replace(COAL, "").replace("In the spring", f"{copy} In the spring")
    assert found(mark(COAL), text) == (None, "lost")


def test_the_context_decides_between_two_equal_quotes():
    text = TEXT.replace("In the spring", f"{COAL} In the spring")
    target = mark(COAL)
    assert found(target, f"New.\n\n{text}") == (COAL, "moved")
    assert anchor(target, f"New.\n\n{text}") == Anchored(span_of(COAL).moved(6), "moved")


def test_a_copy_elsewhere_does_not_replace_an_edited_sentence():
    edited = COAL.replace("shillings", "shilings")
    text = TEXT.replace(COAL, edited).replace("In the spring", f"{COAL} In the spring")
    assert found(mark(COAL), text) == (edited, "changed")


def test_the_right_occurrence_of_a_repeated_quote_is_found():
    second = Span(TEXT.rindex("fence"), TEXT.rindex("fence") + 5)
    place = anchor(describe(TEXT, second), f"A line more.\n\n{TEXT}")
    assert place == Anchored(second.moved(14), "moved")


def test_a_repeated_quote_is_lost_with_its_own_occurrence():
    second = Span(TEXT.rindex("the other fence"), TEXT.rindex("the other fence") + 15)
    target = describe(TEXT, Span(second.end - 5, second.end))
    assert found(target, TEXT.replace("Then we burned the other fence.", "")) == (None, "lost")


def test_a_repeated_quote_is_lost_if_two_places_have_its_context():
    line = "Coal: two sacks, one of them wet."
    weeks = [
        "".join(f"Day {day} of week {week}: eggs, bread, tea with milk.\n\n" for day in range(1, 8))
        for week in (1, 2)
    ]
    second = f"{weeks[1]}{line}\n\n{TEXT[-300:]}"
    text = f"{weeks[0]}{line}\n\n{TEXT[:300]}\n\n{second}"
    other = text.replace(weeks[0], f"{TEXT[300:600]}\n\n")
    assert found(describe(text, span_of(line, text)), other) == (None, "lost")


def test_a_passage_whose_words_repeat_its_neighbours_is_found():
    before = "Tom Abel: taking of eels by moonlight, taking of "
    held = "held until the thaw in the cellar of the hall"
    passage = (
        f"eels by moonlight, taking of coal, {held} for 300 shillings.\n\nNed Farr: taking of eels,"
    )
    text = f"{TEXT}\n\n{before}{passage} {held} for 20 shillings.\n\n{TEXT[:90]}"
    reworded = passage.replace("300", "450")
    assert found(mark(passage, text), text.replace("300", "450")) == (reworded, "changed")


VERSE = "Oh the harbour, oh the harbour, it is frozen to the stones, and gulls are all in love.\n"
SONG = "".join(f"Verse {n} has this to say of boats:\n{VERSE * 3}" for n in range(1, 8))


def line_of_verse(number):
    start = SONG.index(f"Verse {number}") + 40
    return span_of("oh the harbour", SONG[start:]).moved(start)


def test_a_line_of_a_song_is_distinguished_from_its_twins():
    span = line_of_verse(4)
    place = anchor(describe(SONG, span), f"A song.\n{SONG}")
    assert place == Anchored(span.moved(8), "moved")


def test_a_line_that_moved_far_is_distinguished_by_its_wider_context():
    verses = "".join(f"{TEXT[n * 60 : n * 60 + 300]}\n{VERSE * 3}" for n in range(6))
    span = Span(verses.index(VERSE, 1500), verses.index(VERSE, 1500) + 14)
    place = anchor(describe(verses, span), f"{'More of it. ' * 200}{verses}")
    assert place == Anchored(span.moved(2400), "moved")


def test_a_line_that_cannot_be_distinguished_from_its_twins_is_lost():
    fourth = SONG[SONG.index("Verse 4") : SONG.index("Verse 5")]
    text = f"{TEXT * 3}\n\n{SONG.replace(fourth, '')}"
    assert isinstance(anchor(describe(SONG, line_of_verse(4)), text), Orphan)


@pytest.mark.parametrize("length", [700, 5000])
def test_a_long_passage_is_found_by_its_ends(length):
    numbered = " ".join(f"Item {n} costs {n * 13 % 101} crowns at the market." for n in range(400))
    target = describe(numbered, Span(2000, 2000 + length))
    changed = numbered.replace("Item 90 ", "Item ninety ").replace("Item 57 ", "Item 57, still, ")
    place = anchor(target, f"Prices. {changed}")
    assert isinstance(place, Anchored)
    assert place.span.of(changed) != ""
    assert abs(len(place.span) - length) < 30


def test_a_long_passage_with_another_beginning_is_found():
    numbered = " ".join(f"Item {n} costs {n * 13 % 101} crowns at the market." for n in range(60))
    target = describe(numbered, Span(0, 900))
    changed = numbered.replace("Item 0 costs 0 crowns", "The first item is free")
    assert found(target, changed)[1] == "changed"


def test_a_long_passage_that_was_deleted_is_lost():
    numbered = " ".join(f"Item {n} costs {n * 13 % 101} crowns at the market." for n in range(90))
    words = TEXT[100:750]
    text = f"{numbered} {words} {numbered}"
    assert found(mark(words, text), f"{numbered} {numbered}") == (None, "lost")


def test_words_in_scripts_without_spaces_are_found():
    words = "港は凍り、四十一日のあいだ船は動かなかった。"
    text = f"雨が降った。{words}町の人々は柵を燃やした。春になると工場が建てられた。"
    changed = text.replace("四十一日", "四十二日").replace("雨が", "その朝、雨が")
    assert found(mark(words, text), changed) == (words.replace("四十一日", "四十二日"), "changed")


def test_white_space_at_the_ends_of_a_quote_is_kept():
    words = " Nobody had planned for it. "
    target = mark(words, TEXT.replace("\n\n", " "))
    assert found(target, "More. " + TEXT.replace("\n\n", " ")) == (words, "moved")
    assert found(target, TEXT)[0].strip() == words.strip()


def test_a_quote_of_white_space_is_found_at_its_place_or_not_at_all():
    target = describe(TEXT, Span(TEXT.index("\n\n"), TEXT.index("\n\n") + 2))
    assert anchor(target, TEXT).fit == "exact"
    assert anchor(target, f"More. {TEXT}") == Orphan()


def imported(words):
    """Return the target of a quote from elsewhere, without context and position."""
    return Target(TextQuoteSelector(words), TextPositionSelector(0, 0))


def test_a_quote_without_context_is_found_if_it_occurs_once():
    assert found(imported(COAL), TEXT) == (COAL, "moved")
    assert found(imported("Agnes Holt"), TEXT) == ("Agnes Holt", "moved")
    assert found(imported(COAL.replace("shillings", "shilings")), TEXT) == (COAL, "changed")


def test_a_quote_without_context_is_lost_if_it_does_not_occur():
    assert found(imported("A sentence that nobody wrote about anything at all."), TEXT) == (
        None,
        "lost",
    )
    assert found(imported("Zzz"), TEXT) == (None, "lost")
    assert found(imported("the"), TEXT) == (None, "lost")


def test_all_marks_are_anchored_in_order():
    targets = [mark(DIARY), mark(COAL), imported("Zzz")]
    assert [type(place) for place in anchor_all(targets, TEXT)] == [Anchored, Anchored, Orphan]
    assert anchor_all((), TEXT) == ()


@pytest.mark.parametrize("text", ["", " ", "\u200b", "x"])
def test_nothing_is_found_in_a_tiny_text(text):
    assert not isinstance(anchor(mark(COAL), text), Anchored)


@pytest.mark.parametrize("position", [(-5, -1), (9, 3), (10**9, 10**9 + 4), (0, 10**9)])
def test_an_impossible_position_does_no_harm(position):
    target = replace(mark(COAL), position=TextPositionSelector(*position))
    assert found(target, TEXT) == (COAL, "moved")


@pytest.mark.parametrize("size", [10**4, 10**6])
def test_selectors_of_any_size_are_searched_within_bounds(size):
    quote = TextQuoteSelector("ice and coal " * size, "snow " * size, " wind" * size)
    target = Target(quote, TextPositionSelector(0, 5), occurrences=2)
    assert isinstance(anchor(target, TEXT), Orphan)


WORDS = [
    "the",
    "of",
    "rain",
    "fell",
    "and",
    "it",
    "was",
    "cold",
    "on",
    "Tuesday,",
    "41",
    "boats;",
    "“nobody”",
    "came",
    "—",
    "at",
    "all.\n\n",
]
prose = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)


@given(st.text(min_size=1, max_size=80) | prose, st.data())
def test_every_passage_of_an_unchanged_text_is_exact(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert anchor(describe(text, span), text) == Anchored(span, "exact")


@given(st.text(min_size=1, max_size=80) | prose, st.text(max_size=120) | prose, st.data())
def test_every_place_is_within_the_text(old, new, data):
    start = data.draw(st.integers(0, len(old) - 1))
    target = describe(old, Span(start, data.draw(st.integers(start + 1, len(old)))))
    place = anchor(target, new)
    span = place.span if isinstance(place, Anchored) else place.best_guess
    assert span is None or 0 <= span.start <= span.end <= len(new)


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.integers(), st.text())
def test_foreign_selectors_raise_nothing(exact, prefix, suffix, number, text):
    position = TextPositionSelector(number, number + 3)
    target = Target(TextQuoteSelector(exact, prefix, suffix), position, occurrences=number)
    assert isinstance(anchor(target, text), Anchored | Orphan)


SENTENCE = st.lists(
    st.sampled_from(["grey", "harbour", "ice", "coal", "fence", "council", "winter"]),
    min_size=8,
    max_size=14,
)


@given(st.lists(SENTENCE, min_size=4, max_size=9, unique_by=tuple), st.data(), prose)
def test_a_unique_sentence_moves_with_inserted_text(sentences, data, more):
    numbered = [f"Line {n * 37}: {' '.join(words)} {n}." for n, words in enumerate(sentences)]
    text = " ".join(numbered)
    words = data.draw(st.sampled_from(numbered))
    new = f"{more}\n\n{text}"
    assert anchor(mark(words, text), new) == Anchored(span_of(words, new), "moved")


def test_an_unchanged_text_does_not_load_the_search():
    script = (
        "import sys; from annotator.anchoring import anchor, describe;"
        "from annotator.model import Span;"
        "text = 'Rain fell. Nobody minded.'; print(anchor(describe(text, Span(0, 10)), text).fit,"
        " 'rapidfuzz' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == ["exact", "False"]


def test_of_a_long_passage_only_its_ends_are_compared():
    text = " ".join(f"word{number}" for number in range(1_000))
    target = describe(f"Before it. {text} After it.", Span(11, 11 + len(text)))
    middle = text.replace("word500 ", "other ")
    assert found(target, f"Before it. {middle} After it.") == (middle, "changed")
    other = f"Before it. {'nothing alike ' * 500} After it."
    assert isinstance(anchor(target, other), Orphan)


def test_many_marks_are_found_at_once():
    targets = [mark(COAL), mark(DIARY), mark("Agnes Holt")]
    text = f"A new first paragraph.\n\n{TEXT.replace(DIARY, '')}"
    places = anchor_all(targets, text)
    assert [isinstance(place, Anchored) for place in places] == [True, False, True]
    assert places[0].span.of(text) == COAL
    assert anchor_all([], text) == ()


def test_spaces_at_the_ends_of_a_mark_stay_if_they_are_there():
    assert found(mark(" Agnes Holt"), TEXT.replace("“We burned", "“Then we burned")) == (
        " Agnes Holt",
        "moved",
    )
    assert (
        found(mark("Agnes Holt,"), TEXT.replace("wrote Agnes", "wrote  Agnes"))[0] == "Agnes Holt,"
    )


def test_a_mark_without_words_is_lost():
    target = Target(TextQuoteSelector("  ", "a", "b"), TextPositionSelector(0, 2))
    assert anchor(target, "Some text.") == Orphan()
    assert anchor(mark(COAL), "") == Orphan()
