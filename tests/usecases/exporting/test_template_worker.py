"""Templates of users run in a process of their own, and are stopped there."""

import pytest

from annotator.errors import SettingsError
from annotator.export.markdown.presets import DEFAULT, MARK
from annotator.usecases.exporting.export import export_articles
from annotator.usecases.exporting.template_worker import TemplateWorker
from annotator.usecases.exporting.vault import Vault
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page

pytestmark = pytest.mark.slow

GROWING = (
    "{% set n = namespace(x='xx') %}{% for i in range(99) %}BODY{% endfor %}{{ n.x | length }}"
)


def worker(text, **limits):
    return TemplateWorker(DEFAULT, {MARK: text}, **limits)


def test_a_template_is_tried_in_its_process():
    worker("{{ mark.quote | line }}").check()
    with pytest.raises(SettingsError, match=r"mark.jinja, line 2: mark has no attribute 'quot'"):
        worker("\n{{ mark.quot }}").check()


@pytest.mark.parametrize(
    "text",
    [
        "{{ 1.5 | round(300000000, 'ceil') }}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        "{% set r = range(999) | list %}" + "{% for a in r %}" * 3 + "{% endfor %}" * 3,
        "{% for a in range(9999) %}{{ range(90000) | list | sort | length }}{% endfor %}",
    ],
)
def test_a_template_that_goes_on_for_long_is_stopped(text):
    endless = worker(text, seconds=0.5)
    with pytest.raises(SettingsError, match="was stopped"):
        endless.check()
    with pytest.raises(SettingsError, match="was stopped"):
        endless.check()


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'x' * 10**9 }}",
        "{{ [1] * 10**9 }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ 'x'.ljust(10**9) }}",
        "{{ '{:999999999}'.format(1) }}",
        GROWING.replace("BODY", "{% set n.x = n.x ~ n.x %}"),
        GROWING.replace("BODY", "{% set n.x = n.x | replace('x', n.x) %}"),
        GROWING.replace("BODY", "{% set y %}{{ n.x }}{{ n.x }}{% endset %}{% set n.x = y %}"),
    ],
)
def test_a_template_that_fills_the_memory_is_stopped(text):
    with pytest.raises(SettingsError, match=r"more text than a note can have|was stopped"):
        worker(text).check()


def test_notes_are_written_with_templates_of_the_user(library, tmp_path):
    article = make_article("Prices rose.", url="https://a.example/1", title="Bread")
    library.store(make_extraction(article), make_page(url=article.url), now=MOMENT)
    library.put([make_annotation(article, "rose")])
    templates = {MARK: "**{{ mark.quote | line }}**", "file-name.jinja": "My {{ article.title }}"}
    vault = Vault(tmp_path / "vault", tmp_path / "state", templates=templates)
    report = export_articles(library, None, vault)
    assert report.first_error is None
    [written] = report.written
    assert written.path.name == "My Bread.md"
    assert "\n**rose**\n" in written.path.read_text("utf-8")
