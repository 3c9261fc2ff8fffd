"""Exports of the program itself are read back as the same values."""

import json
from pathlib import Path

import pytest

from annotator.export.collections.library_json import write_json, write_json_lines
from annotator.importing.importers import Match, importer, read, recognise
from annotator.importing.item import Skipped
from annotator.importing.source import SourceFile
from annotator.model.library_file import VERSION, LibraryHead
from collecting import varied_article, varied_collection


def found_in(text):
    [match] = recognise(SourceFile("", text.encode()))
    assert match.importer.name == "annotator"
    return list(read(match))


@pytest.mark.parametrize("write", [write_json, write_json_lines])
def test_articles_are_read_back_as_they_were(write):
    articles = [varied_article(), varied_article(number=2)]
    head, *items = found_in("".join(write(varied_collection(*articles))))
    assert isinstance(head, LibraryHead)
    assert head.tag_colours == {"energy": "#5fb36a"}
    assert [each.stored for each in items] == [each.stored for each in articles]


def test_a_file_that_was_cut_gives_the_articles_before():
    articles = [varied_article(), varied_article(number=2)]
    text = "".join(write_json_lines(varied_collection(*articles)))
    _, item, skipped = found_in(text[:-500])
    assert item.stored == articles[0].stored
    assert isinstance(skipped, Skipped)
    assert skipped.line == 3


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_every_version_of_the_file_is_read(version):
    kept = Path(__file__).parent / "library_files" / f"{version}.jsonl"
    head, item = found_in(kept.read_text("utf-8"))
    known = varied_article().stored
    assert isinstance(head, LibraryHead)
    assert item.stored.record.title == known.record.title
    assert item.stored.extraction.article.text == known.extraction.article.text
    assert len(item.stored.marks) == len(known.marks)


def test_a_file_of_a_later_version_is_refused():
    [skipped] = found_in('{"format": "annotator-library", "version": 99}')
    assert "later version" in skipped.reason


@pytest.mark.parametrize("text", ["words", '{"articles": []}', "\x1b]0;x\x07"])
def test_a_file_of_another_format_is_refused(text):
    [skipped] = read(Match(importer("annotator"), SourceFile("", text.encode())))
    assert "not a library" in skipped.reason


def test_an_empty_kind_or_tag_is_none():
    article = varied_article()
    text = "".join(write_json_lines(varied_collection(article)))
    kind, tag = article.marks[0].annotation.kind, article.marks[0].annotation.tags[0]
    damaged = text.replace(f'"kind":"{kind}"', '"kind":" "').replace(f'"{tag}"', '"#"')
    _, item = found_in(damaged)
    mark = item.stored.marks[0].annotation
    assert mark.kind == "highlight"
    assert tag not in mark.tags
    assert "#" not in mark.tags
    assert item.stored.marks[0].annotation.quote == article.marks[0].annotation.quote


def test_a_context_that_begins_within_a_word_is_read_back_as_it_was():
    article = varied_article()
    context = json.dumps(article.marks[0].annotation.target.quote.prefix)
    text = "".join(write_json_lines(varied_collection(article)))
    assert context in text
    _, item = found_in(text.replace(context, json.dumps("\u200cخواهم که او ")))
    assert item.stored.marks[0].annotation.target.quote.prefix == "\u200cخواهم که او "
