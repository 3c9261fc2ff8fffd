"""The tree of a page has what a browser would show, wherever the page says that it ends."""

import pytest

from annotator.extract.dom.elements import text_of
from annotator.extract.dom.parse import parse


@pytest.mark.parametrize("end", ["</body></html>", "</BODY >\n</HTML>\n", "</html><!-- header -->"])
def test_what_follows_the_end_of_a_page_belongs_to_its_body(end):
    page = f"<html><body><p>The menu</p>{end}<div><p>The flood</p></div></body></html>"
    assert "The flood" in text_of(parse(page).body, 100)


def test_a_page_that_ends_where_it_says_so_is_as_it_was():
    body = parse("<html><body><p>The flood</p></body></html>\n").body
    assert [child.tag for child in body] == ["p"]
