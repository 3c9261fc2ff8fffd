from annotator.store import Library, Position


def test_the_reading_position_is_saved(library, tmp_path):
    library.positions.save("a" * 16, Position(120, 0.25))
    library.positions.save("b" * 16, Position(0, 1.0))
    library.positions.save("a" * 16, Position(240, 0.5))
    again = Library.open(tmp_path / "data", state=tmp_path / "state")
    assert again.positions.get("a" * 16) == Position(240, 0.5)
    assert again.positions.all().keys() == {"a" * 16, "b" * 16}


def test_an_article_that_was_never_opened_has_no_position(library):
    assert library.positions.get("a" * 16) is None


def test_a_damaged_file_of_positions_is_ignored(library):
    path = library._access.state / "positions.json"
    path.write_bytes(b"\x00\x00")
    assert library.positions.get("a" * 16) is None
    library.positions.save("a" * 16, Position(1, 0.5))
    assert library.positions.get("a" * 16) == Position(1, 0.5)
