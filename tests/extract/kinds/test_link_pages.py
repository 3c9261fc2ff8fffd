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


def test_the_links_of_a_post_stay_beside_widgets_and_a_bar_for_consent(page):
    lines = "".join(
        f"<li><a href='/{n}'>{chapter}: {part}</a></li><p>via <a href=/b>a blog</a></p>"
        for n, (chapter, part) in enumerate((c, p) for c in CHAPTERS for p in PARTS)
    )
    words = [f"<li><a href='/w{n}'>An older post on weir {n}</a></li>" for n in range(20)]
    bar = "<p>This site uses cookies to improve your experience, and to measure its traffic.</p>"
    extraction = extract(
        page(
            f"<article><h1>Links of May</h1><ul>{lines}</ul></article>"
            f"<div class=widget><ul>{''.join(words)}</ul></div><div class=cookie-bar>{bar}</div>"
        )
    )
    assert "Locks and their gates: who keeps it" in extraction.article.text
    assert "An older post" not in extraction.article.text
    assert extraction.completeness.access != "consent_wall"
