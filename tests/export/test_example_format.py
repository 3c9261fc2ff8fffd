"""A format in a package of its own: built, installed, and used as the program's own ones."""

import re
import sys
import xml.etree.ElementTree as ET
from importlib import invalidate_caches
from pathlib import Path

import click
import pytest
from hatchling.builders.wheel import WheelBuilder
from msgspec.structs import replace

from annotator.cli.commands.export import export_command
from annotator.errors import InvalidInput
from annotator.export.exporters import exporter, formats, possible_formats
from annotator.model.text import clean_text
from annotator.usecases.exporting.export_collection import collection_export
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page
from collecting import varied_article, varied_collection

PACKAGE = Path(__file__).parent / "example_format"
GUIDE = Path(__file__).parents[2] / "docs" / "how" / "export-formats.md"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the package as others would install it."""
    folder = tmp_path_factory.mktemp("wheel")
    [built] = WheelBuilder(str(PACKAGE)).build(directory=str(folder), versions=["standard"])
    return built


@pytest.fixture
def _installed(wheel, monkeypatch):
    """Put the package on the path, as an installed one is."""
    monkeypatch.syspath_prepend(wheel)
    monkeypatch.delitem(sys.modules, "annotator_opml", raising=False)
    invalidate_caches()


def outline(text):
    """Return the title of each article with the words of its marks."""
    articles = ET.fromstring(text).findall("body/outline")
    return {each.get("text"): [mark.get("text") for mark in each] for each in articles}


@pytest.mark.usefixtures("_installed")
def test_the_format_is_offered_without_being_loaded():
    assert possible_formats("collection")[-1] == "opml"
    [option] = [each for each in export_command.params if each.name == "format_name"]
    found = option.shell_complete(click.Context(export_command), "op")
    assert [item.value for item in found] == ["opml"]
    assert "annotator_opml" not in sys.modules


@pytest.mark.usefixtures("_installed")
def test_the_format_is_listed_only_for_what_it_can_hold():
    assert formats("collection")[-1] == "opml"
    assert "opml" not in formats("note")
    assert "opml" not in formats("article")


@pytest.mark.usefixtures("_installed")
def test_a_library_is_exported_in_the_format(library, tmp_path):
    article = make_article("Gas is <dear> & scarce.", title='The "price"')
    library.store(make_extraction(article), make_page(), now=MOMENT)
    library.put([make_annotation(article, "<dear> & scarce", note='Is\nit "so"?')])
    export = collection_export(library, (), format_name="opml")
    assert export.write(tmp_path, state=tmp_path / "state").written[0].outcome == "new"
    written = (tmp_path / "annotator.opml").read_text("utf-8")
    assert outline(written) == {'The "price"': ["<dear> & scarce"]}
    again = collection_export(library, (), format_name="opml")
    assert again.write(tmp_path, state=tmp_path / "state").written[0].outcome == "unchanged"


@pytest.mark.usefixtures("_installed")
def test_every_mark_is_in_it_and_lost_ones_are_reported():
    collection = varied_collection(varied_article(lost=2))
    told = []
    written = "".join(exporter("opml").write_collection(replace(collection, tell=told.append)))
    [words] = outline(written).values()
    assert words == [clean_text(mark.annotation.quote) for mark in varied_article().marks]
    assert told == ["Marks that were not found again in their articles: 2."]


@pytest.mark.usefixtures("_installed")
@pytest.mark.parametrize(
    "code",
    ["import a_package_that_is_missing", "OTHER = 1", "OPML = 'not an exporter'", "def broken("],
)
def test_a_package_that_is_broken_is_named_and_the_others_work(code, tmp_path, monkeypatch):
    (tmp_path / "annotator_opml.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(InvalidInput, match="The format opml cannot be loaded") as refused:
        exporter("opml")
    assert "annotator-opml" in refused.value.hint
    assert "opml" not in formats("collection")
    assert exporter("csv").name == "csv"


def test_the_code_of_the_guide_works():
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    [code] = [block for block in blocks if "OPML = " in block]
    names = {}
    exec(code, names)
    written = "".join(names["OPML"].write_collection(varied_collection(varied_article())))
    assert outline(written).keys() == {"@The, “grid” 1"}
