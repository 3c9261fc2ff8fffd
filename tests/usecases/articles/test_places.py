import pytest

from annotator.errors import InvalidInput
from annotator.model.library_file import Place
from annotator.usecases.articles.places import offset_of, places_of, set_place
from builders import make_article, make_extraction, make_page

TEXT = "The first paragraph.\n\nA second paragraph follows.\n\nAnd a third one."


@pytest.fixture
def keep(library, moment):
    def kept(url: str):
        article = make_article(TEXT, title=f"About {url}", url=url)
        library.store(make_extraction(article), make_page(url=url), now=moment)
        return article

    return kept


def letters(library, article):
    return [each.letter for each in places_of(library, article.id)]


def test_small_letters_name_places_of_one_article_and_capitals_those_of_all(library, keep):
    one, other = keep("https://a.org/1"), keep("https://a.org/2")
    for article, letter in ((one, "b"), (one, "a"), (other, "a"), (other, "Z")):
        set_place(library, article, letter, 5)
    assert letters(library, one) == ["a", "b", "Z"]
    assert letters(library, other) == ["a", "Z"]


def test_a_name_leads_to_one_place_only(library, keep):
    one, other = keep("https://a.org/1"), keep("https://a.org/2")
    set_place(library, one, "A", 0)
    set_place(library, one, "a", 0)
    set_place(library, one, "a", 22)
    set_place(library, other, "A", 3)
    assert [(each.letter, each.place.offset) for each in places_of(library, one.id)] == [
        ("a", 22),
        ("A", 3),
    ]


def test_a_place_is_found_again_by_its_words(library, keep):
    article = keep("https://a.org/1")
    place = set_place(library, article, "a", TEXT.index("A second"))
    assert place.words == "A second paragraph follows."
    longer = make_article(f"A new beginning, twice as long.\n\n{TEXT}")
    assert longer.text[offset_of(longer, place) :].startswith("A second")
    assert offset_of(article, Place(10_000, "gone")) == len(article.text)


@pytest.mark.parametrize("name", ["1", " ", "ab", ""])
def test_only_letters_are_names(library, keep, name):
    with pytest.raises(InvalidInput):
        set_place(library, keep("https://a.org/1"), name, 0)


def test_places_of_articles_that_are_gone_and_damaged_files_are_no_harm(library, keep):
    article, gone = keep("https://a.org/1"), keep("https://a.org/2")
    set_place(library, gone, "A", 0)
    library.trash(gone.id)
    assert places_of(library, article.id) == ()
    (library.state / "places.json").write_text("{", "utf-8")
    assert places_of(library, article.id) == ()
