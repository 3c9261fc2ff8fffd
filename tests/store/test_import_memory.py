"""The memory of imports: by service and item, from several threads, or made again."""

from concurrent.futures import ThreadPoolExecutor

from annotator.errors import LibraryError
from annotator.store import ImportMemory, ItemBase, MarkBase, RememberedItem


def test_items_are_remembered_with_their_highlights_from_several_threads(tmp_path):
    def remember(number):
        value = RememberedItem(
            f"{number:08}", "f", False, ItemBase(("a",), "read"), {"h": MarkBase("m", "words")}
        )
        memory.remember("list", str(number), value)
        return memory.recall("list", str(number)) == value

    with ImportMemory(tmp_path) as memory, ThreadPoolExecutor(8) as threads:
        assert all(threads.map(remember, range(200)))
        more = RememberedItem("00000001", "g", marks={"i": MarkBase("n", "others")})
        memory.remember("list", "1", more)
        found = memory.recall("list", "1")
        assert (found.fingerprint, found.is_settled, found.marks.keys()) == ("g", True, {"h", "i"})
        assert memory.recall("other", "1") is None
        memory.keep_report(b"one")
        memory.keep_report(b"two")
        assert memory.report() == b"two"


def test_a_broken_memory_is_made_again(tmp_path):
    (tmp_path / "imports").mkdir()
    (tmp_path / "imports" / "memory.db").write_bytes(b"no database" * 1000)
    with ImportMemory(tmp_path) as memory:
        assert memory.recall("list", "1") is None
        assert memory.report() == b""


def test_a_memory_that_is_closed_refuses_the_threads_that_still_write(tmp_path):
    item = RememberedItem("a", "f", marks={str(number): MarkBase("m", "q") for number in range(50)})

    def write(memory):
        try:
            for number in range(100_000):
                memory.remember("s", str(number), item)
        except LibraryError as error:
            return error.message
        return ""

    with ThreadPoolExecutor(4) as threads:
        with ImportMemory(tmp_path) as memory:
            written = [threads.submit(write, memory) for _ in range(4)]
        assert all("closed database" in each.result() for each in written)


def test_what_an_item_went_through_is_told(tmp_path):
    with ImportMemory(tmp_path) as memory:
        begun = RememberedItem.begun("a" * 16)
        memory.remember("list", "1", begun)
        memory.remember("list", "2", RememberedItem("b" * 16, "f"))
        memory.remember("list", "3", RememberedItem("c" * 16, "", is_settled=True))
        memory.remember("list", "4", RememberedItem("d" * 16, "f", is_settled=False))
        assert memory.unsettled() == {("list", "1"), ("list", "4")}
        memory.note_deleted(["b" * 16])
        items = [memory.recall("list", str(number)) for number in (1, 2, 3, 4)]
    assert [item.has_begun for item in items] == [True, False, False, False]
    assert [item.is_deleted for item in items] == [False, True, False, False]
    assert [item.is_undone for item in items] == [False, False, True, False]


def test_items_are_put_back_without_the_highlights_that_came_later(tmp_path):
    with ImportMemory(tmp_path) as memory:
        before = RememberedItem("a" * 16, "f", marks={"h": MarkBase("m", "words")})
        memory.remember("list", "1", before)
        memory.remember("list", "1", RememberedItem("a" * 16, "g", marks={"i": MarkBase("n", "x")}))
        assert memory.recall("list", "1").marks.keys() == {"h", "i"}
        memory.put_back([("list", "1", before)])
        assert memory.recall("list", "1") == before
