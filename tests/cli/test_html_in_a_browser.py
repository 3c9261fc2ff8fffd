"""Hostile pages, notes and tags through the whole way to an HTML page, opened in Chromium.

Whatever they try, the page is as it should be: no script of theirs runs, nothing is asked
of any server, and the browser has nothing to report.
"""

import html
import json
import re
import subprocess
import tempfile
from pathlib import Path

import pytest

from browsers import browser_for_tests
from serving import serve
from waiting import PATIENCE

pytestmark = pytest.mark.slow

ATTACKS = Path(__file__).parents[3] / "shared" / "attacks"

# The browser may start no service of its own, so that all that is asked for comes from the page.
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--virtual-time-budget=3000",
    "--enable-logging=stderr",
    "--dump-dom",
)

TRIED = "document.documentElement.setAttribute('data-ran','yes')"
ATTEMPTS = (
    "<script>{run};fetch('{url}')</script>",
    "</script><script>{run}</script>",
    "</style><img src='{url}' onerror=\"{run}\">",
    "</title><svg/onload=\"{run}\"><image href='{url}'></svg>",
    '"><img src={url} onerror={run}>',
    "' autofocus onfocus={run} x='",
    "--><script src='{url}'></script>",
    "<iframe src='{url}'></iframe><object data='{url}'></object><embed src='{url}'>",
    "<meta http-equiv=refresh content='0;url={url}'><base href='{url}'>",
    "<link rel=stylesheet href='{url}'><style>@import '{url}';*{{background:url({url})}}</style>",
    "<a href=\"javascript:{run}\" ping='{url}'>x</a><form action='{url}'><input autofocus></form>",
    "<math><mtext></p><style><img src='{url}' onerror={run}></style></mtext></math>",
    "&lt;script&gt;{run}&lt;/script&gt;",
    "<video poster='{url}'><source src='{url}' onerror={run}></video>",
    "<p style=\"background:url('{url}')\" onmouseover={run} onfocus={run} tabindex=0>x</p>",
    "<details open ontoggle={run}>x</details><template><img src='{url}'></template>",
)

WORDS = "The river ran past the mill, slowly in summer and fast in spring, for a hundred years."
PASSAGE = "In 1804 a second wheel was built"


def attempts(url):
    return [each.format(run=TRIED, url=f"{url}?{n}") for n, each in enumerate(ATTEMPTS)]


def batched(words):
    """Return the words in fours, one for each field of a mark."""
    return [words[first : first + 4] for first in range(0, len(words), 4)]


def hostile_page(attempt):
    """Return a page that tries it as markup, and again as text and in what it says of itself."""
    told, in_data = html.escape(attempt), json.dumps({"@type": "Article", "headline": attempt})
    in_data = in_data.replace("</", "<\\/")
    return (
        f'<!doctype html><html lang="{told}"><head><title>{told}</title>'
        f'<meta name="author" content="{told}"><meta property="og:site_name" content="{told}">'
        f'<script type="application/ld+json">{in_data}</script></head><body><article>'
        f"<h1>{told}</h1><p>{WORDS}</p><p>{told} {PASSAGE}, and {WORDS}</p><p>{attempt} {WORDS}</p>"
        f'<figure><img src="https://a.example/{told}.png" alt="{told}">'
        f"<figcaption>{told}</figcaption></figure>"
        f"<ul><li>{WORDS}</li><li>{told}</li></ul><pre><code>{told}</code></pre>"
        f'<p><a href="{told}">{WORDS}</a></p><p>{WORDS}</p></article></body></html>'
    ).encode()


@pytest.fixture
def browser(tmp_path):
    """Return the path of a browser; skip the test where none can run."""
    return browser_for_tests(tmp_path)


def opened(page, browser):
    """Return the elements of a page after its script ran, and what the browser's console has."""
    with tempfile.TemporaryDirectory() as name:  # which the browser's own user can read
        folder = Path(name)
        folder.chmod(0o755)
        profile = folder / "profile"
        profile.mkdir()
        shown = folder / "page.html"
        shown.write_bytes(page.read_bytes())
        shown.chmod(0o644)
        done = subprocess.run(
            [browser, *OPTIONS, f"--user-data-dir={profile}", shown.as_uri()],
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    log = done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "replace"), re.findall(r".*CONSOLE.*", log)


def assert_harmless(page, browser):
    elements, console = opened(page, browser)
    assert console == []
    assert 'class="has-script"' in elements  # the program's own script did run
    root = re.search(r"<html[^>]*>", elements)
    assert root
    assert "data-ran" not in root[0]
    assert elements.count("<script") == elements.count("<style") == 1
    assert not re.search(
        r"<(?:img|iframe|object|embed|link|base|form|video|svg|template)\b", elements
    )


def test_nothing_that_a_page_or_a_note_tries_has_an_effect(run, home, browser):
    with serve({}) as site, serve({}) as witness:
        tried = attempts(witness.url("/stolen"))
        for number, attempt in enumerate(tried):
            site.pages[f"/{number}"] = hostile_page(attempt)
        assert run("add", *(site.url(path) for path in site.pages)).code == 0
        for path, words in zip(site.pages, batched(tried), strict=False):
            note, speaker, verdict, statement = words
            done = run(
                *("mark", site.url(path), PASSAGE, "--kind", "claim", "--tag", note[:60]),
                *("--note", note, "--speaker", speaker),
                *("--verdict", verdict, "--statement", statement),
            )
            assert done.code == 0, done.err
        ids = [each["id"] for each in json.loads(run("list", "--json").out)]
        done = run("export", "--format", "html", "--to", home / "all.html", *ids)
        assert done.err == f"{len(tried)} articles, {len(tried) // 4} marks.\n"
        assert_harmless(home / "all.html", browser)
        assert witness.statuses == []


@pytest.mark.skipif(not ATTACKS.exists(), reason="no collection of attacks here")
def test_a_collection_of_hostile_pages_has_no_effect(run, home, browser):
    cases = json.loads((ATTACKS / "manifest.json").read_text("ascii"))["cases"]
    files = [ATTACKS / each["file"] for each in cases if each["kind"] == "html" and "file" in each]
    run("add", *files)  # some are no articles, and are refused
    kept = json.loads(run("list", "--json").out)
    assert kept
    notes = [each["input"] for each in cases if each["kind"] in {"markdown", "markup", "href"}]
    with serve({"/a": hostile_page("<b>")}) as site:
        assert run("add", site.url("/a")).code == 0
        for note in notes:
            mark = ("mark", site.url("/a"), PASSAGE, "--note", note)
            assert run(*mark, "--speaker", note).code == 0
    ids = [each["id"] for each in json.loads(run("list", "--json").out)]
    done = run("export", "--format", "html", "--to", home / "all.html", *ids)
    assert done.err.startswith(f"{len(kept) + 1} articles, {len(notes)} marks")
    assert_harmless(home / "all.html", browser)
