"""The memory of feeds: states and texts, which may be lost."""

from annotator.store import FeedMemory, FeedState, FeedText
from builders import MOMENT

TEXT = FeedText("<p>Größe</p>", "https://a.example/")


def test_states_and_texts_are_remembered_in_the_next_run(tmp_path):
    state = FeedState(MOMENT, MOMENT, etag='"1"', seen=("ab",))
    with FeedMemory(tmp_path) as memory:
        memory.remember({"ab12": state}, {"e1": TEXT})
    with FeedMemory(tmp_path) as memory:
        assert memory.states() == {"ab12": state}
        assert memory.text("e1") == TEXT
        assert memory.text("e2") is None


def test_texts_of_rows_that_are_gone_are_forgotten(tmp_path):
    with FeedMemory(tmp_path) as memory:
        memory.remember({"ab12": FeedState(MOMENT, MOMENT)}, {"e1": TEXT, "e2": TEXT})
        memory.forget(["ab12"], all_texts_but={"e2"})
        assert memory.states() == {}
        assert (memory.text("e1"), memory.text("e2")) == (None, TEXT)


def test_a_broken_memory_is_made_again(tmp_path):
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "memory.db").write_bytes(b"not a database, but long enough" * 200)
    with FeedMemory(tmp_path) as memory:
        assert memory.states() == {}
