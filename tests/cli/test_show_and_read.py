import json
import re

import pytest

from annotator.store import Library
from builders import make_article, make_extraction, make_page

SAMPLE = """<!doctype html><html lang="en"><head><title>How it was measured</title></head><body>
<article><h1>How it was measured</h1>
<p>The figures of this story were measured by three people in the course of two weeks in May.</p>
<h2>What came out</h2>
<ul><li>The first thing that they found was small.</li><li>The second was large.</li></ul>
<blockquote>
<p>We had not expected to see any of it, and we were glad when it was over.</p></blockquote>
<pre><code>def measure():
    return 42</code></pre>
<figure><img src="https://example.org/a.jpg" alt="A scale">
<figcaption>The scale that was used.</figcaption></figure>
<table><thead><tr><th>Day</th><th>Weight</th></tr></thead>
<tbody><tr><td>Monday</td><td>12 kg</td></tr>
<tr><td>Tuesday</td><td>13 kg</td></tr></tbody></table>
<p>It took them another week to write it all down, and one more to have it read by others.</p>
</article></body></html>"""


@pytest.fixture
def sample(home):
    path = home / "sample.html"
    path.write_text(SAMPLE, "utf-8")
    return path


def test_a_file_is_shown_cleaned_and_not_saved(run, story):
    done = run("show", story)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "The grid at night"
    assert (
        "Coal made two thirds of the power as late as 1990. It makes one hundredth of it now."
        in lines
    )
    assert run("list").out == ""


def test_a_saved_article_is_shown_by_a_prefix_of_its_id(run, kept, story):
    assert run("show", kept[:6]).out == run("show", story).out


def test_standard_input_is_shown(run):
    done = run("show", "-", stdin=b"A title\n\nAnd some text.\n")
    assert done.out == "A title\n\nAnd some text.\n"


def test_every_kind_of_block_has_its_shape(run, sample):
    out = run("show", sample).out
    assert "\nWhat came out\n" in out
    assert "• The first thing that they found was small.\n• The second was large.\n" in out
    assert "> We had not expected to see any of it" in out
    assert "    def measure():\n        return 42\n" in out
    assert "[Photo: The scale that was used.]" in out
    assert "\nMonday   12 kg\n" in out


def test_on_a_terminal_lines_fit_its_width_and_tables_are_aligned(terminal, sample):
    done = terminal("show", sample, columns=40, NO_COLOR="1")
    assert max(map(len, done.out.splitlines())) <= 40
    assert "Day      Weight\n" in done.out
    assert "Tuesday  13 kg\n" in done.out


def test_lines_are_no_wider_than_the_setting_even_on_a_wide_terminal(terminal, sample):
    done = terminal("show", sample, columns=150, NO_COLOR="1")
    assert 60 < max(map(len, done.out.splitlines())) <= 72


def test_colors_are_for_a_terminal_that_wants_them(terminal, run, sample):
    assert "\x1b[1m" in terminal("show", sample).out
    plain = terminal("show", sample, NO_COLOR="1").out
    assert re.findall(r"\x1b\[\d*m", plain) == []
    assert re.findall(r"\x1b\[\d*m", terminal("show", sample, TERM="dumb").out) == []
    assert "\x1b" not in run("show", sample).out


def test_json_has_the_article_its_text_and_the_removals(run, sample):
    plain = json.loads(run("show", sample, "--json").out)
    assert plain == json.loads(run("show", sample, "--format", "json").out)
    assert plain["article"]["title"] == "How it was measured"
    assert "We had not expected" in plain["text"]
    assert plain["completeness"]["access"] == "full"
    assert set(plain) >= {"removals", "revision", "word_count", "minutes", "extractor"}


def test_an_article_is_printed_as_markdown_and_html(run, sample):
    assert "## What came out" in run("show", sample, "--format", "markdown").out
    html = run("show", sample, "--format", "html").out
    assert "<h2" in html
    assert "Content-Security-Policy" in html


def test_an_unknown_format_is_refused_with_the_known_ones(run, sample):
    done = run("show", sample, "--format", "pdf")
    assert done.code == 2
    assert "text, json, markdown, html" in done.err


def test_what_was_removed_is_listed_with_its_rule_and_reason(run, home):
    path = home / "metered.txt"
    path.write_text(
        "A title\n\nThe first paragraph says something of some length here.\n\n"
        "Sign in here to read more.\n\nThe second paragraph goes on to say what else there is.\n\n"
        "You have 3 articles remaining.\n",
        "utf-8",
    )
    assert "Sign in here" not in run("show", path).out
    rows = [line.split("\t") for line in run("show", path, "--removed").out.splitlines()]
    assert {"Sign in here to read more.", "You have 3 articles remaining."} <= {
        row[0] for row in rows
    }
    assert all(rule and reason for _, rule, reason in rows)
    ledger = json.loads(run("show", path, "--removed", "--json").out)
    assert {"step", "rule", "reason", "text", "before"} <= set(ledger[0])


def test_decisions_about_passages_are_printed_in_the_order_of_the_page(run, home):
    path = home / "sample.html"
    path.write_text(SAMPLE.replace("<h2>", "<p>Sign in here to read more.</p><h2>"), "utf-8")
    rows = [line.split("\t") for line in run("show", path, "--why").out.splitlines()]
    verdicts = {row[4]: tuple(row[:3]) for row in rows}
    assert verdicts["Sign in here to read more."][::2] == ("dropped", "sign_in/sign-in-to-read")
    assert verdicts["What came out"][0] == "kept"
    assert 0 <= float(verdicts["What came out"][1]) <= 1
    assert [row[4] for row in rows].index("What came out") == 3
    told = json.loads(run("show", path, "--why", "--json").out)
    assert [each["text"] for each in told][1:3] == [row[4] for row in rows][1:3]
    assert {"is_kept", "step", "rule", "reason", "score", "kind"} <= set(told[0])


def test_decisions_are_printed_for_a_saved_article(run, sample):
    run("add", sample)
    kept = run("list").out.split("\t")[0]
    assert run("show", kept, "--why").out == run("show", sample, "--why").out


@pytest.fixture
def sites(home):
    """Write the user's rules for sites."""
    path = home / ".config" / "annotator" / "sites.toml"
    path.parent.mkdir(parents=True)
    return path


def test_the_users_rules_for_a_site_are_applied(run, sites, sample):
    sites.write_text('["herald.example"]\nremove = ["blockquote"]\n')
    words = "We had not expected to see any of it"
    assert words in run("show", sample).out
    ruled = run("show", sample, "--url", "https://www.herald.example/a")
    assert words not in ruled.out
    removed = run("show", sample, "--url", "https://www.herald.example/a", "--removed").out
    assert "site/blockquote" in removed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('["a.org"]\nremov = []', 'unknown setting "remov" (did you mean "remove"?)'),
        ('["a.org"]\nremove = ["p["]', "line 2: “p[” is not a valid CSS selector"),
    ],
)
def test_a_mistake_in_rules_for_sites_is_reported(text, words, run, sites, sample):
    sites.write_text(text)
    done = run("show", sample, "--url", "https://a.org/story")
    assert (done.out, words in done.err) == ("", True)
    assert str(sites) in done.err
    assert done.code != 0


def test_a_selector_that_is_none_fails_the_pages_of_its_site_alone(run, sites, sample):
    sites.write_text('["a.org"]\nremove = ["p["]')
    assert run("show", sample, "--url", "https://b.org/story").code == 0


def test_a_missing_file_and_an_unknown_id_are_reported(run):
    missing, unknown = run("show", "missing.txt"), run("show", "cafe")
    assert (missing.code, missing.out) == (3, "")
    assert "missing.txt" in missing.err
    assert (unknown.code, unknown.out) == (5, "")
    assert "cafe" in unknown.err


def test_an_incomplete_article_is_reported_on_standard_error(run, home):
    path = home / "walled.html"
    body = SAMPLE.replace(
        "</head>",
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
        '"headline":"How it was measured","isAccessibleForFree":false}</script></head>',
    )
    path.write_text(body, "utf-8")
    done = run("show", path)
    assert done.code == 0
    assert "paywall" in done.err
    assert "paywall" not in done.out


def test_reading_without_a_terminal_prints_the_text_and_saves_the_article(run, story):
    done = run("read", story, "--tag", "energy")
    assert done.code == 0
    assert done.out.startswith("The grid at night\n")
    [record] = json.loads(run("list", "--json").out)
    assert record["tags"] == ["energy"]


def test_reading_a_file_again_takes_in_what_was_changed_in_it(run, story):
    run("read", story)
    article = run("list").out.split("\t")[0]
    run("mark", article, "Ann Lee")
    assert run("read", story).err == ""
    story.write_text(story.read_text("utf-8").replace("1990", "1991") + "\nMore of it.\n", "utf-8")
    done = run("read", story)
    assert "as late as 1991" in done.out
    assert "The file has changed. Your marks and the version before are kept." in done.err
    assert run("list").out.split("\t")[0] == article
    assert run("list").out.count("\n") == run("notes").out.count("\n") == 1


def test_reading_a_saved_address_does_not_fetch(run, site):
    first = run("read", site.url("/bread"))
    del site.pages["/bread"]
    again = run("read", site.url("/bread"))
    assert again.code == 0
    assert again.out == first.out
    assert "Bread costs more" in again.out


def test_reading_by_a_prefix_of_an_id(run, kept):
    assert run("read", kept[:8]).out.startswith("The grid at night\n")


def test_an_article_is_read_line_by_line_from_a_mark_on(run, kept):
    made = json.loads(run("mark", kept, "two thirds of the power", "--json").out)
    assert made["address"] == f"{made['article']['id']}#{made['id']}"
    done = run("read", "--plain", made["address"], stdin=b"q\n")
    assert "Coal made two thirds" in done.out
    assert "The national grid" not in done.out
    assert run("read", f"{kept}#nothing").err.startswith("Error: No mark “nothing” in")


def test_an_article_is_read_from_a_mark_on_that_is_named_by_its_id_alone(run, kept):
    made = json.loads(run("mark", kept, "two thirds", "--json").out)["id"]
    assert made[:2] == "01"
    out = run("read", "--plain", made[:12].upper(), stdin=b"m 1\n").out
    assert "\n3. Coal made" in out
    assert "no longer" not in out
    assert "Ann Lee" in run("show", made).out
    assert "Ids are those that `annotator list`" in run("read", "zzzz").err


def test_a_file_named_like_the_address_of_a_mark_is_read(run, home, tmp_path):
    (tmp_path / "ab#cd").write_text("A title\n\nAnd some text.\n", "utf-8")
    assert "And some text." in run("read", "ab#cd").out


def test_an_address_with_only_an_error_page_saved_is_fetched_again(run, site, home, moment):
    data, state = (home / ".local" / name / "annotator" for name in ("share", "state"))
    article = make_article("Something went wrong.", url=site.url("/bread"))
    with Library.open(data, state=state) as library:
        broken = make_extraction(article, access="error_page")
        library.store(broken, make_page(url=article.url), now=moment)
    assert run("read", article.url).out.startswith("Bread costs more\n")


def test_a_file_wins_over_an_id_of_the_same_spelling_and_a_folder_does_not(run, kept, tmp_path):
    (tmp_path / kept[:4]).mkdir()
    assert run("show", kept[:4]).out.startswith("The grid at night\n")
    (tmp_path / kept[:5]).write_text("Another title\n\nAnd another text.\n", "utf-8")
    assert run("show", kept[:5]).out.startswith("Another title\n")


def test_check_worthy_sentences_are_listed_best_first(run, story):
    lines = run("show", story, "--check-worthy").out.splitlines()
    worths = [float(line.split("\t")[0]) for line in lines]
    assert "Coal made two thirds of the power as late as 1990." in {
        line.split("\t")[1] for line in lines
    }
    assert worths == sorted(worths, reverse=True)
    assert worths[-1] >= 0.5


def test_check_worthy_sentences_in_json_have_offsets(run, story):
    found = json.loads(run("show", story, "--check-worthy", "--json").out)
    text = json.loads(run("show", story, "--json").out)["text"]
    assert all(text[each["start"] : each["end"]] == each["text"] for each in found)
    assert all(0.5 <= each["worth"] <= 1 for each in found)
    assert found


def test_an_article_without_check_worthy_sentences_says_so(run):
    done = run("show", "-", "--check-worthy", stdin=b"A title\n\nWhat a day!\n")
    assert done.out == ""
    assert "No check-worthy sentences found." in done.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--removed", "--why"), "Choose one of --removed and --why."),
        (("--json", "--format", "html"), "Choose one of --json and --format html."),
        (("--why", "--format", "html"), "--why cannot be printed as html. Choose text or json."),
    ],
)
def test_options_that_exclude_each_other_are_refused(run, story, options, words):
    done = run("show", story, *options)
    assert done.code == 2
    assert words in done.err
