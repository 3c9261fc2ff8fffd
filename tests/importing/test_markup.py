"""HTML and XML as tags and words, within limits."""

import pytest

from annotator.errors import ImportFailed
from annotator.importing.readers.markup import Tag, TextRun, html_tokens, xml_tokens


def test_html_is_read_however_broken():
    text = (
        "<DL><p>\n<DT><A HREF=\"https://e.org/?a=1&amp;b=2\" Tags='x,y' PRIVATE>A &lt;b&gt;</a x\n"
        "<!-- <a> --><script><b></script>&eacute;"
    )
    found = list(html_tokens(text))
    link = next(each for each in found if isinstance(each, Tag) and each.name == "a")
    assert link.line == 2
    assert link.attributes == {"href": "https://e.org/?a=1&b=2", "tags": "x,y", "private": ""}
    assert [each.text for each in found if isinstance(each, TextRun)][-1] == "é"
    assert not [each for each in found if isinstance(each, Tag) and each.name == "b"]


@pytest.mark.parametrize("piece", ["<!--", "<script>", '<a "', "<a '", "<", "<a x=", "&amp"])
def test_html_takes_linear_time(piece):
    assert sum(1 for _ in html_tokens(piece * 100_000)) < 200_002


def test_xml_is_read_with_lines_and_entities_of_html():
    text = (
        '<?xml version="1.0" encoding="windows-1252"?>\n'
        '<opml><outline TEXT="a &amp; b&nbsp;& c"/>\n</opml>'
    )
    _, outline, *_ = [each for each in xml_tokens(text) if isinstance(each, Tag)]
    assert (outline.name, outline.line) == ("outline", 2)
    assert outline.attributes["text"] == "a & b\xa0& c"


def test_xml_that_is_cut_gives_what_comes_before():
    tokens = xml_tokens("<opml>\n<outline text='a'/>\n<outline te")
    found = []
    with pytest.raises(ImportFailed) as refused:
        found.extend(tokens)
    assert refused.value.line == 3


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        "<x>" * 1000,
    ],
)
def test_entities_and_deep_nesting_are_refused(text):
    with pytest.raises(ImportFailed):
        list(xml_tokens(text))
