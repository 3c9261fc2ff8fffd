"""A list of articles appears at once only if nothing unnecessary is loaded."""

HEAVY = (
    *("tinydb", "filelock", "ulid", "annotator.store.disk.compression", "tarfile"),
    *("textual", "httpx", "lxml", "click"),
)

LISTING = """
import sys
from pathlib import Path
from annotator.store import Library
library = Library.open(Path(sys.argv[1]) / "data", state=Path(sys.argv[1]) / "state")
record, = library.records()
library.article(library.resolve(record.id[:4])).annotations()
library.article(record.id).extraction()
library.positions.get(record.id)
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


def test_reading_a_library_loads_nothing_that_only_writing_needs(finish, kept, tmp_path):
    assert finish(LISTING, tmp_path, *HEAVY).strip() == ""
