"""A quotation in the text of an article, word for word or not."""

import pytest

from annotator.citing.quoting import copied_runs, match_quotation
from annotator.citing.source_text import SourceText

TEXT = (
    "The yard is full. “It is the most boring power station that I have ever seen,” says Ann Lee, "
    "who has seen thirty-one of them — “and I mean that as the highest praise.” It can hold 640 "
    "megawatt-hours, enough for one winter evening in the city nearby."
)
SOURCE = SourceText(TEXT, [])


@pytest.mark.parametrize(
    ("quotation", "passage"),
    [
        (
            "it is the most boring power station",
            "It is the most boring power station",
        ),
        (
            "the most boring power station … ever seen",
            "the most boring power station that I have ever seen",
        ),
        (
            "the most boring power station [...] ever seen",
            "the most boring power station that I have ever seen",
        ),
        (
            "[The yard] can hold 640 megawatt-hours",
            "can hold 640 megawatt-hours",
        ),
        (
            "[Ann Lee] has seen thirty-one of them – “and I mean that",
            "has seen thirty-one of them — “and I mean that",
        ),
    ],
)
def test_typography_omissions_and_brackets_are_no_difference(quotation, passage):
    found = match_quotation(quotation, SOURCE)
    assert not found.changes
    assert found.span.of(TEXT) == passage


def test_numbers_are_the_same_however_their_digits_are_grouped():
    source = SourceText("They counted 1,214,000 eels in the river.", [])
    for number in ("1.214.000", "1 214 000", "1214000", "1’214’000"):
        assert match_quotation(f"They counted {number} eels", source).changes == ()


def test_the_words_at_the_ends_are_those_most_like_the_quotation():
    source = SourceText("Its sevens came up 19. “That’s what a person does,” he told me.", [])
    found = match_quotation("that is what a person does", source)
    assert found.span.of(source.text) == "That’s what a person does"


def test_words_that_differ_are_told():
    found = match_quotation("the most exciting power station that I have ever seen", SOURCE)
    assert [(each.then.strip(), each.now.strip()) for each in found.changes] == [
        ("boring", "exciting")
    ]
    assert not any(piece.has_other_numbers for piece in found.changes)


def test_another_last_word_belongs_to_the_passage():
    found = match_quotation("who has seen thirty-one of us", SOURCE)
    assert found.span.of(TEXT).endswith("of them")


def test_a_number_that_differs_is_told_as_one():
    found = match_quotation("It can hold 460 megawatt-hours, enough for one winter", SOURCE)
    assert any(piece.has_other_numbers for piece in found.changes)
    assert [(each.then.strip(), each.now.strip()) for each in found.changes] == [("640", "460")]


@pytest.mark.parametrize(
    "quotation",
    [
        "It is the best of all possible worlds, I think",
        "boring … the whole house is on fire now",
        "…",
        "most",
    ],
)
def test_other_words_are_not_found(quotation):
    found = match_quotation(quotation, SOURCE)
    assert found is None or quotation == "most"


def test_a_sentence_of_the_same_form_about_something_else_is_not_found():
    source = SourceText("A prediction is a promise made by somebody else.", [])
    assert match_quotation("A catalogue is a promise made to strangers", source) is None


def test_scripts_without_spaces_are_compared_character_by_character():
    text = "柏木さんは言う。「糊は、こちらの都合では乾いてくれませんから」"
    source = SourceText(text, [])
    assert match_quotation("糊は、こちらの都合では乾いてくれませんから", source).changes == ()
    changed = match_quotation("糊は、こちらの都合では固まってくれませんから", source)
    assert [(each.then, each.now) for each in changed.changes] == [("乾い", "固まっ")]


def test_a_quotation_is_looked_for_at_every_place_of_its_first_words():
    source = SourceText(f"So it is. {'Or not. ' * 12}Then it is in the end.", [])
    match = match_quotation("it is … in the end", source)
    assert match.span.of(source.text) == source.text[3:-1]
    assert match.similarity == 1.0
    near = match_quotation("it is [now] in the end", source)
    assert near.span.of(source.text) == "it is in the end"


@pytest.mark.parametrize(("between", "is_exact"), [(12, True), (13, False)])
def test_a_bracket_stands_for_twelve_words_at_most(between, is_exact):
    text = f"They saw the boats {'x ' * between}in the old harbour town."
    match = match_quotation("saw the boats [that came] in the old harbour", SourceText(text, []))
    assert bool(match and not match.changes) == is_exact


@pytest.mark.parametrize(("between", "is_exact"), [(300, True), (301, False)])
def test_an_omission_stands_for_three_hundred_words_at_most(between, is_exact):
    text = f"They saw the boats {'x ' * between}in the old harbour town."
    match = match_quotation("saw the boats (...) in the old harbour", SourceText(text, []))
    assert bool(match and not match.changes) == is_exact


def test_another_last_word_belongs_to_the_passage_also_at_the_beginning_of_a_text():
    source = SourceText("Ann has seen thirty-one of them. It can hold more.", [])
    match = match_quotation("Ann has seen thirty-one of us", source)
    assert match.span.of(source.text) == "Ann has seen thirty-one of them"


def test_the_passage_of_a_quotation_does_not_reach_into_the_next_sentence():
    source = SourceText("So all of the boats are very old. Sails are torn.", [])
    match = match_quotation("all of the boats are very old and rotten", source)
    assert match.span.of(source.text) == "all of the boats are very old"


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        (
            "Then one two three four five six seven eight came",
            ["one two three four five six seven eight"],
        ),
        ("Then one two three four five six seven came", []),
        ("Is the Royal Harbour Board of Port Sellen and Dunmere Bay old?", []),
        (
            "彼は去年この店に持ち込まれた本は四百六冊と言う",
            ["去年この店に持ち込まれた本は四百六冊"],
        ),
        ("彼は台風による死者は多いと言う", []),
        ("台風による死者は", ["台風による死者は"]),
    ],
)
def test_eight_words_in_a_row_are_copied_but_no_name_and_no_eight_characters(text, runs):
    source = SourceText(
        "One, two three four – five six seven eight. The Royal Harbour Board of Port Sellen and "
        "Dunmere Bay met. 去年この店に持ち込まれた本は四百六冊で、台風による死者は三人。",
        [],
    )
    assert [words for words, _ in copied_runs(text, source)] == runs
