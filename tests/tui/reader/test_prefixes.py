"""The status bar lists the keys that may follow a key which waits for another one."""

from msgspec.structs import replace

from annotator.model import Block, Mark, Span
from builders import MOMENT, make_article, make_extraction, make_page

LINK = Block("paragraph", "As told elsewhere.", marks=(Mark("link", Span(8, 17), "https://a.b"),))


async def test_a_count_is_shown_with_the_keys_that_it_is_for(keep, visit):
    async with visit(keep()) as reader:
        await reader.press("1", "2")
        await reader.sees("READ 12", "j Lines", "G Per cent", "Esc Cancel")
        await reader.press("j")
        await reader.sees("READ  s Mark")
        await reader.press("3", "escape")
        await reader.sees("READ  s Mark")


async def test_the_number_of_a_link_is_asked_for_and_shown(library, visit):
    article = replace(make_article("", title="Links"), blocks=(LINK,) * 12)
    library.store(make_extraction(article), make_page(), now=MOMENT)
    async with visit(article) as reader:
        await reader.press("f")
        await reader.sees("LINKS", "the number of a link", "Esc Cancel")
        await reader.press("1")
        await reader.sees("LINKS 1")
        await reader.press("escape")
        await reader.sees("READ  s Mark")


async def test_a_name_is_asked_for_with_what_it_may_be(keep, visit):
    async with visit(keep(), size=(60, 20)) as reader:
        await reader.press("m")
        await reader.sees("a letter; a capital for all")
        await reader.press("escape", "apostrophe")
        await reader.sees("its letter; ' goes back")
        await reader.press("escape", "m", "b", "m", "K")
        await reader.press("apostrophe")
        await reader.sees("b K; ' goes back")
