"""Formats are listed once, and other packages can add theirs."""

import pytest

from annotator.errors import InvalidInput
from annotator.export.exporters import BUILT_IN, exporter, formats
from builders import make_article

PLUGIN = """
from annotator.export.exporters import Exporter

SHOUT = Exporter(name="shout", suffix=".txt", render_article=lambda article: article.text.upper())
"""


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """Install a package that adds a format."""
    (tmp_path / "shout_export.py").write_text(PLUGIN)
    folder = tmp_path / "shout_export-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: shout-export\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text("[annotator.exporters]\nshout = shout_export:SHOUT\n")
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_built_in_format_has_its_name(name):
    found = exporter(name)
    assert found.name == name
    assert found.suffix.startswith(".")
    assert found.render_article or found.render_note


def test_a_format_with_marks_recognises_its_files():
    markdown = exporter("markdown")
    assert markdown.identity_of('---\ntitle: "T"\nannotator_id: "3f2a"\n---\n') == "3f2a"
    assert markdown.identity_of("annotator_id: 3f2a\n") == ""


def test_an_unknown_format_is_refused_with_the_known_ones():
    with pytest.raises(InvalidInput, match="Unknown format: pdf") as refused:
        exporter("pdf")
    assert "markdown, html" in refused.value.hint


@pytest.mark.usefixtures("plugin")
def test_a_package_adds_a_format_with_an_entry_point():
    assert formats() == (*BUILT_IN, "shout")
    assert exporter("shout").render_article(make_article("It rained.")) == "IT RAINED."
