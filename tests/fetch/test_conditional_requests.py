"""A page that is kept is asked for again only if it has changed."""

import pytest
from msgspec.structs import replace

from annotator.errors import ServerAnswered
from annotator.fetch import fetch_again, fetch_page, path_of, read_file

STAMPED = {"ETag": '"v1"', "Last_Modified": "Sat, 14 Mar 2026 09:26:53 GMT"}
NOT_MODIFIED = {"status": 304, "kind": None}


def a_page(text: bytes, site, **headers: str) -> bytes:
    return site.answer(b"<title>A page</title><p>" + text, **headers)


async def test_a_page_that_did_not_change_is_the_kept_one(site, quick):
    url = site.on("/", a_page(b"One.", site, **STAMPED), site.answer(**NOT_MODIFIED))
    kept = await fetch_page(url, options=quick)
    assert await fetch_again(url, kept=kept, options=quick) is kept
    asked = site.requests[1].headers
    assert asked["if-none-match"] == '"v1"'
    assert asked["if-modified-since"] == STAMPED["Last_Modified"]


async def test_a_page_that_changed_comes_whole(site, quick):
    url = site.on("/", a_page(b"One.", site, **STAMPED), a_page(b"Two.", site, ETag='"v2"'))
    kept = await fetch_page(url, options=quick)
    page = await fetch_again(url, kept=kept, options=quick)
    assert "Two." in page.html
    assert page.header("etag") == '"v2"'


async def test_a_first_visit_asks_for_no_condition(site, quick):
    await fetch_page(site.on("/", a_page(b"One.", site, **STAMPED)), options=quick)
    assert "if-none-match" not in site.requests[0].headers


async def test_a_page_without_stamps_is_had_again(site, quick):
    url = site.on("/", a_page(b"One.", site))
    kept = await fetch_page(url, options=quick)
    page = await fetch_again(url, kept=kept, options=quick)
    assert page is not kept
    assert page.html == kept.html


async def test_a_page_that_broke_off_is_had_again(site, quick):
    url = site.on("/", a_page(b"One.", site, **STAMPED))
    kept = replace(await fetch_page(url, options=quick), is_truncated=True)
    await fetch_again(url, kept=kept, options=quick)
    assert "if-none-match" not in site.requests[1].headers


async def test_the_condition_goes_to_the_page_that_is_kept_and_to_no_other(site, quick):
    story = site.on("/story", a_page(b"One.", site, **STAMPED), site.answer(**NOT_MODIFIED))
    short = site.on("/s", site.redirect("/story"))
    kept = await fetch_page(short, options=quick)
    assert kept.url == story
    assert await fetch_again(short, kept=kept, options=quick) is kept
    to_short, to_story = site.requests[2:]
    assert "if-none-match" not in to_short.headers
    assert to_story.headers["if-none-match"] == '"v1"'


async def test_not_modified_answers_no_question_that_was_not_asked(site, quick):
    url = site.on("/", site.answer(**NOT_MODIFIED))
    with pytest.raises(ServerAnswered, match="304"):
        await fetch_page(url, options=quick)


async def test_a_stamp_that_was_cut_is_not_sent(site, quick):
    url = site.on("/", a_page(b"One.", site, ETag=f'"{"x" * 2000}"'))
    kept = await fetch_page(url, options=quick)
    await fetch_again(url, kept=kept, options=quick)
    assert "if-none-match" not in site.requests[1].headers


@pytest.mark.parametrize("name", ["a story.txt", "100%.txt", "Märchen#1?.txt"])
def test_the_address_of_a_file_leads_back_to_it(tmp_path, name):
    path = tmp_path / name
    path.write_text("Once upon a time.", "utf-8")
    assert path_of(read_file(path).url) == path.resolve()


@pytest.mark.parametrize("url", ["", "https://example.org/a.txt"])
def test_other_addresses_lead_to_no_file(url):
    assert path_of(url) is None
