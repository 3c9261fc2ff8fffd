from datetime import timedelta

import pytest

from annotator.errors import AmbiguousId, InvalidInput, NotInLibrary
from annotator.model.query_parser import parse
from annotator.usecases.articles.lookup import (
    article_from,
    articles,
    find_article,
    find_mark,
    find_target,
    is_mark_address,
    mark_address,
)
from annotator.usecases.articles.tagging import tag_article
from builders import make_annotation, make_article, make_extraction, make_page, set_state


@pytest.fixture
def keep(library, moment):
    """Add an article to the library and return it."""

    def kept(url, **metadata):
        article = make_article(f"About {url}.", url=url, **metadata)
        library.store(make_extraction(article), make_page(url=url), now=moment)
        return article

    return kept


def ids(records):
    return {record.id for record in records}


def test_articles_are_filtered_by_state_tag_and_words(library, keep, moment):
    energy = keep("https://a.org/1", title="The grid at night", byline=("Ann Lee",))
    food = keep("https://b.org/2", title="The price of bread", site_name="B Daily")
    tag_article(library, energy.id, add=["energy/grid"], now=moment)
    set_state(library, food.id, "read", now=moment)
    assert ids(articles(library)) == {energy.id, food.id}
    assert ids(articles(library, parse("tag:Energy"))) == {energy.id}
    assert ids(articles(library, parse("tag:grid"))) == set()
    assert ids(articles(library, parse("is:read"))) == {food.id}
    assert ids(articles(library, parse("NIGHT lee"))) == {energy.id}
    assert ids(articles(library, parse("daily b.org"))) == {food.id}


def test_an_article_is_found_by_its_id_a_prefix_and_its_address(library, keep):
    article = keep("https://a.org/1")
    assert find_article(library, article.id) == article.id
    assert find_article(library, f" {article.id[:6].upper()} ") == article.id
    assert find_article(library, "http://A.org/1?utm_source=x#top") == article.id
    assert article_from(library, "https://a.org/2") is None


def test_an_unknown_url_is_reported(library):
    with pytest.raises(NotInLibrary, match=r"https://a\.org/1 is not in the library"):
        find_article(library, "https://a.org/1")


def test_a_target_is_an_article_or_a_mark(library, keep):
    article = keep("https://a.org/1")
    annotation = make_annotation(article, "About")
    library.put([annotation])
    assert find_target(library, article.id[:8]) == library.article(article.id).record()
    assert find_target(library, "https://a.org/1") == library.article(article.id).record()
    assert find_target(library, annotation.id.upper()) == annotation
    with pytest.raises(NotInLibrary, match="No article or mark"):
        find_target(library, "ffffffff")


def test_a_prefix_that_fits_an_article_and_a_mark_is_ambiguous(library, keep):
    article = keep("https://a.org/1")
    library.put([make_annotation(article, "About", id=article.id[:3] + "z" * 23)])
    with pytest.raises(AmbiguousId, match="an article and a mark"):
        find_target(library, article.id[:3])


def test_setting_the_same_state_changes_nothing(library, keep, moment):
    article = keep("https://a.org/1")
    before = library.article(article.id).record()
    assert set_state(library, article.id, "unread", now=moment) == before


def test_an_article_that_becomes_read_is_finished_then_until_it_is_unread_again(
    library, keep, moment
):
    article, later = keep("https://a.org/1"), moment + timedelta(days=3)
    assert library.article(article.id).record().finished is None
    set_state(library, article.id, "reading", now=moment)
    assert set_state(library, article.id, "read", now=later).finished == later
    assert set_state(library, article.id, "unread", now=later).finished is None


def test_the_archive_keeps_when_an_article_was_finished(library, keep, moment):
    read, unread = keep("https://a.org/1"), keep("https://a.org/2")
    set_state(library, read.id, "read", now=moment)
    for article in (read, unread):
        set_state(library, article.id, "archived", now=moment + timedelta(days=1))
        set_state(library, article.id, "read", now=moment + timedelta(days=2))
    assert library.article(read.id).record().finished == moment
    assert library.article(unread.id).record().finished is None


def test_a_mark_is_found_by_its_address_and_by_the_beginnings_of_its_ids(library, keep):
    article = keep("https://a.org/1")
    mark, other = (make_annotation(article, "About", id=f"01{name}") for name in ("aaaa", "abbb"))
    library.put((mark, other))
    address = mark_address(article.id, mark.id)
    assert is_mark_address(address)
    assert find_mark(library, address) == mark
    assert find_mark(library, f"{article.id[:6].upper()}#01AB") == other
    assert find_article(library, address) == article.id


def test_an_address_without_its_mark_says_what_is_wrong(library, keep):
    article = keep("https://a.org/1", title="The grid at night")
    marks = [make_annotation(article, "About", id=f"01{name}") for name in ("aaaa", "abbb")]
    library.put(marks)
    with pytest.raises(NotInLibrary, match="No mark “02” in “The grid at night”"):
        find_mark(library, f"{article.id}#02")
    with pytest.raises(AmbiguousId, match="“01” matches several ids: 01aaaa, 01abbb"):
        find_mark(library, f"{article.id}#01")
    with pytest.raises(InvalidInput, match="lacks the id of a mark"):
        find_mark(library, f"{article.id}#")
    with pytest.raises(NotInLibrary):
        find_mark(library, "abcdef#01")


@pytest.mark.parametrize("source", ["https://a.org/1#top", "story#1.txt", "#01", "abc", "-"])
def test_other_sources_are_no_addresses_of_marks(source):
    assert not is_mark_address(source)


def test_an_article_is_found_by_its_doi(library, keep):
    paper = keep("https://journal.example/1", doi="10.1000/AB.1")
    keep("https://journal.example/2", doi="10.1000/ab.12")
    at_doi = keep("https://doi.org/10.1000/cd")
    for name in ("10.1000/ab.1", "doi:10.1000/AB.1", "https://doi.org/10.1000/ab.1"):
        assert find_article(library, name) == paper.id
        assert find_target(library, name).id == paper.id
    assert find_article(library, "10.1000/cd") == at_doi.id
    assert ids(articles(library, parse("doi:10.1000/ab.1"))) >= {paper.id}
    assert ids(articles(library, parse("doi:https://doi.org/10.1000/CD"))) == {at_doi.id}
    assert len(articles(library, parse("has:doi"))) == 3
    with pytest.raises(NotInLibrary):
        find_article(library, "10.1000/ab")
    keep("https://copy.example/1", doi="10.1000/ab.1")
    with pytest.raises(AmbiguousId):
        find_article(library, "10.1000/ab.1")
