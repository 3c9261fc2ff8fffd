"""Rules for the pages of a site: those of the program and the reader's own."""

import pytest

from annotator.errors import SettingsError
from annotator.extract import explain, extract
from annotator.extract.site_rules import SHIPPED, rules_for
from annotator.model import Page
from annotator.model.site_rules import Selector, SiteRule
from annotator.settings.site_rules import load_site_rules

URL = "https://www.herald.example/flood"


def rule(*, host="herald.example", **said):
    lists = ("keep", "remove")
    values = {
        name: tuple(map(Selector, value)) if name in lists else value
        for name, value in said.items()
    }
    return SiteRule(host, **values)


@pytest.fixture
def clean(prose):
    def clean_page(*rules, amid="", below="", head="", url=URL):
        story = f"<p>{prose[0]}</p><p>{prose[1]}</p>{amid}<p>{prose[2]}</p><p>{prose[3]}</p>"
        html = (
            f"<html lang=en><head><title>The flood</title>{head}</head><body>"
            f"<article><h1>The flood</h1>{story}</article>{below}</body></html>"
        )
        return extract(Page(url, html), rules=rules)

    return clean_page


def texts(extraction):
    return [block.text for block in extraction.article.blocks]


def taken(extraction):
    return {(each.step, each.rule): each.text for each in extraction.removals}


@pytest.mark.parametrize("selector", [".pitch", "div.pitch", "//div[@class='pitch']"])
def test_an_element_that_a_rule_removes_is_in_the_ledger_with_its_selector(selector, clean, prose):
    pitch = f"<div class=pitch><p>{prose[0]} It did so again.</p></div>"
    assert len(texts(clean(amid=pitch))) == 5
    extraction = clean(rule(remove=[selector]), amid=pitch)
    assert texts(extraction) == list(prose)
    assert taken(extraction)["site", selector] == f"{prose[0]} It did so again."


def test_a_rule_removes_an_element_within_a_line(clean, prose):
    line = f"<p>It was late.<span class=tip>Press here.</span> {prose[0]}</p>"
    extraction = clean(rule(remove=[".tip"]), amid=line)
    assert f"It was late. {prose[0]}" in texts(extraction)
    assert taken(extraction)["site", ".tip"] == "Press here."


def test_a_rule_removes_even_most_of_a_page(clean, prose):
    assert texts(clean(rule(remove=["article p"]))) == []


def test_a_rule_keeps_an_element_that_would_be_removed(clean, prose):
    box = "<div class='related-box'><p>See also the map.</p><p>You have 2 free articles left.</p>"
    assert "See also the map." not in texts(clean(below=f"{box}</div>"))
    extraction = clean(rule(keep=[".related-box"]), below=f"{box}</div>")
    assert texts(extraction) == [*prose, "See also the map."]


def test_a_rule_for_an_inline_element_keeps_its_line(clean, prose):
    below = "<footer><p>Place: <span class=place>Dunmere</span></p><p>Imprint</p></footer>"
    assert texts(clean(rule(keep=[".place"]), below=below)) == [*prose, "Place: Dunmere"]


@pytest.mark.parametrize(
    "line", ["Read more: The bridge", "read  more:The bridge that was promised"]
)
def test_a_rule_strips_whole_lines(line, clean, prose):
    longer = f"<p>He said: {line} and more of it, which was long enough for a paragraph.</p>"
    extraction = clean(rule(strip=("Read more: *",)), amid=f"<p>{line}</p>{longer}")
    assert len(texts(extraction)) == 5
    assert ("site", "Read more: *") in taken(extraction)


def test_a_rule_finds_title_author_and_date(clean):
    amid = "<div id=t>Water</div><b class=who>Ada Bell</b><time datetime=2024-05-01>May</time>"
    extraction = clean(
        SiteRule(
            "herald.example",
            title=Selector("#t"),
            byline=Selector(".who"),
            published=Selector("//time"),
        ),
        amid=amid,
    )
    article = extraction.article
    assert (article.title, article.byline) == ("Water", ("Ada Bell",))
    assert article.published == "2024-05-01"


def test_a_selector_that_matches_nothing_changes_nothing(clean):
    chosen = clean(SiteRule("herald.example", title=Selector(".none"), byline=Selector("//x")))
    assert chosen.article == clean().article


@pytest.mark.parametrize("host", ["herald.example.org", "rald.example", "example.org"])
def test_a_rule_of_another_site_does_nothing(host, clean, prose):
    assert texts(clean(rule(host=host, remove=["article"]))) == list(prose)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("div[", "“div[” is not a valid CSS selector"),
        ("//div[", "“//div[” is not a valid XPath"),
        ("p:nope", "“p:nope” is not a valid CSS selector"),
    ],
)
def test_an_invalid_selector_is_reported_with_its_place(text, words):
    bad = SiteRule("herald.example", remove=(Selector(text, "sites.toml, line 3"),))
    with pytest.raises(SettingsError, match=r"sites\.toml, line 3") as told:
        rules_for(URL, [bad])
    assert words in told.value.message
    assert rules_for("https://elsewhere.example/a", [bad]) == ()


def test_xpath_that_finds_no_elements_finds_nothing(clean, prose):
    assert texts(clean(rule(remove=["//p/text()", "/html/body/nope"]))) == list(prose)


def test_the_shipped_rules_have_the_form_of_a_readers_own(tmp_path):
    from pkgutil import get_data

    (tmp_path / SHIPPED).write_bytes(get_data("annotator.extract", SHIPPED))
    written = load_site_rules(tmp_path / SHIPPED)
    for each in written:
        (ours,) = rules_for(f"https://www.{each.host}/a", [each])[:1]
        assert [s.text for s in ours.remove] == [s.text for s in each.remove]


def test_the_shipped_rules_apply_only_to_their_sites():
    assert [each.host for each in rules_for("https://en.wikipedia.org/wiki/Eel")] == [
        "wikipedia.org"
    ]
    assert rules_for("https://herald.example/eel") == rules_for("") == ()


def test_explanations_name_the_rules_of_a_site(prose):
    html = f"<article><p>{prose[0]}</p><p class=ad>{prose[1]}</p><p>{prose[2]}</p></article>"
    judged = explain(Page(URL, f"<body>{html}</body>"), rules=[rule(remove=[".ad"])])
    assert [(each.is_kept, each.rule) for each in judged][1] == (False, ".ad")
