"""An article as a page of its own: nothing is loaded, nothing runs.

The page is written from the article's blocks, never from the HTML that they
were read from. Images are links, since a picture that is fetched tells its
server who reads what.
"""

import unicodedata
from collections import Counter

from annotator.export.html_blocks import write_blocks
from annotator.export.html_style import STYLE
from annotator.export.html_text import escaped, link
from annotator.model import Article

SAMPLE = 2000  # characters, in which the direction of a text shows

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def article(article: Article) -> str:
    """Return a page of HTML that holds the article and its own style."""
    language = escaped(article.language) or "und"
    title = escaped(article.title) or "Untitled"
    return f"""<!doctype html>
<html lang="{language}" dir="{_direction(article)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="annotator">
<title>{title}</title>
<style>
{STYLE}</style>
</head>
<body>
<article>
<header>
<h1>{title}</h1>
{_source(article)}</header>
{write_blocks(article.blocks)}
</article>
</body>
</html>
"""


def _direction(article: Article) -> str:
    """Return the direction of most letters; a page may name a language that it is not in."""
    sample = f"{article.title} {article.text[:SAMPLE]}"
    counts = Counter(unicodedata.bidirectional(character) for character in sample)
    from_right = sum(counts[kind] for kind in _RIGHT_TO_LEFT)
    return "rtl" if from_right > counts["L"] else "ltr"


def _source(article: Article) -> str:
    authors = ", ".join(escaped(author) for author in article.byline)
    date = escaped(article.published[:10])
    parts = (
        link(article.url, escaped(article.site_name or article.url)),
        authors,
        f'<time datetime="{escaped(article.published)}" dir="ltr">{date}</time>' if date else "",
    )
    line = " · ".join(part for part in parts if part)
    return f"<p>{line}</p>\n" if line else ""
