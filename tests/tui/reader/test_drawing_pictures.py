"""Pictures: placeholders until one is asked for, then half blocks."""

import io

import pytest
from PIL import Image

from annotator.errors import AnnotatorError
from annotator.model import Article, Block
from annotator.model.identity import id_of_url
from annotator.tui.reader.images import HALF_BLOCK, PACKAGES, read_picture
from annotator.usecases.library.installing import how_to_install
from builders import MOMENT, make_extraction, make_page
from serving import serve

PAPER = (248, 244, 234)
RED, BLUE = (200, 30, 30), (30, 30, 200)


def image(width=80, height=40, *, kind="PNG", mode="RGB", fill=RED) -> bytes:
    drawn = Image.new(mode, (width, height), fill)
    drawn.paste(BLUE if mode == "RGB" else (*BLUE, 255), (0, height // 2, width, height))
    written = io.BytesIO()
    drawn.save(written, kind)
    return written.getvalue()


def inks(row):
    return [(tuple(s.style.color.triplet), tuple(s.style.bgcolor.triplet)) for s in row]


def test_a_picture_fits_the_room_and_keeps_its_shape():
    picture = read_picture(image(400, 200), PAPER)
    assert picture.size(72, 20) == (72, 18)
    assert picture.size(72, 10) == (40, 10)


def test_a_small_picture_is_not_enlarged():
    assert read_picture(image(16, 16), PAPER).size(72, 20) == (16, 8)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_each_cell_shows_two_points(kind):
    rows = read_picture(image(8, 8, kind=kind), PAPER).rows(4, 3)
    assert [sum(len(s.text) for s in row) for row in rows] == [4, 4, 4]
    assert {s.text[0] for row in rows for s in row} == {HALF_BLOCK}
    upper, lower = inks(rows[0])[0][0], inks(rows[-1])[0][1]
    assert upper[0] > 150 > upper[2]
    assert lower[2] > 150 > lower[0]


def test_transparent_parts_show_the_page():
    clear = image(8, 8, mode="RGBA", fill=(0, 0, 0, 0))
    assert inks(read_picture(clear, PAPER).rows(4, 2)[0])[0][0] == PAPER


@pytest.mark.parametrize("data", [b"", b"<svg/>", image()[:60], b"\x89PNG\r\n\x1a\n" + b"\0" * 99])
def test_data_that_is_not_a_picture_is_refused_with_a_reason(data):
    with pytest.raises(AnnotatorError, match="damaged, or its format"):
        read_picture(data, PAPER)


def test_a_picture_that_would_fill_the_memory_is_refused():
    written = io.BytesIO()
    Image.new("1", (9000, 9000)).save(written, "PNG")
    with pytest.raises(AnnotatorError, match="9000 × 9000"):
        read_picture(written.getvalue(), PAPER)


@pytest.fixture
def illustrated(library):
    """Keep an article with two pictures of a site that is served, and give it with the site."""
    with serve({"/one.png": image(), "/page.svg": b"<svg/>"}) as site:
        url = site.url("/story")
        blocks = (
            Block("paragraph", "Above."),
            Block("image", "The harbour.", source=site.url("/one.png"), credit="A. Bell"),
            Block("image", "", source=site.url("/page.svg"), alternative="A chart"),
            *(Block("paragraph", f"Paragraph {n}.") for n in range(30)),
        )
        article = Article(id_of_url(url), url, "Pictures", blocks=blocks)
        library.store(make_extraction(article), make_page(url=url), now=MOMENT)
        yield article, site


async def test_no_picture_is_fetched_before_its_key_is_pressed(illustrated, visit):
    article, site = illustrated
    async with visit(article) as reader:
        await reader.sees("▨ The harbour.", "A. Bell", "▨ A chart")
        await reader.press("space", "g")
        assert site.statuses == []


async def test_a_key_draws_a_picture_above_its_caption_and_hides_it_again(illustrated, visit):
    article, site = illustrated
    async with visit(article, size=(60, 14)) as reader:
        await reader.press("Z")
        await reader.sees(HALF_BLOCK * 32)
        lines = reader.screen.split("\n")
        drawn = [n for n, line in enumerate(lines) if HALF_BLOCK in line]
        assert "The harbour." in lines[drawn[-1] + 1]
        await reader.pilot.resize_terminal(34, 14)
        await reader.sees(HALF_BLOCK * 28)
        await reader.pilot.resize_terminal(60, 14)
        await reader.press("Z")
        await reader.until(lambda: HALF_BLOCK not in reader.screen)
        assert site.statuses == [200]


async def test_a_picture_of_an_unknown_format_is_reported(illustrated, visit):
    article, _ = illustrated
    async with visit(article, size=(60, 8)) as reader:
        await reader.press("9", "j", "Z")
        await reader.until(lambda: "not a picture that can be drawn" in reader.toasts)


async def test_a_screen_without_pictures_is_reported(illustrated, visit):
    article, _ = illustrated
    async with visit(article, size=(60, 12)) as reader:
        await reader.press("G", "Z")
        await reader.until(lambda: "No picture on this screen" in reader.toasts)


@pytest.mark.parametrize(
    ("file", "command"),
    [
        ("uv-receipt.toml", "uv pip install --python "),
        ("pipx_metadata.json", "pipx inject annotator-tui "),
        ("pyvenv.cfg", "/bin/pip install "),
    ],
)
def test_the_packages_for_pictures_are_added_where_the_program_is(tmp_path, file, command):
    (tmp_path / file).write_text("")
    told = how_to_install(PACKAGES, str(tmp_path))
    assert command in told
    assert told.endswith("pillow 'textual-image<0.13'")


def test_the_command_for_pictures_can_be_pasted_if_the_folder_has_a_space():
    told = how_to_install("pillow", "/opt/my programs/x")
    assert told == "'/opt/my programs/x'/bin/pip install pillow"
