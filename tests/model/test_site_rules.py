"""The elements that a rule of the user for a site selects."""

import pytest

from annotator.model.site_rules import Selector, SiteRule


@pytest.mark.parametrize(
    ("text", "is_xpath"),
    [("//div", True), ("./p", True), ("(//p)[1]", True), (".box > p", False), ("div", False)],
)
def test_what_begins_with_a_slash_or_a_bracket_is_an_xpath(text, is_xpath):
    assert Selector(text).is_xpath == is_xpath


def test_all_selectors_of_a_rule_are_those_of_passages_and_of_metadata():
    keep, remove, title, published = map(Selector, ("a", "b", "h1", "time"))
    rule = SiteRule("example.org", (keep,), (remove,), ("Share",), title=title, published=published)
    assert rule.selectors == (keep, remove, title, published)
    assert SiteRule("example.org").selectors == ()
