"""An article split over several pages of a site."""

import pytest

from annotator.usecases.articles.add import add_all
from annotator.usecases.articles.refresh import refresh
from annotator.usecases.articles.sources import Source
from serving import serve

SENTENCES = (
    "The river had risen in the night, and by morning the lower field was a lake with posts in it.",
    "My uncle looked at it for a while, then went back into the house to make the coffee, as ever.",
    "Nobody in the valley could remember the water as high as that, though the church wall could.",
)


def page(number, *, to=(), text=""):
    links = "".join(f"<a href='/flood?page={each}'>{each}</a>" for each in to)
    text = text or f"{SENTENCES[number - 1]} " * 6
    return (
        f"<html lang=en><head><title>The flood</title></head><body><article><h1>The flood</h1>"
        f"<p>{text}</p></article>{links}</body></html>"
    ).encode()


@pytest.fixture
def site():
    pages = {
        "/flood": page(1, to=(2, 3)),
        "/flood?page=2": page(2, to=(1, 3)),
        "/flood?page=3": page(3, to=(1, 2)),
    }
    with serve(pages) as served:
        yield served


async def add(library, site, now, **options):
    (attempt,) = await add_all(
        library, [Source(site.url("/flood"))], now=now, report=lambda _: None, **options
    )
    return attempt.added


def starts(library, added):
    blocks = library.article(added.record.id).extraction().article.blocks
    return [
        next(at for at, each in enumerate(SENTENCES, 1) if b.text[:9] == each[:9]) for b in blocks
    ]


async def test_by_default_only_the_first_part_is_added_and_the_others_are_reported(
    library, site, moment
):
    added = await add(library, site, moment)
    assert starts(library, added) == [1]
    assert added.record.access == "partial"
    assert added.offers.parts == 2
    assert len(site.statuses) == 1


async def test_all_parts_are_added_in_order_on_request(library, site, moment):
    added = await add(library, site, moment, all_parts=True)
    assert starts(library, added) == [1, 2, 3]
    assert added.record.access == "full"
    assert added.record.url == site.url("/flood")


async def test_a_part_that_fails_is_reported_and_the_previous_ones_are_kept(library, site, moment):
    site.refusals["/flood?page=3"] = 404
    added = await add(library, site, moment, all_parts=True)
    assert starts(library, added) == [1, 2]
    assert added.record.access == "partial"
    assert added.completeness.evidence == (f"Part 3 is missing: {site.url('/flood?page=3')}",)


async def test_a_site_that_goes_round_in_a_circle_ends(library, site, moment):
    site.pages["/flood?page=3"] = page(3, to=(4,))
    site.pages["/flood?page=4"] = page(3, to=(4,))
    added = await add(library, site, moment, all_parts=True)
    assert starts(library, added) == [1, 2, 3]


async def test_parts_without_end_are_bounded(library, site, moment):
    for number in range(2, 31):
        text = f"{SENTENCES[0]} It was day {number}."
        site.pages[f"/flood?page={number}"] = page(1, to=(number + 1,), text=text)
    added = await add(library, site, moment, all_parts=True)
    assert len(site.statuses) == 21
    assert added.record.access == "partial"
    assert added.completeness.evidence[0].startswith("Part 21 is missing")


async def test_refreshing_asks_for_all_parts_again(library, site, moment, later):
    added = await add(library, site, moment, all_parts=True)
    assert (await refresh(library, added.record.id, now=later)).outcome == "unchanged"
    site.pages["/flood?page=2"] = page(2, to=(3,), text=f"{SENTENCES[1]} " * 7)
    assert (await refresh(library, added.record.id, now=later)).outcome == "revised"
    assert starts(library, added) == [1, 2, 3]
