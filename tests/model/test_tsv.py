from annotator.model.tsv import as_line, mark_fields
from builders import make_annotation, make_article


def test_a_mark_is_a_line_of_fields():
    article = make_article("One two\n\nthree four.")
    mark = make_annotation(
        article, "two\n\nthree", id="m1", tags=("a", "b"), note="Why?\tNo\x1b[31m red."
    )
    line = as_line(mark_fields(mark))
    assert line == f"m1\t{article.id}\tclaim\ta,b\ttwo three\tWhy? No red."


def test_fields_that_are_clean_stay_as_they_are():
    assert as_line(("a  b", "", "c")) == "a  b\t\tc"
    assert as_line(("a  b", "c\n")) == "a  b\tc"
