"""Pages of links are said to be such, and keep them."""

from annotator.extract import extract

CHAPTERS = ["Weirs of the upper river", "Locks and their gates", "Mills and their wheels"]
PARTS = ["how it is built", "what it is for", "who keeps it"]


def test_a_table_of_contents_is_the_text_of_a_page_without_any_other(page):
    titles = [f"{chapter}: {part}" for chapter in CHAPTERS for part in PARTS]
    lines = "".join(f"<li><a href='/c{n}'>{title}</a></li>" for n, title in enumerate(titles))
    extraction = extract(page(f"<h1>Handbook</h1><div class=toc><ul>{lines}</ul></div>"))
    assert all(title in extraction.article.text for title in titles)
    assert extraction.completeness.access == "no_article"
    assert "lists 9 other pages" in extraction.completeness.evidence[0]


def test_a_table_of_contents_above_a_text_goes(page, prose):
    lines = "".join(
        f"<li><a href='#c{n}'>{part} of it</a></li>" for n, part in enumerate(PARTS * 4)
    )
    text = "".join(f"<p>{paragraph}</p>" for paragraph in prose)
    extraction = extract(page(f"<h1>Handbook</h1><div class=toc><ul>{lines}</ul></div>{text}"))
    assert "who keeps it" not in extraction.article.text
    assert extraction.completeness.access == "full"
