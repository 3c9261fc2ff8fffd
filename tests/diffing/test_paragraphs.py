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
