"""A format in a package of its own, as the guide describes it."""

import re
import sys
from importlib import invalidate_caches
from pathlib import Path

import pytest

from annotator.errors import InvalidInput
from annotator.importing.importers import importer, importers, names, read, recognise
from annotator.importing.item import ImportedHighlight, ImportedItem, Skipped
from annotator.importing.source import SourceFile

GUIDE = Path(__file__).parents[2] / "docs" / "how" / "import-formats.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
FILE = b"Shelf ID,Address,Passage,Saved,Labels\n7,https://e.org/a,words,never,a|b c\n8,,x,,\n"


@pytest.fixture
def _installed(request, tmp_path, monkeypatch):
    """Put the package on the path, as an installed one is."""
    code = getattr(request, "param", EXAMPLES[0])
    (tmp_path / "annotator_shelf.py").write_text(code)
    folder = tmp_path / "annotator_shelf-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: annotator-shelf\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text(
        "[annotator.importers]\nshelf = annotator_shelf:SHELF\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "annotator_shelf", raising=False)
    invalidate_caches()


@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize("_installed", EXAMPLES, indirect=True, ids=["functions", "fields"])
def test_the_format_is_listed_recognised_and_read():
    assert names()[-1] == "shelf"
    [match] = recognise(SourceFile("anything.txt", FILE))
    assert match.importer is importer("shelf")
    assert list(read(match)) == [
        ImportedItem(
            url="https://e.org/a",
            state="unread",
            tags=("a", "b-c"),
            highlights=(ImportedHighlight(quote="words", line=2),),
            source_id="7",
            line=2,
            remarks=("“never” is not a date.",),
        ),
        Skipped(3, "There is no address in this row."),
    ]


@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize(
    "_installed", ["import a_package_that_is_missing", "SHELF = 'not an importer'"], indirect=True
)
def test_a_package_that_is_broken_is_named_and_the_others_work():
    with pytest.raises(InvalidInput, match="The format shelf cannot be loaded") as refused:
        importer("shelf")
    assert "annotator-shelf" in refused.value.hint
    assert "annotator" in {each.name for each in importers()}
    with pytest.raises(InvalidInput, match="Did you mean “list”"):
        importer("lst")
