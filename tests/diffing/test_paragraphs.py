import pytest

from annotator.diffing.paragraphs import compare_articles
from builders import make_article

ONE = "The grid ran without coal for the first time in a century."
TWO = "Ann Lee had waited for that moment since she was hired."
THREE = "Wind made half of the power that was used on Monday."
FOUR = "Critics say that the price of it all will be paid for years."


def told(then: str, now: str) -> list[tuple[str, str, str]]:
    old, new = make_article(then), make_article(now)
    return [
        (
            each.kind,
            each.then.of(old.text) if each.then else "",
            each.now.of(new.text) if each.now else "",
        )
        for each in compare_articles(old, new).changes
    ]


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def test_an_article_does_not_differ_from_itself():
    article = make_article(text(ONE, TWO))
    comparison = compare_articles(article, article)
    assert comparison.changes == ()
    assert comparison.same == 2


def test_a_paragraph_may_be_added_or_removed():
    assert told(text(ONE, THREE), text(ONE, TWO, THREE)) == [("added", "", TWO)]
    assert told(text(ONE, TWO, THREE), text(ONE, THREE)) == [("removed", TWO, "")]


def test_a_paragraph_with_most_of_its_words_is_reworded():
    now = THREE.replace("half", "a third")
    assert told(text(ONE, THREE, TWO), text(ONE, now, TWO)) == [("reworded", THREE, now)]


def test_a_paragraph_with_an_added_sentence_is_reworded():
    now = f"{TWO} She was twenty then."
    assert told(text(ONE, TWO), text(ONE, now)) == [("reworded", TWO, now)]


def test_a_paragraph_at_another_place_is_moved():
    assert told(text(ONE, TWO, THREE, FOUR), text(TWO, THREE, FOUR, ONE)) == [("moved", ONE, ONE)]


def test_a_paragraph_with_other_words_is_a_new_one():
    assert told(text(ONE, TWO, THREE), text(ONE, FOUR, THREE)) == [
        ("added", "", FOUR),
        ("removed", TWO, ""),
    ]


def test_changes_come_in_the_order_of_the_newer_version():
    now = THREE.replace("half", "a third")
    assert told(text(ONE, TWO, THREE), text(FOUR, ONE, now)) == [
        ("added", "", FOUR),
        ("removed", TWO, ""),
        ("reworded", THREE, now),
    ]


def test_typography_and_the_kind_of_a_block_do_not_count():
    assert told("It’s “over”, she said.", '# It\'s "over", she said.') == []


def test_a_text_of_which_nothing_is_left_is_another_text():
    old = make_article(text(ONE, TWO))
    assert compare_articles(old, make_article(text(THREE, FOUR))).is_another_text
    assert not compare_articles(old, make_article(text(THREE, TWO))).is_another_text
    assert not compare_articles(old, make_article(ONE.replace("coal", "gas"))).is_another_text


def test_kinds_of_changes_are_counted():
    comparison = compare_articles(make_article(ONE), make_article(text(TWO, ONE, FOUR)))
    assert (comparison.count("added"), comparison.count("removed")) == (2, 0)


def test_half_of_the_words_in_the_same_order_are_enough():
    half = "The grid ran without coal while others were bought abroad."
    less = "The grid ran without coal while others were bought abroad again."
    assert told(text(ONE, TWO), text(half, TWO)) == [("reworded", ONE, half)]
    assert told(text(ONE, TWO), text(less, TWO)) == [("added", "", less), ("removed", ONE, "")]


def test_a_paragraph_comes_from_the_most_similar_one_and_those_before_it_are_gone():
    near = THREE.replace("Monday", "Sunday")
    now = THREE.replace("half", "a third")
    assert told(text(near, FOUR, THREE), now) == [
        ("removed", near, ""),
        ("removed", FOUR, ""),
        ("reworded", THREE, now),
    ]


def test_a_paragraph_that_comes_from_an_earlier_one_than_the_last_is_new():
    first, second = ONE.replace("coal", "gas"), TWO.replace("hired", "born")
    assert told(text(ONE, TWO), text(second, first)) == [
        ("removed", ONE, ""),
        ("reworded", TWO, second),
        ("added", "", first),
    ]


@pytest.mark.parametrize(("between", "kind"), [(29, "reworded"), (30, "added")])
def test_a_paragraph_is_compared_with_the_next_thirty(between, kind):
    gone = [f"Nothing{number} remotely{number} similar{number}." for number in range(between)]
    now = THREE.replace("half", "a third")
    assert (kind, now) in [(kind, new) for kind, _, new in told(text(*gone, THREE), now)]


def test_each_of_two_equal_paragraphs_is_moved_once():
    changes = told(text(ONE, ONE, TWO, THREE, FOUR), text(TWO, THREE, FOUR, ONE))
    assert changes == [("removed", ONE, ""), ("moved", ONE, ONE)]


def test_paragraphs_that_stay_are_counted():
    comparison = compare_articles(
        make_article(text(ONE, TWO, THREE, FOUR)), make_article(text(ONE, FOUR, TWO))
    )
    assert comparison.same == 2


def test_several_changes_follow_one_another():
    assert told(ONE, text(ONE, FOUR, TWO)) == [("added", "", FOUR), ("added", "", TWO)]
    assert told(text(ONE, TWO, THREE), text(TWO, THREE, ONE, FOUR)) == [
        ("moved", ONE, ONE),
        ("added", "", FOUR),
    ]
    first, second = ONE.replace("coal", "gas"), TWO.replace("hired", "born")
    assert told(text(ONE, TWO, THREE), text(first, second, THREE)) == [
        ("reworded", ONE, first),
        ("reworded", TWO, second),
    ]
