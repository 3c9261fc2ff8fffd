"""Places of marks in the page that Zotero's reader shows, resolved by a real browser."""

import html
import json
import re
import subprocess
import tempfile
from pathlib import Path

import pytest

from annotator.export.html.snapshot import snapshot_of
from annotator.extract import extract
from annotator.model import HTML, PLAIN_TEXT, Anchored, AnchoredMark, ArticleRecord, Page, Span
from annotator.model.article import BETWEEN_CELLS
from browsers import browser_for_tests
from builders import make_annotation, make_article

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parents[2] / "sample_articles"
SIGNS = """
# 気候変動 🙂 and C++

A grinning 😀 face, a family 👩‍👩‍👧 and a flag 🇪🇺: <b>5 & 6</b> “quoted”.

- 東京の天気は🌤です。
- second 𝒳 item

> A quote with 𠀋 in it.

```
if x < 3:
    print("🙂")

    pass
```

Ende – naïve e\u0301.
"""
# What the reader of Zotero does with a selector, and with the index that it sorts by.
RESOLVE = """
const out = PLACES.map(([id, start, end]) => {
  const root = document.querySelector('#' + id), range = document.createRange();
  let pos = 0, node, walker = document.createNodeIterator(root, NodeFilter.SHOW_TEXT);
  while ((node = walker.nextNode())) {
    if (!node.nodeValue) continue;
    const first = start - pos, last = end - pos, size = node.nodeValue.length;
    if (first >= 0 && first <= size) range.setStart(node, first);
    if (last >= 0 && last <= size) range.setEnd(node, last);
    pos += size;
  }
  let count = 0;
  walker = document.createNodeIterator(document.body, NodeFilter.SHOW_TEXT);
  while ((node = walker.nextNode())) {
    if (range.startContainer.contains(node)) { count += range.startOffset; break; }
    count += node.nodeValue.trim().length;
  }
  return [range.toString(), String(count).padStart(7, '0')];
});
document.documentElement.setAttribute('data-out', JSON.stringify(out));
"""


def article_of(name):
    if name == "signs":
        return make_article(SIGNS, title="Signs 🙂")
    text = (SAMPLES / name).read_text("utf-8")
    kind = PLAIN_TEXT if name.endswith(".txt") else HTML
    return extract(Page("https://example.org/a", text, media_type=kind)).article


def spans_of(article):
    """Yield each block, each word of it, stretches within it, and stretches over blocks."""
    for index, block in enumerate(article.blocks):
        own = article.span_of(index)
        if not block.text.strip():
            continue
        yield own
        words = [match.span() for match in re.finditer(r"\w+", block.text)]
        yield from (Span(own.start + first, own.start + last) for first, last in words[::3])
        yield from (Span(own.start + words[0][0], own.start + last) for _, last in words[1::7])
        if index + 2 < len(article.blocks):
            yield Span(own.start + len(block.text) // 2, article.starts[index + 2])


def letters(text):
    return re.sub(r"\s+", "", text.replace(BETWEEN_CELLS, ""))


def resolved(page, places, folder):
    """Return what a browser finds at the places: the words, and the index to sort by."""
    wanted = json.dumps([[place.element, place.start, place.end] for place in places])
    script = RESOLVE.replace("PLACES", wanted).replace("</", "<\\/")
    page = re.sub(r"<meta http-equiv[^>]*>", "", page)  # its policy allows no scripts
    path = folder / "page.html"
    path.write_text(page.replace("</body>", f"<script>{script}</script></body>"), "utf-8")
    path.chmod(0o644)
    profile = Path(tempfile.mkdtemp(dir=folder))
    done = subprocess.run(
        [browser_for_tests(folder), f"--user-data-dir={profile}", "--headless", "--disable-gpu",
         "--no-first-run", "--dump-dom", path.as_uri()],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    found = re.search(r'data-out="([^"]*)"', done.stdout.decode())
    assert found, done.stderr.decode()[-2000:]
    return json.loads(html.unescape(found[1]))


@pytest.fixture
def open_folder():
    """Return a folder that another user can read."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize("name", ["signs", *sorted(path.name for path in SAMPLES.iterdir())])
def test_a_browser_finds_the_words_of_every_mark_at_its_place(name, open_folder):
    article = article_of(name)
    record = ArticleRecord(article.id, article.url, article.title, site_name="The Site")
    marks = [
        AnchoredMark(
            make_annotation(article, span.of(article.text) or " ", id=f"m{number}"),
            Anchored(span, "exact"),
        )
        for number, span in enumerate(spans_of(article))
        if letters(span.of(article.text))
    ]
    snapshot = snapshot_of(record, article, marks)
    assert snapshot.html == snapshot_of(record, article, marks[:1]).html
    placed = [mark for mark in marks if mark.annotation.id in snapshot.places]
    places = [snapshot.places[mark.annotation.id] for mark in placed]
    answers = resolved(snapshot.html, places, open_folder)
    assert len(placed) >= 0.98 * len(marks) > 20
    for mark, place, (words, index) in zip(placed, places, answers, strict=True):
        expected, shown = letters(mark.span.of(article.text)), letters(words)
        blocks = [
            article.blocks[at]
            for at in range(
                article.block_at(mark.span.start), article.block_at(mark.span.end - 1) + 1
            )
        ]
        if len(blocks) > 1 and any(
            block.kind in {"footnote", "image", "embed"} for block in blocks
        ):
            # The page shows the sign of a footnote and the name of a picture as well.
            assert shown.startswith(expected[:3])
            assert shown.endswith(expected[-3:])
        else:
            assert shown == expected
        assert index == place.sort_index
