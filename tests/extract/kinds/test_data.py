"""The data beside the prose of an article that belong to it."""

import pytest

ITEMS = ("200 g barley", "2 onions", "1 l stock", "salt")
LIST = "<ul>{}</ul>".format("".join(f"<li>{item}</li>" for item in ITEMS))
LINKS = "<ul>" + "".join(f"<li><a href=/{n}>Soup number {n}</a></li>" for n in range(6)) + "</ul>"


@pytest.mark.parametrize(
    "box",
    [
        "<div class=wprm-recipe-ingredients-container>{}</div>",
        "<div class=ingredients-list>{}</div>",
        "<div itemprop=recipeIngredient>{}</div>",
        "<div class='review pros-and-cons'>{}</div>",
        "<div class=tribe-events-event-meta>{}</div>",
    ],
)
def test_a_list_of_data_beside_the_text_stays(clean, box):
    aside = f"<aside class=sidebar>{box.format(LIST)}</aside>"
    told = [block.text for block in clean(below=aside).article.blocks if block.kind == "list_item"]
    assert told == list(ITEMS)


@pytest.mark.parametrize("box", [f"<div class=ingredients-list>{LINKS}</div>", LINKS])
def test_a_list_of_other_recipes_goes(clean, box):
    assert "Soup number" not in clean(below=f"<aside class=sidebar>{box}</aside>").article.text


def test_buttons_among_the_data_go(clean):
    tools = "<div class=wprm-print-button>Print this recipe</div>"
    box = f"<div class=wprm-recipe-ingredients-container>{tools}{LIST}</div>"
    assert "Print" not in clean(below=f"<aside class=sidebar>{box}</aside>").article.text


CARD = (
    "<div class=card><div>The Weir soap {0}</div>"
    "<div class=price><a href=/{0}>${0}9 to $99 at the Askwold shop</a></div></div>"
)


def test_the_cards_of_products_between_paragraphs_stay(clean, prose):
    cards = [f"{CARD.format(2 * n)}{CARD.format(2 * n + 1)}<p>{prose[n]}</p>" for n in range(4)]
    text = clean("".join(cards)).article.text
    assert all(f"${n}9 to $99" in text and f"soap {n}" in text for n in range(8))


def test_the_cards_of_a_shop_below_the_text_go(clean):
    assert "Weir soap" not in clean(below="".join(map(CARD.format, range(8)))).article.text
