"""Moving articles to the bin and restoring them with all that they had."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from annotator.errors import AmbiguousId, NotInLibrary
from annotator.usecases.articles.article_edits import move_to_bin
from annotator.usecases.articles.trash import (
    copies_in_bin,
    delete,
    find_trashed,
    to_the_end,
    trashed,
)
from annotator.usecases.queries.selection import choose_articles
from builders import make_annotation, make_article, make_extraction, make_page


@pytest.fixture
def articles(library, moment):
    articles = [
        make_article(f"Words of {name}.", title=name, url=f"https://example.org/{name}")
        for name in ("one", "two", "three")
    ]
    for article in articles:
        library.store(make_extraction(article), make_page(), now=moment)
    return articles


def trash(library, words, progress=to_the_end):
    """Move the articles that are named so to the bin, and return those it came to."""
    return move_to_bin(library, choose_articles(library, words).things, progress).articles


def test_articles_are_moved_to_the_bin_by_url_or_id(library, articles):
    gone = trash(library, ("https://example.org/one", articles[1].id, articles[1].id[:9]))
    assert [record.title for record in gone] == ["one", "two"]
    assert [record.title for record in library.records()] == ["three"]
    assert {each.record.title for each in trashed(library)} == {"one", "two"}


def test_all_articles_are_moved_to_the_bin_or_none(library, articles):
    with pytest.raises(NotInLibrary):
        trash(library, (articles[0].id, "f" * 16))
    assert len(library.records()) == 3


def test_both_ways_of_the_bin_stop_between_two_articles(library, articles):
    ids = [article.id for article in articles]
    moved = trash(library, ids, lambda done, total: done < total - 1)
    assert [record.title for record in moved] == ["one", "two"]
    assert [record.title for record in library.records()] == ["three"]
    assert delete(library, ids[:2], lambda done, _: done < 1) == ids[:1]
    assert [each.id for each in trashed(library)] == ids[1:2]


def test_an_article_comes_back_with_its_marks(library, articles):
    mark = make_annotation(articles[0], "Words")
    library.put([mark])
    trash(library, (articles[0].id,))
    [binned] = find_trashed(library, [articles[0].id[:10].upper()])
    assert library.restore(binned.id).title == "one"
    assert library.article(articles[0].id).annotations() == (mark,)


def test_a_prefix_of_several_ids_or_of_none_is_refused(library, articles, moment):
    for text in (
        "b",
        "c",
        "d",
        "e",
        "f",
        "g",
        "h",
        "i",
        "j",
        "k",
        "l",
        "m",
        "n",
        "o",
        "p",
        "q",
        "r",
    ):
        article = make_article(f"Words {text}.", url=f"https://example.org/{text}")
        library.store(make_extraction(article), make_page(), now=moment)
        library.trash(article.id)
    first = [each.id[0] for each in trashed(library)]
    shared = next(digit for digit in first if first.count(digit) > 1)
    with pytest.raises(AmbiguousId, match="matches several"):
        find_trashed(library, [shared])
    for prefix in ("", "no"):
        with pytest.raises(NotInLibrary, match="annotator restore"):
            find_trashed(library, [prefix])


def test_what_the_bin_has_of_an_article_is_told_when_it_is_added_again(library, articles, moment):
    one, two, _ = articles
    for word in ("Words", "of"):
        library.put([make_annotation(one, word, id=f"01{len(word)}")])
        trash(library, (one.id,))
        library.store(make_extraction(one), make_page(), now=moment)
    binned = copies_in_bin(library, one.id)
    assert (binned.id, binned.marks, binned.marks_of_all) == (one.id, 1, 2)
    assert binned.offer.startswith("The bin has it with 2 marks, since ")
    assert copies_in_bin(library, two.id) is None


def test_a_damaged_article_can_be_moved_to_the_bin_and_is_listed(library, articles):
    identity = articles[0].id
    folder = library.folder / "articles" / identity[:2] / identity
    for name in ("annotations.json", "annotations.json.bak"):
        (folder / name).write_bytes(b"")
    trash(library, (identity,))
    assert [(each.id, each.record) for each in trashed(library)] == [(identity, None)]


def test_the_bin_tells_when_an_article_was_deleted_and_its_marks(library, articles):
    one, two, _ = articles
    library.put([make_annotation(one, "Words")])
    before = datetime.now(UTC) - timedelta(seconds=2)
    trash(library, (one.id,))
    trash(library, (two.id,))
    os.utime(library.folder / "bin" / one.id, (0, 0))
    last, first = trashed(library)
    assert (last.id, last.marks) == (two.id, 0)
    assert (first.id, first.marks) == (one.id, 1)
    assert before < last.removed <= datetime.now(UTC)


def test_an_article_deleted_for_good_is_gone_with_all_its_copies(library, articles, moment):
    one, two, _ = articles
    library.put([make_annotation(one, "Words")])
    trash(library, (one.id, two.id))
    library.store(make_extraction(one), make_page(), now=moment)
    library.put([make_annotation(one, "of one")])
    trash(library, (one.id,))
    assert {each.id: each.marks_of_all for each in trashed(library)} == {one.id: 2, two.id: 0}
    delete(library, (one.id,))
    assert [each.id for each in trashed(library)] == [two.id]
    assert [path.name for path in (library.folder / "bin").iterdir()] == [two.id]
    with pytest.raises(NotInLibrary):
        delete(library, (one.id,))
