import threading
from datetime import timedelta

import pytest

from annotator.errors import InvalidInput, InvalidTag, ServerAnswered
from annotator.usecases.articles import jobs
from annotator.usecases.articles.add import add, add_all, read_source
from annotator.usecases.articles.lookup import articles
from annotator.usecases.articles.overrides import put_back
from annotator.usecases.articles.sources import Source
from serving import serve

PAGE = b"""<!doctype html><html lang="en"><head><title>Bread costs more</title></head><body>
<article><h1>Bread costs more</h1>
<p>The price of bread rose by a tenth within a year, the office for statistics said on Friday.</p>
<p>Bakers blame the price of flour, which rose by a third, and that of gas, which has doubled.</p>
</article></body></html>"""


@pytest.fixture
def site(monkeypatch):
    """Serve the story about bread at /bread."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serve({"/bread": PAGE}) as served:
        yield served


@pytest.fixture
def story(tmp_path):
    """Write a text into a file."""
    path = tmp_path / "story.txt"
    path.write_text("The grid at night\n\nThe grid ran without coal for a day.\n", "utf-8")
    return path


async def test_reading_a_source_saves_nothing(library, site):
    page, extraction = await read_source(Source(site.url("/bread")))
    assert page.url == site.url("/bread")
    assert "rose by a tenth" in extraction.article.text
    assert library.records() == ()


async def test_an_article_is_saved_with_its_page(library, site, moment):
    added = await add(library, site.url("/bread"), tags=["Food Prices"], now=moment)
    assert added.outcome == "added"
    assert added.record == library.article(added.record.id).record()
    assert added.record.tags == ("Food-Prices",)
    assert added.record.added == moment
    assert "rose by a tenth" in library.article(added.record.id).page().html
    assert "rose by a tenth" in library.article(added.record.id).extraction().article.text


async def test_a_page_added_again_keeps_its_tags_and_gets_new_ones(library, site, moment):
    await add(library, site.url("/bread"), tags=["food"], now=moment)
    added = await add(library, site.url("/bread"), tags=["prices"], now=moment)
    assert added.outcome == "unchanged"
    assert added.record.tags == ("food", "prices")


async def test_what_the_bin_has_of_an_article_comes_with_it(library, site, moment):
    added = await add(library, site.url("/bread"), now=moment)
    assert added.in_bin is None
    library.trash(added.record.id)
    again = await add(library, site.url("/bread"), now=moment)
    assert again.in_bin.id == added.record.id
    assert (await add(library, site.url("/bread"), now=moment)).in_bin is None


async def test_a_file_and_standard_input_can_have_an_original_url(library, story, moment):
    url = "https://example.org/grid"
    from_file = await add(library, Source(str(story), url), now=moment)
    from_input = await add(library, Source("-", url, story.read_bytes()), now=moment)
    assert from_file.record.url == from_input.record.url == url
    assert from_input.outcome == "unchanged"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("It rained, and it went on raining.", "It rained, and it went on raining."),
        (
            "Rain fell on the plain. " * 9,
            "Rain fell on the plain. Rain fell on the plain. Rain fell…",
        ),
        ("雨が降" * 30, "雨が降" * 20 + "…"),
    ],
)
async def test_a_text_without_a_title_is_listed_by_its_first_words(library, moment, text, title):
    added = await add(library, Source("-", stdin=text.encode()), now=moment)
    assert added.record.title == title
    assert [record.title for record in articles(library)] == [title]


async def test_an_empty_tag_is_refused_before_fetching(library, site, moment):
    with pytest.raises(InvalidTag):
        await add(library, site.url("/bread"), tags=["#"], now=moment)
    assert site.most_at_once == 0


async def test_several_sources_are_reported_in_order_and_a_failure_stops_none(
    library, site, story, moment
):
    heard = []
    names = [site.url("/none"), str(story), site.url("/bread")]
    sources = [Source(name) for name in names]
    attempts = await add_all(library, sources, tags=["x"], now=moment, report=heard.append)
    assert tuple(heard) == attempts
    assert [attempt.source.name for attempt in attempts] == names
    assert isinstance(attempts[0].error, ServerAnswered)
    assert [attempt.added.record.tags for attempt in attempts[1:]] == [("x",), ("x",)]


async def test_articles_added_together_are_listed_in_the_order_given(library, site, moment):
    paths = [f"/{number}" for number in range(5)]
    site.pages.update((path, PAGE) for path in paths)
    urls = [site.url(path) for path in paths]
    await add_all(library, list(map(Source, urls)), now=moment, report=lambda _: None)
    await add(library, site.url("/bread"), now=moment + timedelta(seconds=1))
    assert [record.url for record in articles(library)] == [site.url("/bread"), *urls]


async def test_two_pages_of_a_host_are_fetched_in_parallel(library, site, moment):
    paths = [f"/{number}" for number in range(6)]
    site.pages.update((path, PAGE) for path in paths)
    site.meeting = threading.Barrier(2)
    sources = [Source(site.url(path)) for path in paths]
    attempts = await add_all(library, sources, now=moment, report=lambda _: None)
    assert all(attempt.added for attempt in attempts)
    assert site.most_at_once == 2


@pytest.mark.slow
async def test_a_host_that_is_asked_too_often_is_asked_again_one_page_after_the_other(
    library, site, moment, monkeypatch
):
    monkeypatch.setattr(jobs, "FIRST_GAP", 0.0)
    paths = [f"/{number}" for number in range(6)]
    site.pages.update((path, PAGE) for path in paths)
    site.busy = dict.fromkeys(paths[:3], 3)
    sources = [Source(site.url(path)) for path in paths]
    attempts = await add_all(library, sources, now=moment, report=lambda _: None)
    assert all(attempt.added for attempt in attempts)
    assert site.statuses.count(429) == 9
    assert library.failures.all() == ()


@pytest.mark.parametrize(
    ("name", "host"),
    [("https://A.org:8/x", "a.org"), ("file.txt", ""), ("-", ""), ("http://[x/", "")],
)
def test_a_source_knows_its_host(name, host):
    assert Source(name).host == host


async def test_an_empty_source_is_refused(library, moment):
    with pytest.raises(InvalidInput, match="SOURCE is empty"):
        await add(library, "", now=moment)


LINE = "The Herald is read in every house of the valley, and in two beyond it."


def _story(title: str, *sentences: str) -> bytes:
    body = "".join(f"<p>{sentence * 9}</p>" for sentence in sentences)
    return f"<title>{title}</title><article><h1>{title}</h1>{body}<p>{LINE}</p></article>".encode()


async def test_a_line_of_two_articles_of_a_site_goes_and_one_that_was_restored_stays(
    library, monkeypatch, moment
):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    pages = {
        "/a": _story("Floods", "The river rose in the night, and the field was a lake. "),
        "/b": _story("Bread", "The price of bread rose by a tenth within one year. "),
        "/c": _story("Coal", "The grid ran without any coal for a day and a night. "),
    }
    with serve(pages) as served:
        first = await add(library, served.url("/a"), now=moment)
        second = await add(library, served.url("/b"), now=moment)
        assert LINE in library.article(first.record.id).extraction().article.text
        saved = library.article(second.record.id).extraction()
        assert LINE not in saved.article.text
        removal = next(each for each in saved.removals if each.text == LINE)
        assert "in your library" in removal.reason
        await put_back(library, second.record.id, [removal], now=moment)
        assert LINE in library.article(second.record.id).extraction().article.text
        third = await add(library, served.url("/c"), now=moment)
        assert LINE in library.article(third.record.id).extraction().article.text


async def test_another_article_with_the_doi_of_a_new_one_is_named(library, tmp_path, moment):
    head = '<meta name="citation_doi" content="10.1000/ab.c">'
    paper = f"<title>Bread</title>{head}<p>{'It rose by a tenth within a year. ' * 9}"
    first = await add(library, Source("-", "https://a.example/1", paper.encode()), now=moment)
    assert (first.record.doi, first.same_doi) == ("10.1000/ab.c", ())
    copy = Source("-", "https://b.example/2", paper.replace("ab.c", "AB.C").encode())
    assert [same.id for same in (await add(library, copy, now=moment)).same_doi] == [
        first.record.id
    ]
    assert (await add(library, copy, now=moment)).same_doi == ()
