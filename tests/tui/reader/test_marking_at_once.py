"""Keys of a mark on a passage that has none: they mark it, and go on."""

import pytest


@pytest.mark.parametrize(
    ("key", "dialog", "kind"),
    [
        ("t", "Tags of this mark", "highlight"),
        ("a", "open in $EDITOR", "highlight"),
        ("p", "Who said it", "claim"),
        ("e", "Claim details", "claim"),
        ("l", "Link this mark", "claim"),
    ],
)
async def test_a_key_of_a_mark_marks_a_sentence_and_goes_on(
    keep, library, visit, key, dialog, kind
):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", key)
        await reader.sees(dialog)
        await reader.press("escape")
        (mark,) = library.article(article.id).annotations()
        assert (mark.kind, mark.quote) == (kind, "Costs fell by nine percent in 2023.")
        await reader.press("u")
        await reader.until(lambda: not library.article(article.id).annotations())


async def test_a_selection_is_marked_by_its_tag(keep, library, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("c", "v", "e", "t")
        await reader.sees("Tags of this mark")
        await reader.type("ppm data")
        await reader.press("enter")
        await reader.until(lambda: library.article(article.id).annotations()[0].tags)
        await reader.until(lambda: "Tags: #ppm-data. Press u to undo." in reader.toasts)
        await reader.sees("highlight · #ppm-data")


async def test_without_a_passage_a_key_of_a_mark_says_how_to_choose_one(keep, library, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.press("t")
        await reader.until(lambda: "Press s to choose a sentence" in reader.toasts)
        assert not library.article(article.id).annotations()


async def test_the_first_speaker_that_is_offered_is_the_author(keep, library, visit):
    article = keep(byline=("Ida Holm",))
    async with visit(article) as reader:
        await reader.press("s", "j", "e")
        await reader.sees("→ Ida Holm, the author")
        await reader.press("escape")
        await reader.press("escape", "C")
        await reader.sees("1 mark ")
        await reader.press("p")
        await reader.sees("Ida Holm", "author")
        await reader.press("enter")
        (mark,) = library.article(article.id).annotations()
        await reader.until(lambda: library.annotation(mark.id).claim.speaker == "Ida Holm")


async def test_an_article_that_was_found_opens_at_the_first_match(keep, visit):
    filler = "\n\n".join(f"Paragraph {number} is about nothing." for number in range(60))
    keep(f"{filler}\n\nCosts fell. Costs rose.\n\n{filler}")
    async with visit() as reader:
        await reader.press("slash")
        await reader.type("costs")
        await reader.press("enter", "enter")
        await reader.sees("Costs fell. Costs rose.", "1 of 2")
        await reader.press("n")
        await reader.sees("2 of 2")
