"""Articles on several pages, and alternate versions of a page."""

import pytest

from annotator.extract import explain, extract
from annotator.extract.completeness.alternates import join_parts, label_first_part
from annotator.model import NO_OVERRIDES, Page
from annotator.model.multipart import is_joined, join, split
from annotator.model.overrides import name_of

URL = "https://herald.example/long/the-flood"
DECK = "How a valley lost its lower field in one night, and what it did about that afterwards."


def part(texts, number=1, links="", url="", head=""):
    story = "".join(f"<p>{text}</p>" for text in texts)
    html = (
        f"<html lang=en><head><title>The flood</title>{head}</head><body><article>"
        f"<h1>The flood</h1><p>{DECK}</p>{story}</article>{links}</body></html>"
    )
    return Page(url or (URL if number == 1 else f"{URL}?page={number}"), html)


def offers(links="", url=URL, head=""):
    return extract(part(["It rained."], links=links, url=url, head=head)).offers


@pytest.mark.parametrize(
    ("links", "following", "count"),
    [
        ("<a href='?page=2'>2</a> <a href='?page=3'>3</a>", f"{URL}?page=2", 2),
        ("<a href='/long/the-flood/2'>2</a>", f"{URL}/2", 1),
        ("<a href='/long/the-flood/page/2/'>Next page »</a>", f"{URL}/page/2/", 1),
        ("<a href='/long/the-flood?seite=2'>Nächste Seite</a>", f"{URL}?seite=2", 1),
        ("<a href='?page=2' rel=next><img src=a.png></a>", f"{URL}?page=2", 1),
        ("<a href='?page=2' title='Page 2'>›</a>", f"{URL}?page=2", 1),
        ("<a href='?page=2'>次のページ</a>", f"{URL}?page=2", 1),
        ("<a href='?page=2'>Page 2 of 3</a>", f"{URL}?page=2", 1),
    ],
)
def test_the_parts_that_follow_are_found(links, following, count):
    found = offers(links)
    assert (found.following, found.parts) == (following, count)


def test_a_relation_in_the_head_names_the_next_part():
    assert offers(head=f"<link rel=next href='{URL}?page=2'>").following == f"{URL}?page=2"


def test_a_later_part_is_followed_by_the_one_after_it():
    links = "<a href='?page=1'>1</a><a href='?page=3'>3</a><a href='?page=4'>4</a>"
    found = offers(links, url=f"{URL}?page=2")
    assert (found.following, found.parts) == (f"{URL}?page=3", 2)


def test_a_number_at_the_end_of_a_path_needs_a_link_back_to_be_a_part():
    onwards = "<a href='/long/the-flood/3' rel=next>3</a>"
    back = "<a href='/long/the-flood'>1</a>"
    assert offers(onwards, url=f"{URL}/2").following == ""
    assert offers(onwards + back, url=f"{URL}/2").following == f"{URL}/3"


@pytest.mark.parametrize(
    "links",
    [
        "<a href='/long/the-drought' rel=next>The drought</a>",
        "<a href='/long/the-drought/2'>2</a>",
        "<a href='https://other.example/long/the-flood?page=2'>2</a>",
        "<div class=comments><a href='?page=2'>2</a></div>",
        "<a href='?page=2'>The second edition</a>",
        "<a href='?page=2'>2</a><a href='?page=317'>317</a>",
        "<a href='/long/the-flood-2/' rel=next>The flood, again</a>",
        "<a href='javascript:go(2)'>2</a>",
    ],
)
def test_links_to_other_pages_are_not_parts(links):
    assert offers(links).following == ""


def test_an_article_in_parts_is_labelled_partial_and_says_how_many_follow(prose):
    links = "<a href='?page=2'>2</a> <a href='?page=3'>3</a>"
    completeness = extract(part(prose * 3, links=links)).completeness
    assert completeness.access == "partial"
    assert completeness.evidence == (
        f"The article continues in 2 more parts, starting at {URL}?page=2",
    )


def test_amp_and_print_versions_are_found():
    found = offers(
        "<a href='/print/the-flood'>Print</a>", head="<link rel=amphtml href=/amp/the-flood>"
    )
    assert found.amp == "https://herald.example/amp/the-flood"
    assert found.print_version == "https://herald.example/print/the-flood"


@pytest.mark.parametrize(
    "link",
    [
        "<a href='https://other.example/print'>Print</a>",
        "<a href='/prints'>Prints for sale</a>",
        "<a href='#print'>Print</a>",
    ],
)
def test_other_links_are_not_print_versions(link):
    assert offers(link).print_version == ""


@pytest.mark.parametrize("url", ["", "file:///a/page.html?page=1", "https://[x/", "https:///a"])
def test_a_page_that_is_not_on_the_web_has_no_alternates(url):
    assert offers("<a href='?page=2'>2</a><a href=/print>Print</a>", url=url or "-").parts == 0


def test_parts_are_joined_to_one_page_and_split_again(prose):
    parts = (part(prose[:2]), part(prose[2:], 2))
    joined = join(parts, missing=f"{URL}?page=3")
    assert is_joined(joined)
    assert not is_joined(parts[0])
    assert split(joined) == (parts, f"{URL}?page=3")


def test_a_page_that_contains_the_separator_cannot_add_a_part(prose):
    forged = part([f"{prose[0]}\n<!--annotator-part https://evil.example/-->\n{prose[1]}"])
    pages, _ = split(join([forged, part(prose[2:], 2)]))
    assert [page.url for page in pages] == [URL, f"{URL}?page=2"]


def test_parts_become_one_article_without_their_repeated_openings(prose):
    extraction = extract(join([part(prose[:2]), part(prose[2:3], 2), part(prose[3:], 3)]))
    assert [block.text for block in extraction.article.blocks] == [DECK, *prose]
    again = [each for each in extraction.removals if (each.step, each.rule) == ("repeated", "part")]
    assert [each.before for each in again] == [3, 4]
    assert {each.text for each in again} == {DECK}
    assert extraction.article.url == URL
    assert extraction.completeness.access == "full"


def test_a_missing_part_is_reported(prose):
    completeness = extract(join([part(prose * 2)], missing=f"{URL}?page=2")).completeness
    assert completeness.access == "partial"
    assert completeness.evidence == (f"Part 2 is missing: {URL}?page=2",)


def test_a_paywall_in_a_later_part_is_that_of_the_article(prose):
    wall = ["To continue reading, subscribe now."]
    extraction = extract(join([part(prose * 3), part([*prose * 3, *wall], 2)]))
    assert extraction.completeness.access == "paywalled"


def test_overrides_and_explanations_cover_every_part(prose):
    joined = join([part(prose[:2]), part(prose[2:], 2)])
    chosen = extract(joined, choices=NO_OVERRIDES.removing([name_of(prose[3])]))
    assert prose[3] not in chosen.article.text
    assert {prose[0], prose[3]} <= {each.text for each in explain(joined) if each.is_kept}


@pytest.mark.parametrize(
    ("links", "following"),
    [
        ("<a href='?PAGE=2'>2</a>", f"{URL}?PAGE=2"),
        ("<a href='https://WWW.Herald.example/long/the-flood?page=2'>2</a>",
         "https://WWW.Herald.example/long/the-flood?page=2"),
        ("<a href='/long/the-flood/?page=2'>2</a>", f"{URL}/?page=2"),
        ("<a href='?page=2#comments'>2</a>", f"{URL}?page=2"),
        ("<a href='?page=2' aria-label='Page 2'><b></b></a>", f"{URL}?page=2"),
        ("<a href='?page=2' aria-label='Page 3'><b></b></a>", ""),
        ("<a href='?page=two'>2</a>", ""),
        ("<a href='?lang=de&page=2'>2</a>", ""),
        ("<ul id=comment-pager><li><a href='?page=2'>2</a></ul>", ""),
        ("<a href='?page=3'>3</a>", ""),
        ("<a href='?page=2'>Part 2 von 3</a>", f"{URL}?page=2"),
    ],
)  # fmt: skip
def test_a_part_has_the_same_host_path_and_query_and_the_next_number(links, following):
    assert offers(links).following == following


def test_thirty_parts_are_an_article_and_one_more_is_a_list():
    links = [f"<a href='?page={number}'>{number}</a>" for number in range(2, 32)]
    assert offers("".join(links[:-1])).parts == 29
    assert offers("".join(links)).following == ""


def test_a_part_in_the_name_of_a_file_is_found():
    url = "https://herald.example/long/flood.html"
    assert offers("<a href='flood-2.html'>2</a>", url=url).following.endswith("/flood-2.html")
    assert offers("<a href='flood_2.html'>2</a>", url=url).following.endswith("/flood_2.html")
    assert offers("<a href='flood-2.php'>2</a>", url=url).following == ""


def test_what_the_last_part_offers_is_what_the_article_does(prose):
    first = extract(part(prose))
    last = extract(part(prose[2:], 2, links="<a href='?page=1'>1</a><a href='?page=3'>3</a>"))
    joined = join_parts([first, last], "")
    assert (joined.offers.following, joined.offers.parts) == (f"{URL}?page=3", 0)
    assert last.completeness.access == "partial"  # as it offers more
    missing = join_parts([first, last], f"{URL}?page=3")
    assert missing.completeness.access == "partial"
    assert missing.completeness.evidence[0] == f"Part 3 is missing: {URL}?page=3"


def test_removed_passages_of_a_later_part_are_where_they_were(prose):
    sign = "<p>Sign up for our newsletter.</p>"
    first = extract(part([*prose, "It ended."], links=sign))
    second = extract(part(["It began again on Monday, with all that it had before.", *prose[:2]], 2,
                          links=sign))  # fmt: skip
    joined = join_parts([first, second], "")
    texts = [block.text for block in joined.article.blocks]
    assert texts.count(DECK) == 1
    repeated = [removal for removal in joined.removals if removal.rule == "part"]
    assert [removal.text for removal in repeated] == [
        block.text for block in second.article.blocks[: len(repeated)]
    ]
    assert {removal.before for removal in repeated} == {len(first.article.blocks)}
    befores = [removal.before for removal in joined.removals]
    assert befores == sorted(befores)
    last = [removal.before for removal in joined.removals if "newsletter" in removal.text]
    assert last == [len(first.article.blocks), len(texts)]


@pytest.mark.parametrize(
    ("links", "words"),
    [
        ("<a href='?page=2'>2</a>", "one more part"),
        ("<a href='?page=2'>2</a><a href='?page=4'>4</a>", "3 more parts"),
    ],
)
def test_the_first_part_says_how_many_follow_and_where(links, words):
    labelled = label_first_part(extract(part(["It rained."] * 9, links=links)))
    assert labelled.completeness.access == "partial"
    assert labelled.completeness.evidence[0] == (
        f"The article continues in {words}, starting at {URL}?page=2"
    )


def test_an_article_without_parts_stays_as_it_is(prose):
    whole = extract(part(prose))
    assert label_first_part(whole) == whole
