"""Formats are listed once, and other packages can add theirs."""

import sys
from typing import get_args

import pytest

from annotator.errors import InvalidInput
from annotator.export.exporters import BUILT_IN, Content, exporter, formats, possible_formats
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
    monkeypatch.delitem(sys.modules, "shout_export", raising=False)


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_built_in_format_has_its_name(name):
    found = exporter(name)
    assert found.name == name
    assert found.suffix.startswith(".")
    assert {content for content in get_args(Content) if found.can_hold(content)} == (
        BUILT_IN[name].holds
    )


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
    assert formats("article") == ("markdown", "html", "shout")
    assert exporter("shout").render_article(make_article("It rained.")) == "IT RAINED."


@pytest.mark.usefixtures("plugin")
def test_a_plug_in_is_listed_only_for_what_it_can_hold_once_it_is_loaded():
    assert possible_formats("note") == ("markdown", "shout")
    assert "shout_export" not in sys.modules
    assert formats("note") == ("markdown",)


@pytest.mark.usefixtures("plugin")
def test_a_plug_in_that_cannot_be_loaded_is_not_listed(tmp_path):
    (tmp_path / "shout_export.py").write_text("import a_package_that_is_missing\n")
    assert formats("article") == ("markdown", "html")
