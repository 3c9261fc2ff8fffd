"""Files from another machine: which they may be, and what is written where something else is."""

import pytest

from annotator.errors import Conflict
from annotator.store import TAG_COLOURS
from annotator.store.incoming import checked, join, library_path
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page

ID = "ab12cd34ef56ab78"
OURS = [
    f"articles/ab/{ID}/annotations.json",
    f"articles/ab/{ID}/revisions/{ID}.json",
    f"articles/ab/{ID}/revisions/{ID}.html.zst",
    f"bin/{ID}/annotations.json",
    f"bin/{ID}.2/revisions/{ID}.json",
    "catalog/tag_colours.json",
    "library.json",
]
OTHERS = [
    "",
    "README.md",
    "../library.json",
    f"articles/cd/{ID}/annotations.json",
    f"articles/ab/{ID}/annotations.json.bak",
    f"articles/ab/{ID}/annotations.json\n",
    f"articles/ab/{ID} 2/annotations.json",
    f"articles/ab/{ID}/../{ID}/annotations.json",
    f"articles/AB/{ID.upper()}/annotations.json",
    f"articles/ab/{ID}/revisions/../annotations.json",
    f"bin/{ID}.0/annotations.json",
    f"bin/{ID}.२/annotations.json",
    "catalog/../library.json",
    "catalog/.json",
    ".git/config",
]


@pytest.mark.parametrize("path", OURS)
def test_a_path_that_libraries_have_is_one(path):
    assert library_path(path).path == path


@pytest.mark.parametrize("path", OTHERS)
def test_any_other_path_is_none(path):
    assert library_path(path) is None


@pytest.fixture
def article(library):
    """Return an article with a mark."""
    article = make_article("Prices rose. Wages did not.")
    library.store(make_extraction(article), make_page(), now=MOMENT)
    library.put([make_annotation(article, "Prices")])
    return article


@pytest.fixture
def path(article):
    """Return the path of the article's own file."""
    return library_path(f"articles/{article.id[:2]}/{article.id}/annotations.json")


def test_what_the_program_writes_is_taken(library, article, path):
    library.catalog.put(TAG_COLOURS, {"energy": "#4c9ed9"}, now=MOMENT)
    files = [file for file in library.folder.rglob("*") if file.is_file()]
    names = [str(file.relative_to(library.folder)) for file in files]
    known = [library_path(name) for name in names if library_path(name)]
    assert len(known) == 5
    for file in known:
        data = (library.folder / file.path).read_bytes()
        assert file.path == "library.json" or checked(file, data) == data


def test_a_file_that_was_cut_is_damaged_and_what_is_whole_in_it_is_joined(library, path):
    data = (library.folder / path.path).read_bytes()
    with pytest.raises(ValueError, match="damaged"):
        checked(path, data[:-50])
    assert join(path, [data, data[:-50]])[0] == data == join(path, [data[:-50], data])[0]


def test_a_file_that_a_program_has_changed_meanwhile_is_joined(library, article, path):
    before = (library.folder / path.path).read_bytes()
    other = make_annotation(article, "Wages")
    library.put([other])
    theirs = (library.folder / path.path).read_bytes()
    library.article(article.id).remove([other.id], now=MOMENT)
    mine = make_annotation(article, "rose")
    library.put([mine])
    library.incoming.write(path, theirs, lambda data: data == before)
    ids = {mark.id for mark in library.article(article.id).annotations()}
    assert mine.id in ids
    assert other.id not in ids  # deleted here, knowing it


def test_a_text_that_a_program_has_changed_meanwhile_is_left_alone(library, article):
    folder = f"articles/{article.id[:2]}/{article.id}"
    text = library_path(f"{folder}/revisions/{article.revision}.json")
    before = (library.folder / text.path).read_bytes()
    with pytest.raises(Conflict):
        library.incoming.write(text, b"{}", lambda data: not data)
    assert (library.folder / text.path).read_bytes() == before
    with pytest.raises(Conflict):
        library.incoming.move(folder, f"bin/{article.id}", lambda _: False)
    assert library.records()


def test_an_article_that_is_gone_meanwhile_is_not_made_again(library, article, path):
    data = (library.folder / path.path).read_bytes()
    library.trash(article.id)
    with pytest.raises(Conflict):
        library.incoming.write(path, data, lambda known: known == data)
    assert library.records() == ()
