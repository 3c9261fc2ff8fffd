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
