from annotator.store import Library, Position
from annotator.usecases.articles.lookup import progress


def test_the_reading_position_is_saved(library, tmp_path):
    library.positions.save("a" * 16, Position(120, 0.25))
    library.positions.save("b" * 16, Position(0, 1.0))
    library.positions.save("a" * 16, Position(240, 0.5))
    again = Library.open(tmp_path / "data", state=tmp_path / "state")
    assert again.positions.get("a" * 16) == Position(240, 0.5, 0.5)
    assert again.positions.all().keys() == {"a" * 16, "b" * 16}


def test_an_article_that_was_never_opened_has_no_position(library):
    assert library.positions.get("a" * 16) is None


def test_a_damaged_file_of_positions_is_ignored(library):
    path = library._access.state / "positions.json"
    path.write_bytes(b"\x00\x00")
    assert library.positions.get("a" * 16) is None
    library.positions.save("a" * 16, Position(1, 0.5))
    assert library.positions.get("a" * 16) == Position(1, 0.5, 0.5)


def test_going_back_does_not_shrink_how_far_an_article_was_read(library):
    for place in (Position(0, 0.0), Position(900, 0.75), Position(40, 0.1)):
        library.positions.save("a" * 16, place)
    kept = library.positions.get("a" * 16)
    assert (kept.offset, kept.progress, kept.reached) == (40, 0.1, 0.75)
    assert progress(library) == {"a" * 16: 0.75}


def test_positions_saved_before_the_furthest_point_was_kept_are_read(library):
    path = library._access.state / "positions.json"
    path.write_text('{"%s": {"offset": 7, "progress": 0.5}}' % ("a" * 16), "utf-8")
    assert library.positions.get("a" * 16).reached == 0.5
