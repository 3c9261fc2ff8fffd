"""Marks that are found over their links, with an index and without one."""

import pytest
from msgspec.structs import replace

from annotator.model import Link
from annotator.store import Library, questions
from builders import make_annotation, make_article, make_extraction, make_page


@pytest.fixture
def linked(library, moment):
    """Return a function that puts a mark with these links into the library."""
    article = make_article("Words that are marked.")
    library.store(make_extraction(article), make_page(), now=moment)

    def linked(*links, article=article, library=library):
        made = make_annotation(article, "Words", links=[Link(*each) for each in links])
        library.put([made])
        return made.id

    return linked


def ids(found):
    return [each.annotation.id for each in found]


def test_marks_are_found_by_id_and_by_what_they_link_to(library, linked):
    one = linked()
    other = linked(("supports", one), ("informs", "https://example.org/"))
    third = linked(("opposes", other))
    assert set(ids(library.ask(questions.links.linked_marks([one], targets=[one])))) == {one, other}
    assert ids(library.ask(questions.links.linked_marks(targets=["https://example.org/"]))) == [
        other
    ]
    assert ids(library.ask(questions.links.linked_marks([third, "no such mark"]))) == [third]


def test_links_are_followed_over_any_number_of_marks_in_the_wanted_direction(library, linked):
    first = last = linked()
    for _ in range(5):
        last = linked(("supports", last))
    linked(("informs", first))
    found = library.ask(questions.links.connected_marks(first, against=["supports"], along=[]))
    assert len(found) == 6
    assert (ids(found)[0], ids(found)[-1]) == (first, last)
    assert ids(
        library.ask(questions.links.connected_marks(first, against=[], along=["supports"]))
    ) == [first]
    back = library.ask(questions.links.connected_marks(last, against=[], along=["supports"]))
    assert ids(back)[-1] == first


def test_more_links_than_a_statement_takes_values_are_followed(library, linked, moment):
    article = make_article("Many words.", url="https://example.org/many")
    library.store(make_extraction(article), make_page(), now=moment)
    claim = linked()
    evidence = [
        make_annotation(article, "words", links=[Link("supports", claim)]) for _ in range(1_001)
    ]
    library.put(
        [*evidence, make_annotation(article, "Many", links=[Link("opposes", evidence[-1].id)])]
    )
    found = library.ask(
        questions.links.connected_marks(claim, against=["supports", "opposes"], along=[])
    )
    assert len(found) == 1_003


def test_circles_of_links_end(library, linked):
    one = linked()
    other = linked(("same-as", one))
    library.put([replace(library.annotation(one), links=(Link("same-as", other),))])
    found = library.ask(
        questions.links.connected_marks(one, against=["same-as"], along=["same-as"])
    )
    assert set(ids(found)) == {one, other}


def test_links_are_followed_without_an_index(library, linked, tmp_path):
    one = linked()
    other = linked(("supports", one), ("informs", "01gone"), ("informs", "https://example.org/"))
    with Library.open(library.folder, state=tmp_path / "elsewhere") as opened:
        assert ids(
            opened.ask(questions.links.connected_marks(one, against=["supports"], along=[]))
        ) == [one, other]
        assert opened.ask(questions.links.lost_targets()) == ((other, "01gone"),)


def test_marks_in_the_bin_are_found_and_damaged_files_are_skipped(library, linked, moment):
    kept = linked()
    articles = {}
    for name in ("first", "second"):
        article = make_article(f"The {name} one.", url=f"https://example.org/{name}")
        library.store(make_extraction(article), make_page(), now=moment)
        made = make_annotation(article, name)
        library.put([made])
        library.trash(article.id)
        articles[made.id] = article
    assert set(ids(library.trashed_marks([kept, *articles]))) == set(articles)
    damaged, sound = articles
    (library.folder / "bin" / articles[damaged].id / "annotations.json").write_bytes(b"{")
    assert ids(library.trashed_marks([damaged, sound])) == [sound]
