"""Named places: set by a letter, gone to by it, and listed."""

from annotator.model import Span
from annotator.tui.reader.article.view import ArticleView
from annotator.usecases.marks.annotate import Draft, mark
from builders import MOMENT

LONG = "\n\n".join(f"Paragraph {number} says there were {number}." for number in range(120))


async def test_a_letter_names_a_place_and_leads_back_to_it(keep, visit):
    article = keep(LONG)
    async with visit(article) as reader:
        await reader.press("5", "0", "G", "m")
        await reader.sees("NAME PLACE", "Esc Cancel")
        await reader.press("a")
        there = reader.app.screen.query_one(ArticleView).first_offset
        await reader.until(lambda: "'a leads here now" in reader.toasts)
        await reader.press("g", "apostrophe", "a")
        await reader.until(
            lambda: reader.app.screen.query_one(ArticleView).first_offset not in (0, None)
        )
        await reader.sees(article.text[there:].splitlines()[0])
        await reader.press("apostrophe", "apostrophe")
        await reader.sees("Paragraph 0 says")
        await reader.press("apostrophe", "b")
        await reader.until(lambda: "No place has the name b" in reader.toasts)
    async with visit(article) as reader:
        await reader.press("g", "apostrophe", "a")
        await reader.sees(article.text[there:].splitlines()[0])


async def test_a_capital_leads_to_another_article_and_back_leads_back(keep, visit):
    far, near = keep(LONG, title="Far away", url="https://far.org/a"), keep()
    async with visit(far) as reader:
        await reader.press("G", "m", "F")
        await reader.until(lambda: "from any article" in reader.toasts)
    async with visit(near) as reader:
        await reader.press("quotation_mark")
        await reader.sees("Places", "Far away")
        await reader.press("enter")
        await reader.sees("Paragraph 119 says")
        await reader.press("q")
        await reader.sees("Costs fell by nine percent")


async def test_escape_sets_no_place(keep, visit):
    async with visit(keep(LONG)) as reader:
        await reader.press("m", "escape", "quotation_mark")
        await reader.until(lambda: "No places yet" in reader.toasts)


async def test_on_a_mark_the_letter_names_the_mark(library, keep, visit):
    article = keep("Costs fell by nine percent. The union disagrees: wages fell as well.")
    start = article.text.index("wages")
    mark(library, article, Span(start, start + 10), Draft(), now=MOMENT)
    async with visit(article) as reader:
        await reader.press("right_square_bracket", "m", "a")
        await reader.until(lambda: "'a leads here now" in reader.toasts)
        await reader.press("quotation_mark")
        await reader.sees("a  wages fell as well.")
