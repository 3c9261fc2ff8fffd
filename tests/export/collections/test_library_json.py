"""JSON holds all that the library holds, so that it can be restored from it."""

import json

import pytest

from annotator.codec import decode
from annotator.errors import InvalidInput
from annotator.export.collection import CollectedArticle, Collection
from annotator.export.collections.library_json import write_json, write_json_lines
from annotator.model.library_file import LibraryFile, LibraryHead, StoredArticle
from collecting import varied_article, varied_collection


def test_json_is_read_back_as_the_same_values():
    articles = [varied_article(), varied_article(number=2)]
    read = decode("".join(write_json(varied_collection(*articles))), LibraryFile)
    assert read.articles == [each.stored for each in articles]
    assert read.version == 1
    assert read.tag_colours == {"energy": "#5fb36a"}
    assert read.saved_queries == {"To check": "kind:claim status:open"}


def test_each_line_of_json_lines_is_a_value_of_its_own():
    articles = [varied_article(), varied_article(number=2)]
    head, *lines = "".join(write_json_lines(varied_collection(*articles))).splitlines()
    assert decode(head, LibraryHead).saved_queries == {"To check": "kind:claim status:open"}
    assert [decode(line, StoredArticle) for line in lines] == [each.stored for each in articles]


@pytest.mark.parametrize("write", [write_json, write_json_lines])
def test_articles_are_written_as_they_come(write):
    """Yield two articles, and look at what is written before the second is asked for."""
    asked = []

    def articles():
        for number in (1, 2):
            asked.append(number)
            yield varied_article(number=number)

    written = ""
    for piece in write(Collection(articles=articles())):
        written += piece
        assert written.count('"extraction"') == len(asked)
    assert asked == [1, 2]


def test_an_empty_library_is_valid_json():
    assert json.loads("".join(write_json(Collection(articles=()))))["articles"] == []
    assert len(list(write_json_lines(Collection(articles=())))) == 1


def test_an_article_without_its_text_is_refused():
    article = varied_article()
    with pytest.raises(InvalidInput):
        list(write_json(Collection(articles=[CollectedArticle(record=article.record)])))
