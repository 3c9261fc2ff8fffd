"""Marks on an HTML page: in place, with their notes, and for several articles with evidence."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from annotator.export.collection import CollectedArticle, Collection, LinkedMark
from annotator.export.html.html_blocks import BlockWriter, MarkInText
from annotator.export.html.html_page import write_page
from annotator.model import (
    Anchored,
    AnchoredMark,
    Article,
    ArticleRecord,
    Block,
    Claim,
    Kind,
    Link,
    Mark,
    Orphan,
    Span,
)
from builders import find_span, make_annotation, make_article, make_extraction


class Elements(HTMLParser):
    VOID = frozenset({"meta", "br", "hr", "input"})

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.targets, self.stretches = [], [], [], []
        self.nested_links = 0
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "a":
            self.nested_links += sum(each == "a" for each, _ in self.open)
            if values.get("href", "").startswith("#"):
                self.targets.append(values["href"][1:])
        if "id" in values:
            self.ids.append(values["id"])
        if tag not in self.VOID:
            self.open.append((tag, values))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        around = [values for tag, values in self.open if tag == "mark"]
        if around:
            self.stretches.append((around[-1]["data-marks"].split(), data))

    def words_of(self, name):
        return "".join(data for names, data in self.stretches if name in names)


def in_text(article, quote, number, css_class="k0"):
    span = find_span(article.text, quote)
    return MarkInText(span, f"a-{number}", f"n-{number}", number, css_class, "claim")


def page_of(*collected, **values):
    return "".join(write_page(Collection(articles=iter(collected), **values)))


def collect(article, *marks, linked=None, lost=(), changed=()):
    placed = []
    for mark in marks:
        position = mark.target.position
        fit = "changed" if mark in changed else "exact"
        place = Anchored(Span(position.start, position.end), fit)
        placed.append(AnchoredMark(mark, Orphan() if mark in lost else place))
    return CollectedArticle(
        record=ArticleRecord(article.id, article.url, article.title),
        marks=placed,
        linked=linked or {},
        extraction=make_extraction(article),
    )


def test_overlapping_marks_are_stretches_next_to_each_other():
    article = make_article("one two three")
    marks = [in_text(article, "one two", 1), in_text(article, "two three", 2, "k1")]
    assert BlockWriter(article, marks).write() == (
        '<p><span class="place" id="a-1"></span>'
        '<mark class="k0" data-marks="a-1">one </mark>'
        '<span class="place" id="a-2"></span>'
        '<mark class="k1 several" data-marks="a-1 a-2">two</mark>'
        '<a class="ref k0" href="#n-1" role="doc-noteref" lang="en" data-mark="a-1" '
        'aria-label="1, claim">1</a>'
        '<mark class="k1" data-marks="a-2"> three</mark>'
        '<a class="ref k1" href="#n-2" role="doc-noteref" lang="en" data-mark="a-2" '
        'aria-label="2, claim">2</a></p>'
    )


def test_a_mark_over_two_blocks_has_one_place_and_one_number():
    article = make_article("It rained all day.\n\nThen it snowed.")
    elements = Elements(BlockWriter(article, [in_text(article, "day.\n\nThen", 1)]).write())
    assert elements.words_of("a-1") == "day.Then"
    assert elements.ids == ["a-1"]
    assert elements.targets == ["n-1"]


def test_the_number_of_a_mark_in_a_link_is_after_the_link():
    block = Block(
        "paragraph", "see the report now", marks=(Mark("link", Span(4, 14), "https://a.example/"),)
    )
    article = Article("1", "", "", blocks=(block,))
    written = BlockWriter(article, [in_text(article, "the rep", 1)]).write()
    assert Elements(written).nested_links == 0
    assert '<mark class="k0" data-marks="a-1">the rep</mark>ort</a><a class="ref' in written


blocks = st.builds(
    Block,
    st.sampled_from(
        ["paragraph", "list_item", "quote", "heading", "table", "image", "footnote", "code", "rule"]
    ),
    st.text(alphabet='ab<&"\n\t ', max_size=12),
    marks=st.lists(
        st.builds(
            lambda kind, start, length: Mark(
                kind, Span(start, start + length), "https://a.example/"
            ),
            st.sampled_from(["link", "strong", "emphasis", "code", "footnote_reference"]),
            st.integers(0, 12),
            st.integers(0, 6),
        ),
        max_size=3,
    ).map(tuple),
    depth=st.integers(0, 2),
    alternative=st.sampled_from(["", "ab"]),
    source=st.sampled_from(["", "https://a.example/b.png"]),
)


@given(
    st.lists(blocks, min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 70), st.integers(1, 30)), max_size=5),
)
def test_any_marks_on_any_blocks_are_well_formed_and_whole(found, places):
    found = [each for each in found if each.kind != "rule"] or [Block("paragraph", "ab")]
    article = Article("1", "", "", blocks=tuple(found))
    spans = [
        Span(start, min(start + length, len(article.text)))
        for start, length in places
        if start < len(article.text)
    ]
    marks = [MarkInText(span, f"a-{n}", f"n-{n}", n, "k0", "claim") for n, span in enumerate(spans)]
    elements = Elements(BlockWriter(article, marks).write())
    assert elements.nested_links == 0
    assert sorted(each for each in elements.ids if each.startswith("a-")) == sorted(
        mark.name for mark in marks
    )
    assert {mark.note for mark in marks} <= set(elements.targets)
    for mark in marks:
        wanted = "".join(mark.span.of(article.text).split())
        assert "".join(elements.words_of(mark.name).split()) == wanted


def test_a_note_has_everything_that_is_known_of_its_mark():
    article = make_article("It rained in May.", title="Rain")
    mark = make_annotation(
        article,
        "rained",
        note="Really?\nAsk <Ada>.",
        tags=["weather/rain"],
        claim=Claim(speaker="Bo", said_on="2024-05-02", status="disputed"),
        links=[Link("supports", "https://b.example/x", "by the data")],
    )
    page = page_of(collect(article, mark), tag_colours={"weather/rain": "#112233"})
    assert 'data-kind="claim" data-tags="weather weather/rain" data-status="disputed"' in page
    assert '<p class="body" dir="auto">Really?<br>\nAsk &lt;Ada&gt;.</p>' in page
    assert '<dt>Speaker</dt><dd dir="auto">Bo</dd>' in page
    assert "2 May 2024" in page
    assert '<li dir="auto" class="t0">#weather/rain</li>' in page
    assert ".t0 { --own: #112233; }" in page
    assert '<span class="relation">supports</span> <a href="https://b.example/x"' in page
    assert '<option value="weather">weather (1)</option>' in page


def test_marks_that_lost_their_place_or_changed_say_so():
    article = make_article("It rained in May. It snowed.", title="Rain")
    lost, changed = make_annotation(article, "snowed"), make_annotation(article, "rained")
    page = page_of(collect(article, changed, lost, lost=[lost], changed=[changed]))
    assert "The article has changed. It now reads: <q" in page
    below = page.partition("Not found in the text")[2]
    assert f'id="a-{lost.id}"' in below
    assert f'href="#a-{lost.id}"' not in page


def test_every_link_within_the_page_leads_somewhere():
    one = make_article("It rained in May.", title="Rain", url="https://a.example/1")
    two = make_article("It was dry.\n\nSun.\n\nWind.\n\nDry it was.", url="https://a.example/2")
    claim = make_annotation(one, "rained", claim=Claim(status="disputed"))
    link = Link("opposes", claim.id, "by half")
    against = make_annotation(two, "dry", kind="evidence", links=[link])
    record = ArticleRecord(two.id, two.url, "Two")
    linked = {against.id: LinkedMark(record, against)}
    page = page_of(collect(one, claim, linked=linked), collect(two, against), query="tag:rain")
    elements = Elements(page)
    assert len(set(elements.ids)) == len(elements.ids)
    assert set(elements.targets) <= set(elements.ids)
    assert "<title>tag:rain</title>" in page
    claims = page.partition('id="claims"')[2].partition("</section>")[0]
    assert '<li class="opposes"><span class="relation">is opposed by</span>' in claims
    assert "by half" in claims
    assert "3 paragraphs without marks" in page


def test_evidence_that_is_not_on_the_page_is_quoted_without_a_link():
    one = make_article("It rained in May.", url="https://a.example/1")
    two = make_article("It was dry.", title="Drought", url="https://a.example/2")
    claim = make_annotation(one, "rained")
    against = make_annotation(two, "dry", links=[Link("opposes", claim.id)])
    source = LinkedMark(ArticleRecord(two.id, two.url, two.title), against)
    page = page_of(collect(one, claim, linked={against.id: source}))
    assert "“<bdi>dry</bdi>”" in page
    assert f"#a-{against.id}" not in page
    assert "Drought" in page


def test_claims_that_support_each_other_end():
    one = make_article("It rained in May.", url="https://a.example/1")
    a = make_annotation(one, "rained", id="01a")
    b = make_annotation(one, "May", id="01b", links=[Link("supports", "01a")])
    a = make_annotation(one, "rained", id="01a", links=[Link("supports", "01b")])
    two = make_article("Dry.", url="https://a.example/2")
    page = page_of(collect(one, a, b), collect(two))
    assert page.count('<li class="supports">') == 2


def test_colours_and_kinds_of_the_settings_are_used_only_if_they_are_colours():
    article = make_article("It rained.")
    kinds = (Kind("claim", "1", "#abcdef", "◆"), Kind("bad", "2", "red;}</style>", "<b>"))
    mark = make_annotation(article, "rained", kind="bad")
    page = page_of(collect(article, mark), kinds=kinds)
    assert ".k0 { --own: #abcdef; }" in page
    assert "red;}" not in page
    assert "&lt;b&gt;" in page


def test_a_page_without_articles_says_that_there_are_none():
    assert "0 marks in 0 articles" in page_of()


def test_the_policy_allows_only_what_is_on_the_page():
    page = page_of(collect(make_article("It rained.")))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert " style=" not in page


def test_a_paragraph_between_two_marks_stays_and_its_list_stays_whole():
    one = make_article("# Top\n\n- a\n- b\n- c\n\nd\n\ne", url="https://a.example/1")
    marks = make_annotation(one, "a"), make_annotation(one, "c")
    two = make_article("Dry.", url="https://a.example/2")
    page = page_of(collect(one, *marks), collect(two))
    assert page.count('<details class="fold">') == 1
    before = page.partition("2 paragraphs without marks")[0]
    assert "<h3>Top</h3>" in before
    assert len(re.findall("<ul>", before)) == 1
