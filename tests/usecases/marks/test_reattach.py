from datetime import timedelta

import pytest

from annotator.errors import Conflict, InvalidInput
from annotator.usecases.articles.open_article import count_waiting, open_article, same_place
from annotator.usecases.marks.annotate import delete
from annotator.usecases.marks.reattach import accept, articles_to_reattach, has_waiting, waiting_in
from builders import make_annotation, make_article, make_extraction, make_page

RISE = "Rents rose by 3 percent within a year, the office for statistics said on Friday."
LEE = "“It’s a milestone,” said Ann Lee, who runs the control room of the city."
WIND = "Wind made half of the power that was used on Monday, and the sun the rest of it."
LAST = "Nobody knows how long it will last, and few of them dare to guess in public."


@pytest.fixture
def keep(library, moment):
    """Save another revision of the article, a day after the last one."""
    days = iter(range(100))

    def keep_version(*paragraphs: str):
        now = moment + timedelta(days=next(days))
        extraction = make_extraction(make_article("\n\n".join(paragraphs)))
        library.store(extraction, make_page(paragraphs[0], fetched_at=now), now=now)
        return extraction.article

    return keep_version


@pytest.fixture
def changed(library, keep):
    """Save an article with four marks; a change rewords one and loses another."""
    article = keep(RISE, LEE, WIND, LAST)
    library.put([make_annotation(article, each) for each in (RISE, LEE, WIND, LAST)])
    return keep(LEE.replace("“It’s", "\"It's").replace("”", '"'), RISE.replace("3", "13"), LAST)


def test_only_reworded_and_lost_marks_are_to_be_reattached(library, changed):
    found = waiting_in(library, changed.id)
    assert [each.annotation.quote for each in found] == [RISE, WIND]
    assert found[0].span.of(changed.text) == RISE.replace("3", "13")
    opened = open_article(library, changed.id)
    assert count_waiting(opened.article, opened.placed) == 2
    assert articles_to_reattach(library) == (changed.id,)


def test_an_accepted_mark_waits_no_longer_and_keeps_its_contents(library, changed, moment):
    [rise, wind] = waiting_in(library, changed.id)
    change = accept(library, rise, now=moment)
    [revised] = change.after
    assert revised.quote == RISE.replace("3", "13")
    assert (revised.id, revised.kind, revised.created) == (
        rise.annotation.id,
        rise.annotation.kind,
        rise.annotation.created,
    )
    assert [each.annotation for each in waiting_in(library, changed.id)] == [wind.annotation]


def test_accepting_can_be_undone_and_redone(library, changed, moment):
    [rise, _] = waiting_in(library, changed.id)
    change = accept(library, rise, now=moment)
    change.undo(library, now=moment)
    assert len(waiting_in(library, changed.id)) == 2
    change.redo(library, now=moment)
    assert len(waiting_in(library, changed.id)) == 1


def test_a_mark_without_a_guess_cannot_be_accepted(library, keep, moment):
    article = keep(RISE, LEE, WIND)
    library.put([make_annotation(article, WIND)])
    keep("千葉県の館山市で、橋が架け替えられた。" * 20)
    [lost] = waiting_in(library, article.id)
    assert lost.span is None
    with pytest.raises(InvalidInput, match="was not found"):
        accept(library, lost, now=moment)


def test_nothing_is_accepted_on_a_text_that_has_changed_again(library, keep, changed, moment):
    [rise, _] = waiting_in(library, changed.id)
    keep(LEE, RISE.replace("3", "23"), LAST)
    with pytest.raises(Conflict, match="changed meanwhile"):
        accept(library, rise, now=moment)


def test_an_article_that_never_changed_has_nothing_to_reattach(library, keep):
    article = keep(RISE, LEE)
    library.put([make_annotation(article, RISE)])
    assert waiting_in(library, article.id) == ()
    assert articles_to_reattach(library) == ()


def test_a_position_is_found_again_in_another_revision():
    then = make_article(f"{RISE}\n\n{LEE}\n\n{WIND}\n\n{LAST}")
    now = make_article(f"{LAST}\n\n{WIND.replace('half', 'most')}\n\n{LEE}")
    for words in (LEE, LAST):
        assert same_place(then, now, then.text.index(words)) == now.text.index(words)
    assert same_place(then, now, then.text.index(WIND)) == now.text.index("Wind")
    assert same_place(then, now, 0) == 0


def test_a_place_in_a_removed_paragraph_is_at_what_followed_it_and_comes_back():
    parts = ["The first says one thing.", "The second says more.", "The third ends it."]
    then, now = make_article("\n\n".join(parts)), make_article("\n\n".join(parts[::2]))
    second, third = then.text.index("The second"), now.text.index("The third")
    place = same_place(then, now, second)
    assert third <= place < third + len("The t")
    assert same_place(then, now, then.text.index("ends it")) == now.text.index("ends it")
    back = same_place(now, then, place)
    assert second <= back < second + len("The s")


def test_it_is_known_whether_any_mark_waits(library, changed, moment):
    assert has_waiting(library)
    rise, wind = waiting_in(library, changed.id)
    accept(library, rise, now=moment)
    assert has_waiting(library)
    delete(library, [wind.annotation], now=moment)
    assert not has_waiting(library)


def test_no_mark_waits_in_an_empty_library(library):
    assert not has_waiting(library)
