"""Articles as standalone HTML pages that load nothing and run nothing.

A page is written from the blocks of the article, never from the original HTML.
Images are links, since a fetched image tells its server who reads what.
"""

import unicodedata
from collections import Counter

from annotator.export.exporters import Exporter
from annotator.export.html.html_blocks import escaped, link, write_blocks
from annotator.model import Article

SAMPLE = 2000  # characters that decide the direction of a text

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render_page(article: Article) -> str:
    """Return an HTML page of the article, with its own style sheet."""
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
    """Return the direction of most letters: the language that a page gives may be wrong."""
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


STYLE = """\
:root { color-scheme: light dark; --text: #1d1d1f; --soft: #5c5c66; --line: #d8d8de;
  --paper: #fdfdfb; --wash: #f1f1ed; --link: #0b57d0; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e4e7; --soft: #a1a1ab; --line: #3f3f46;
    --paper: #18181b; --wash: #27272a; --link: #8ab4f8; }
}
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 38rem; background: var(--paper);
  color: var(--text); font: 1.125rem/1.6 Charter, Georgia, "Noto Serif", serif;
  overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; }
header p, figcaption, .note { color: var(--soft); font-size: 0.9em; }
a { color: var(--link); }
blockquote { margin: 1.5em 0; padding-inline-start: 1em;
  border-inline-start: 3px solid var(--line); }
pre, code { background: var(--wash); font-family: ui-monospace, Menlo, Consolas, monospace;
  font-size: 0.9em; }
pre { padding: 1em; overflow-x: auto; }
sup, sub { line-height: 0; }
figure { margin: 1.5em 0; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { padding: 0.3em 0.8em; border: 1px solid var(--line); text-align: start; }
hr { border: 0; border-top: 1px solid var(--line); }
@media print { body { max-width: none; } }
"""


HTML = Exporter(name="html", suffix=".html", render_article=render_page)
