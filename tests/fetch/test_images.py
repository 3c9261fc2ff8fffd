import pytest

from annotator.errors import AddressRefused, FetchError, TooLarge
from annotator.fetch import FetchOptions, fetch_image

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def answer(body: bytes, *, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def test_an_image_comes_as_it_is(site, quick):
    url = site.on("/a.png", answer(PNG))
    assert await fetch_image(url, page=site.url(), options=quick) == PNG


async def test_a_page_of_the_internet_cannot_have_an_image_of_a_private_network_fetched(
    site, quick
):
    url = site.on("/a.png", answer(PNG))
    with pytest.raises(AddressRefused):
        await fetch_image(url, page="https://example.org/story", options=quick)
    assert site.requests == []


@pytest.mark.parametrize("body", [b"<svg/>", b"<html>", b""])
async def test_what_is_no_image_is_refused(site, quick, body):
    url = site.on("/a.png", answer(body))
    with pytest.raises(FetchError, match="not a picture"):
        await fetch_image(url, page=site.url(), options=quick)


async def test_an_image_that_is_missing_is_told(site, quick):
    url = site.on("/a.png", answer(b"", status="404 Not Found"))
    with pytest.raises(FetchError, match="404"):
        await fetch_image(url, page=site.url(), options=quick)


async def test_an_image_has_its_limit(site):
    url = site.on("/a.png", answer(PNG * 10))
    with pytest.raises(TooLarge):
        await fetch_image(url, page=site.url(), options=FetchOptions(max_bytes=100))
