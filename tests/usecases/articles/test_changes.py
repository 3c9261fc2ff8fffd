from datetime import timedelta

import pytest
from msgspec.structs import replace

from annotator.model import NO_OVERRIDES
from annotator.usecases.articles.article_edits import RevisionSwitch
from annotator.usecases.articles.changes import changes, changes_of_marks, new_changes
from builders import make_annotation, make_article, make_extraction, make_page

RISE = "Rents rose by 3 percent within a year, the office for statistics said on Friday."
LEE = "“It’s a milestone,” said Ann Lee, who runs the control room of the city."
WIND = "Wind made half of the power that was used on Monday, and the sun the rest of it."
LAST = "Nobody knows how long it will last, and few of them dare to guess in public."


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


FIRST = text(RISE, LEE, WIND, LAST)


@pytest.fixture
def keep(library, moment):
    """Save another revision of the article, a day after the last one."""
    days = iter(range(100))

    def keep_version(words: str, *, access="full", extractor="1", fetched=None):
        now = moment + timedelta(days=next(days))
        extraction = make_extraction(make_article(words), access=access, extractor=extractor)
        library.store(extraction, make_page(words, fetched_at=fetched or now), now=now)
        return extraction.article

    return keep_version


def test_marks_are_grouped_by_what_happened_to_them(library, keep):
    article = keep(FIRST)
    rise, lee, wind, last = (make_annotation(article, each) for each in (RISE, LEE, WIND, LAST))
    library.put([rise, lee, wind, last])
    now = keep(text(RISE.replace("3", "13"), LEE, LAST))
    found = changes(library, article.id)
    [reworded] = found.marks.reworded
    assert reworded.annotation == rise
    assert (reworded.then, reworded.now) == (RISE, reworded.span.of(now.text))
    assert reworded.has_other_numbers
    assert [each.annotation for each in found.marks.moved] == [lee, last]
    assert [each.annotation for each in found.marks.lost] == [wind]
    assert found.paragraphs.count("reworded") == found.paragraphs.count("removed") == 1


def test_what_the_reader_removed_is_no_change_of_the_page(library, keep, moment):
    article = keep(FIRST)
    page = library.article(article.id).page()
    shorter = make_extraction(make_article(text(RISE, LEE, LAST)))
    shorter = replace(shorter, choices=NO_OVERRIDES.removing(("wind",)))
    library.store(shorter, page, now=moment)
    step = RevisionSwitch(
        "Remove paragraph", article.id, article.revision, shorter.article.revision, WIND
    )
    if library.article(article.id).record().revision == article.revision:
        step.redo(library, now=moment)
    assert library.article(article.id).record().revision == shorter.article.revision
    assert not changes(library, article.id).has_any
    step.undo(library, now=moment)
    assert not changes(library, article.id).has_any


def test_nothing_is_rewritten(library, keep):
    article = keep(FIRST)
    library.put([make_annotation(article, RISE)])
    before = library.article(article.id).annotations()
    keep(text(RISE.replace("3", "13"), LEE, WIND, LAST))
    changes(library, article.id)
    assert library.article(article.id).annotations() == before


def test_typography_is_not_a_rewording(library, keep):
    article = keep(FIRST)
    library.put([make_annotation(article, LEE)])
    keep(FIRST.replace("“", '"').replace("”", '"').replace("’", "'"))
    found = changes(library, article.id)
    assert found.marks.reworded == ()
    assert not found.paragraphs.changes


def test_a_mark_on_the_current_revision_has_no_changes(library, keep):
    keep(FIRST)
    article = keep(text(RISE, LEE, WIND))
    library.put([make_annotation(article, RISE)])
    marks = changes(library, article.id).marks
    assert (marks.reworded, marks.moved, marks.lost) == ((), (), ())


def test_an_article_with_one_revision_has_no_changes(library, keep):
    article = keep(FIRST)
    found = changes(library, article.id)
    assert not found.has_any
    assert found.then == found.now


def test_marks_are_compared_with_their_own_quotes_and_the_text_with_the_previous_revision(
    library, keep
):
    article = keep(FIRST)
    library.put([make_annotation(article, RISE)])
    keep(text(RISE.replace("3", "4"), LEE, WIND, LAST))
    keep(text(RISE.replace("3", "4"), LEE, WIND.replace("half", "a third"), LAST))
    found = changes(library, article.id)
    assert [each.then for each in found.marks.reworded] == [RISE]
    assert [each.kind for each in found.paragraphs.changes] == ["reworded"]
    assert "a third" in found.now.article.text


def test_revisions_without_an_article_are_skipped(library, keep):
    first = keep(FIRST)
    keep("We value your privacy.", access="consent_wall")
    found = changes(library, first.id)
    assert not found.has_any
    second = keep(text(RISE, LEE, WIND))
    found = changes(library, first.id)
    assert (found.then.article, found.now.article) == (first, second)


def test_a_page_that_changed_back_is_compared_with_the_revision_between(library, keep):
    first = keep(FIRST)
    between = keep(text(RISE, LEE, WIND))
    keep(FIRST)
    found = changes(library, first.id)
    assert (found.then.article, found.now.article) == (between, first)
    assert found.paragraphs.count("added") == 1


def test_a_change_of_the_rules_is_distinguished_from_one_of_the_page(library, keep, moment):
    first = keep(FIRST, fetched=moment)
    keep(text(RISE, LEE, WIND), extractor="2", fetched=moment)
    assert changes(library, first.id).is_extracted_again
    keep(text(RISE, LEE, LAST), extractor="2")
    assert not changes(library, first.id).is_extracted_again


def test_a_damaged_revision_is_skipped(library, keep):
    first, second = keep(FIRST), keep(text(RISE, LEE, WIND))
    keep(text(RISE, WIND))
    [file] = library.folder.rglob(f"{second.revision}.json")
    file.write_text("nonsense", "utf-8")
    assert changes(library, first.id).then.article == first


def test_reworded_marks_with_changed_numbers_come_first():
    article = make_article(FIRST)
    marks = [make_annotation(article, each) for each in (LEE, WIND, RISE)]
    now = make_article(
        text(
            RISE.replace("rose", "climbed"),
            LEE.replace("city", "town"),
            WIND.replace("half", "a third"),
            LAST,
        )
    )
    found = changes_of_marks(now, marks).reworded
    assert [each.then for each in found] == [WIND, RISE, LEE]


def test_new_changes_are_those_that_did_not_exist_before():
    first = make_article(FIRST)
    rise, wind = make_annotation(first, RISE), make_annotation(first, WIND)
    second = make_article(FIRST.replace("3", "4"))
    third = make_article(FIRST.replace("3", "4").replace("half", "a third"))
    fourth = make_article(FIRST.replace("3", "5").replace("half", "a third"))
    told = [
        [each.annotation for each in new_changes(then, now, [rise, wind]).reworded]
        for then, now in ((first, second), (second, third), (third, fourth), (fourth, fourth))
    ]
    assert told == [[rise], [wind], [rise], []]


def test_a_mark_that_was_lost_before_is_not_a_new_change():
    first = make_article(FIRST)
    wind = make_annotation(first, WIND)
    second, third = make_article(text(RISE, LEE, LAST)), make_article(text(RISE, LAST))
    assert [each.annotation for each in new_changes(first, second, [wind]).lost] == [wind]
    assert new_changes(second, third, [wind]).lost == ()
