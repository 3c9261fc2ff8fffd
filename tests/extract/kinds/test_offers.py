"""Products and services: description, features, specification, questions with answers."""

import pytest

from annotator.extract import extract

TYPE = '<script type="application/ld+json">{"@type": "Product", "name": "Mill lamp"}</script>'
DESCRIPTION = (
    "A lamp as the mills of the valley had it until 1930, with a flame behind glass that no wind "
    "puts out, made by hand from brass and from the glass of old bottles."
)
ASKED = {
    "Can it be used indoors?": "Yes, with the window open.",
    "Which oil is right?": "Any lamp oil, but no petrol.",
    "Is there a larger one?": "Not yet.",
}


def questions() -> str:
    return "<section><h2>Questions</h2>" + "".join(
        f"<div><button aria-expanded=false>{question}</button><div><p>{answer}</p></div></div>"
        for question, answer in ASKED.items()
    )


def test_features_specification_and_answers_stay_beside_the_description(page):
    main = (
        "<h1>Mill lamp</h1><form><button>Add to cart</button></form>"
        "<ul class=features><li>Burns for forty hours</li><li>Stands on water</li></ul>"
        f"<div role=tabpanel><p>{DESCRIPTION}</p></div><div role=tabpanel hidden><h3>"
        "Specification</h3><table><tr><th>Height</th><td>31 cm</td></tr><tr><th>Weight</th><td>"
        f"1.2 kg</td></tr></table></div>{questions()}</section>"
        "<section class=related-products><h2>You may also like</h2><ul><li><a href=/a>Lock lamp</a>"
        "</li><li><a href=/b>Weir lamp</a></li></ul></section>"
    )
    extraction = extract(page(main, head=TYPE, url="https://shop.example/products/lamp"))
    text = extraction.article.text
    assert all(part in text for part in (DESCRIPTION, "Burns for forty hours", "Stands on water"))
    assert "Height\t31 cm" in text
    assert all(question in text and answer in text for question, answer in ASKED.items())
    assert "Add to cart" not in text
    assert "Weir lamp" not in text
    assert extraction.completeness.evidence == ("Read as the page of a product or a service.",)


def test_the_page_of_a_service_keeps_its_answers(page, prose):
    main = f"<h1>Our ferry</h1>{''.join(f'<p>{text}</p>' for text in prose)}{questions()}</section>"
    text = extract(page(main, url="https://ferry.example/services")).article.text
    assert all(question in text and answer in text for question, answer in ASKED.items())


FACTS = {"Lining:": "linen", "Fastening:": "two hooks", "Length:": "31 cm"}


@pytest.mark.parametrize("is_article", [False, True])
def test_terms_and_what_they_mean_stay_on_a_page_that_is_no_article(page, prose, is_article):
    told = "".join(f"<dt>{term}</dt><dd>{fact}</dd>" for term, fact in FACTS.items())
    head = '<meta property="og:type" content="article">' if is_article else ""
    main = f"<h1>Mill coat</h1><div><dl>{told}</dl></div><div>{paragraphs_of(prose)}</div>"
    text = extract(page(main, head=head)).article.text
    assert all(term in text and fact in text for term, fact in FACTS.items()) is not is_article


def paragraphs_of(prose) -> str:
    return "".join(f"<p>{text}</p>" for text in prose)


def test_the_price_of_a_product_stays(page, prose):
    main = f"<div><h1>Mill lamp</h1><div>$79.99</div></div><div>{paragraphs_of(prose)}</div>"
    extraction = extract(page(main, head=TYPE))
    assert "$79.99" in extraction.article.text
    assert not any("cost" in sign for sign in extraction.completeness.evidence)
