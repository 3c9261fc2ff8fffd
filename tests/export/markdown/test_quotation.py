"""A marked passage to paste elsewhere."""

from annotator.export.markdown.quotation import quotation
from annotator.model import ArticleRecord
from builders import make_annotation, make_article


def test_a_quotation_names_its_source():
    article = make_article("It rained *all* day. Nobody minded.", title="Rain")
    record = ArticleRecord("1", article.url, "Rain", ("Ada",), "The Paper", "2024-05-01T10:00")
    assert quotation(make_annotation(article, "It rained *all* day."), record) == (
        "> It rained \\*all\\* day.\n\n"
        "— Ada, [Rain](https://example.org/article#:~:text="
        "It%20rained%20%2Aall%2A%20day%2E,-Nobody), The Paper, 2024-05-01\n"
    )


def test_a_quotation_without_a_source_has_only_its_title():
    article = make_article("It rained.", url="")
    assert quotation(make_annotation(article, "It rained."), ArticleRecord("1", "", "")) == (
        "> It rained.\n\n— Untitled\n"
    )
