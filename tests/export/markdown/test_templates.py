"""Templates of users: their variables, their limits, and the messages about mistakes."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator.errors import SettingsError
from annotator.export.exporters import NoteSource
from annotator.export.filenames import file_stem
from annotator.export.markdown.digest import (
    DigestGroup,
    DigestMark,
    DigestSource,
    Evidence,
    write_digest,
)
from annotator.export.markdown.note import note_exporter, write_note
from annotator.export.markdown.presets import PRESETS, preset_named
from annotator.export.markdown.template_engine import filters_of
from annotator.export.markdown.template_trial import variables
from annotator.model import Anchored, AnchoredMark, ArticleRecord, Claim, Link, Orphan
from builders import find_span, make_annotation, make_article

OBSIDIAN = PRESETS["obsidian"]
COST = "The bridge cost four million crowns in the end."
MAYOR = "The mayor says that it will pay for itself."
ARTICLE = make_article(f"{COST}\n\n{MAYOR}", title="A bridge")
RECORD = ArticleRecord(
    ARTICLE.id, "https://example.org/a", "A bridge", byline=("Ada Lund",), access="paywalled"
)
CLAIM = Claim(speaker="Ada *Lund*", said_on="2024-04-30", status="refuted")
LINKS = [Link("supports", "01bb"), Link("opposes", "https://c.example/", "in part")]
MARK = make_annotation(
    ARTICLE, COST, id="01aa", kind="claim", tags=["money"], note="Mine.", claim=CLAIM, links=LINKS
)
OTHER = make_annotation(ARTICLE, MAYOR, id="01bb", kind="highlight")
GROWING = "{% set n = namespace(x='xxxxxxxx') %}{% for a in range(99) %}BODY{% endfor %}"


def source(*marks, record=RECORD):
    places = [AnchoredMark(each, Anchored(find_span(ARTICLE.text, each.quote))) for each in marks]
    return NoteSource(article=ARTICLE, placed=places, record=record)


def with_templates(**sources):
    names = {f"{name.replace('_', '-')}.jinja": text for name, text in sources.items()}
    return preset_named("obsidian", names)


def written(*marks, **sources):
    return write_note(source(*marks), with_templates(**sources)).text


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("title", ["A [bridge]", "What? Why: how", ""])
def test_users_can_begin_with_what_their_preset_writes(name, title):
    record = replace(RECORD, title=title)
    bare = replace(MARK, tags=(), note="", claim=None, links=())
    own = note_exporter(preset_named(name, PRESETS[name].templates))
    preset = note_exporter(PRESETS[name])
    for marks in ((MARK, OTHER), (bare,), ()):
        given = source(*marks, record=record)
        assert own.write_note(given).text == preset.write_note(given).text
        lost = replace(given, placed=[AnchoredMark(each, Orphan()) for each in marks])
        assert own.write_note(lost).text == preset.write_note(lost).text
        changed = [
            replace(each, place=Anchored(each.place.span, "changed")) for each in given.placed
        ]
        new = replace(given, placed=changed)
        assert own.write_note(new).text == preset.write_note(new).text
    assert own.stem_of(source(record=record)) == file_stem(title)


@pytest.mark.parametrize("name", PRESETS)
def test_users_can_begin_with_the_digests_of_their_preset(name):
    bare = replace(MARK, tags=(), note="", claim=None, links=())
    evidence = [
        Evidence(1, "supports", OTHER, RECORD, remark="in a circle"),
        Evidence(2, "opposes"),
    ]
    marks = [DigestMark(MARK, RECORD, evidence, "Supported by 1 site."), DigestMark(bare, RECORD)]
    digest = DigestSource(
        identity="digest-1",
        title="A",
        query="",
        groups=[DigestGroup("a", "A", marks)],
        notes={RECORD.id: "A bridge"},
        today="2026-03-14",
    )
    own = preset_named(name, PRESETS[name].templates)
    assert write_digest(digest, own).text == write_digest(digest, PRESETS[name]).text


def test_a_template_replaces_one_part_of_a_preset():
    note = written(MARK, mark="{{ mark.quote | line | upper }} ({{ mark.claim.said_on }})")
    assert "\nTHE BRIDGE COST FOUR MILLION CROWNS IN THE END. (2024-04-30)\n" in note
    assert "(https://example.org/a)" in note


def test_a_changed_template_changes_the_version_of_the_files():
    versions = {
        note_exporter(preset).version
        for preset in (OBSIDIAN, with_templates(mark="a"), with_templates(mark="b"))
    }
    assert len(versions) == 3


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..", "~", "con", ""]
)
def test_no_file_name_leaves_the_folder(name):
    stem = note_exporter(with_templates(file_name=name)).stem_of(source())
    assert stem
    assert "/" not in stem
    assert not stem.startswith(".")


def test_properties_keep_the_types_that_the_template_gives_them():
    lines = (
        "kind: article",
        "rating: 3",
        "share: 0.5",
        "done: false",
        "due: 2026-05-01",
        'year: "2026"',
        "at: 2026-05-01 10:00",
        "empty:",
        'tags: [a, "b: c"]',
        "marks: [1, true, 2026-05-01]",
        "minutes: {{ article.minutes | yaml }}",
    )
    preset = with_templates(properties="\n".join(lines))
    note = write_note(source(MARK), preset)
    assert note.text.partition("---\n\n")[0] == (
        '---\nkind: "article"\nrating: 3\nshare: 0.5\ndone: false\ndue: 2026-05-01\n'
        'year: "2026"\nat: "2026-05-01 10:00"\ntags: ["a", "b: c"]\n'
        f'marks: [1, true, 2026-05-01]\nminutes: 1\nannotator_id: "{ARTICLE.id}"\n'
    )
    again = replace(source(MARK), before=note.text, memory=note.memory)
    assert write_note(again, preset).text == note.text
    changed = with_templates(properties="rating: 4\ndone: true\ndue: 2026-06-01\nmarks: [2]")
    text = write_note(again, changed).text
    for line in ("rating: 4", "done: true", "due: 2026-06-01", "marks: [2]"):
        assert f"\n{line}\n" in text
    own = replace(again, before=note.text.replace("rating: 3", "rating: 5"))
    assert "\nrating: 5\n" in write_note(own, changed).text


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ({"mark": "ok\n{% for x in %}"}, "mark.jinja, line 2"),
        ({"mark": "\n\n{{ mark.quot }}"}, "mark.jinja, line 3: mark has no attribute 'quot'"),
        ({"mark": "{{ nothing }}"}, "mark.jinja, line 1: 'nothing' is undefined"),
        ({"header": "x\n{{ article.title | nofilter }}"}, "header.jinja, line 2: No filter named"),
        ({"header": "{{ 1 / 0 }}"}, "header.jinja, line 1: division by zero"),
        ({"header": "{{ article.title + 1 }}"}, "header.jinja, line 1"),
        ({"header": "{% include 'other' %}"}, "header.jinja, line 1"),
        ({"header": "{% include '/etc/passwd' %}"}, "header.jinja, line 1"),
        ({"properties": "a: [1\nb: 2"}, "properties.jinja does not make YAML"),
        ({"properties": "just words"}, "properties.jinja does not make properties"),
        ({"properties": "a: {b: 1}"}, "properties.jinja: a has more than a value"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(sources, said):
    with pytest.raises(SettingsError) as caught:
        written(MARK, **sources)
    assert said in caught.value.message
    assert "object" not in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ article.__init__.__globals__ }}",
        "{{ mark | attr('__class__') }}",
        "{{ 'x' | center(10**9) }}",
        "{{ range(10**9) | list }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for a in range(99999) %}{{ 'x' * 99 }}{% endfor %}",
    ],
)
def test_a_template_that_is_not_meant_well_is_refused(text):
    with pytest.raises(SettingsError, match=r"mark\.jinja"):
        written(MARK, mark=text)


def test_a_template_cannot_write_the_comments_of_a_block():
    note = written(MARK, mark="<!-- annotator:end 01aa -->", header="<!-- annotator:begin 01bb -->")
    assert note.count("\n<!-- annotator:") == 2


def test_every_variable_is_described_and_in_the_documentation():
    page = (Path(__file__).parents[3] / "docs" / "reference" / "templates.md").read_text("utf-8")
    found = list(variables())
    assert len(found) > 40
    for each in found:
        assert f"| `{each.name}` | {each.description} |" in page


@pytest.mark.parametrize("name", PRESETS)
def test_every_filter_is_in_the_documentation(name):
    page = (Path(__file__).parents[3] / "docs" / "reference" / "templates.md").read_text("utf-8")
    for filter_name in filters_of(name):
        assert f"`{filter_name}`" in page
