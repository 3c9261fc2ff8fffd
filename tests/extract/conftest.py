"""Pages for the tests of extraction."""

from collections.abc import Callable

import pytest

from annotator.extract import extract
from annotator.model import Extraction, Page

URL = "https://herald.example/2024/05/the-flood"
PROSE = (
    """The river had risen in the night, and by morning the lower field was a lake with the fence
    posts standing in it like a row of teeth.""",
    """My uncle looked at it for a while, then went back into the house to make the coffee, which
    was what he did about most things.""",
    """Nobody in the valley could remember the water as high as that, though the marks on the
    church wall said otherwise, and everybody knew where they were.""",
    """It took nine days to fall, and when it had fallen the field was covered with a fine grey
    silt, in which the first shoots of the barley showed by April.""",
)
PROSE = tuple(" ".join(text.split()) for text in PROSE)

Clean = Callable[..., Extraction]


@pytest.fixture
def prose() -> tuple[str, ...]:
    """Four paragraphs of a story."""
    return PROSE


@pytest.fixture
def clean() -> Clean:
    """Extract a page with the story, and some HTML within, above or below it."""

    def clean_page(
        amid: str = "", *, above: str = "", below: str = "", head: str = "", url: str = URL
    ) -> Extraction:
        first, last = PROSE[:2], PROSE[2:]
        story = f"{_paragraphs(first)}{amid}{_paragraphs(last)}"
        html = (
            f"<html lang=en><head><title>The flood - The Herald</title>{head}</head><body>"
            f"{above}<article><h1>The flood</h1>{story}{below}</article></body></html>"
        )
        return extract(Page(url, html))

    return clean_page


@pytest.fixture
def blocks(clean):
    """Return the blocks that some HTML within the story becomes."""

    def blocks_of(amid: str):
        return clean(amid).article.blocks[2:-2]

    return blocks_of


def _paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)
