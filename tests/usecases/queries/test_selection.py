"""Articles and marks named by ids, by addresses, or by a query."""

import pytest

from annotator.errors import AmbiguousId, InvalidInput, InvalidQuery, NotInLibrary
from annotator.store import new_id, questions
from annotator.usecases.articles.sources import addresses_in
from annotator.usecases.queries.selection import (
    choose_articles,
    choose_marks,
    choose_targets,
    named_mark,
)
from builders import make_annotation, make_article, make_extraction, make_page


@pytest.fixture
def filled(library, moment):
    """Return a library with an article about coal and one about bread, each with two marks."""
    for name in ("coal", "bread"):
        article = make_article(
            f"The price of {name} fell. Nobody knew.", url=f"https://{name}.example.org/a"
        )
        library.store(make_extraction(article), make_page(url=article.url), now=moment)
        library.put(
            [make_annotation(article, each, id=new_id()) for each in (f"price of {name}", "Nobody")]
        )
    return library


def titles(library, *words):
    found = choose_articles(library, words)
    return [each.url.split("/")[2].split(".")[0] for each in found.things], found.by_query


def test_articles_are_named_by_ids_prefixes_and_addresses(filled):
    coal, bread = (filled.ask(questions.articles.find_articles())[at].id for at in (0, 1))
    named = {each.id: each.url for each in filled.records()}
    found = choose_articles(filled, [coal[:6], named[bread], coal])
    assert ([each.id for each in found.things], found.by_query) == ([coal, bread], False)


def test_what_is_no_id_is_a_query(filled):
    assert titles(filled, "price", "coal") == (["coal"], True)
    assert titles(filled, "site:bread.example.org") == (["bread"], True)
    assert titles(filled, "decade") == ([], True)  # letters of an id, and a word
    assert len(titles(filled)[0]) == 2


def test_an_id_that_the_library_lacks_is_an_error(filled):
    with pytest.raises(NotInLibrary):
        choose_articles(filled, ["1234abcd"])
    with pytest.raises(NotInLibrary):
        choose_articles(filled, ["https://example.org/none"])
    with pytest.raises(NotInLibrary):
        choose_marks(filled, ["01zzzzzz"])
    with pytest.raises(InvalidQuery):
        choose_articles(filled, ["tag:"])


@pytest.mark.parametrize("words", [[""], [" ", ""], ["-"], [","]])
def test_an_empty_argument_does_not_stand_for_the_whole_library(filled, words):
    with pytest.raises(InvalidInput):
        choose_articles(filled, words)
    with pytest.raises(InvalidInput):
        choose_marks(filled, words)
    with pytest.raises(InvalidInput):
        choose_targets(filled, words, of_marks=True)


def test_an_article_alone_stands_for_its_marks(filled):
    article = filled.ask(questions.articles.find_articles())[0]
    assert len(choose_marks(filled, [article.id]).things) == 2


def test_marks_are_named_by_ids_and_addresses(filled):
    marks = [each.annotation for each in filled.ask(questions.marks.find_marks())]
    words = [marks[0].id, f"{marks[1].article_id[:8]}#{marks[1].id}", marks[0].id.upper()]
    found = choose_marks(filled, words)
    assert (found.things, found.by_query) == (tuple(marks[:2]), False)
    with pytest.raises(AmbiguousId):
        choose_marks(filled, [marks[0].id[:6]])


def test_marks_are_found_by_a_query_that_may_begin_with_an_article(filled):
    article = filled.records()[0]
    assert len(choose_marks(filled, ["nobody"]).things) == 2
    assert len(choose_marks(filled, [article.id]).things) == 2
    [mark] = choose_marks(filled, [article.url, "nobody"]).things
    assert (mark.article_id, mark.quote) == (article.id, "Nobody")


def test_one_mark_is_named_by_an_id_or_by_a_query_that_finds_no_other(filled):
    mark = named_mark(filled, "site:bread.example.org price")
    assert mark.quote == "price of bread"
    assert named_mark(filled, mark.id) == mark
    with pytest.raises(InvalidInput, match="2 marks match"):
        named_mark(filled, "price")
    for word in ("nothing-like-it", "01zzzzzz"):
        with pytest.raises(NotInLibrary):
            named_mark(filled, word)


def test_a_target_is_an_article_or_a_mark_and_a_query_finds_either(filled):
    mark = filled.ask(questions.marks.find_marks())[0].annotation
    named = choose_targets(filled, [mark.id, mark.article_id], of_marks=False)
    assert [each.id for each in named.things] == [mark.id, mark.article_id]
    assert len(choose_targets(filled, ["nobody"], of_marks=False).things) == 2
    found = choose_targets(filled, ["kind:claim"], of_marks=True)
    assert (len(found.things), found.by_query) == (4, True)


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://a.org/1\n\n# later\nhttps://a.org/2\nhttps://a.org/1\n", 2),
        ("\ufeffhttps://a.org/1\r\nexample.org/story\r\n", 2),
        ("https://a.org/1 is good\nhttps://a.org/2", 0),
        ("A text.\nhttps://a.org/2", 0),
        ("Word", 0),
        ("<p>https://a.org/1</p>", 0),
        ("", 0),
        ("# only a comment", 0),
    ],
)
def test_a_list_of_addresses_has_nothing_else_in_it(text, addresses):
    assert len(addresses_in(text.encode())) == addresses


def test_bytes_that_are_no_text_are_no_list():
    assert addresses_in(b"\xff\xfe\x00" * 10) == ()
