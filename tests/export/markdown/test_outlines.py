"""Outlines are what their programs read: Logseq with mldoc, and Emacs with Org."""

import json
import os
import re
import shutil
import subprocess

import pytest
from msgspec.structs import replace

from annotator.export.exporters import NoteSource
from annotator.export.markdown.escaping import escape
from annotator.export.markdown.logseq import bullet, for_logseq, own_logseq
from annotator.export.markdown.note import write_note
from annotator.export.markdown.org import own_org
from annotator.export.markdown.presets import preset_named
from annotator.export.org_text import escape as escape_org
from annotator.export.org_text import escape_line
from annotator.model import Anchored, AnchoredMark, ArticleRecord, Claim, Span
from builders import make_annotation, make_article

AWKWARD = (
    r"He said [sic] that [the rate] \[x\] is [a link](http://a.b), x^{2}, y_{3}, \alpha, \(z\), "
    "text#tag, #tag, @@html: x@@, ^^h^^, ==h==, ((5f)), [[page]], {{macro}}, "
    "<2024-01-01 Mon>, id:: 5"
)
NOTE = """# Mine

See [the page](https://a.example/x), **bold**, *it*, `code` and [[Budget]].

- one
- two
  1. deep

> said

```python
* x
#+end_src
```

#+end_quote
"""
MLDOC = """
const {Mldoc} = require("mldoc"), given = require("fs").readFileSync(0, "utf8");
console.log(Mldoc.parseJson(given, JSON.stringify({
  toc: false, parse_outline_only: false, heading_number: false, keep_line_break: true,
  format: "Markdown", heading_to_list: false, exporting_keep_properties: false,
  inline_type_with_pos: false, inline_skip_macro: false, export_md_remove_options: [],
  hiccup_in_block: true, enable_drawers: true, parse_marker: true, parse_priority: true})));
"""
ORG_TREE = """(progn (require 'org) (find-file (car command-line-args-left))
  (princ (json-encode (vconcat (org-element-map (org-element-parse-buffer) 'headline
    (lambda (it) (vector (org-element-property :raw-value it)
      (vconcat (mapcar 'substring-no-properties (org-element-property :tags it)))
      (org-element-property :CUSTOM_ID it)))))))
  (princ "\\n")
  (princ (json-encode (org-element-map (org-element-parse-buffer)
    '(link src-block quote-block comment bold entity latex-fragment drawer)
    (lambda (it) (symbol-name (org-element-type it)))))))"""

has_emacs = pytest.mark.skipif(not shutil.which("emacs"), reason="Emacs is not installed")


def note_of(name, *, quote=AWKWARD, note=NOTE, tags=("a-b",)):
    article = make_article(f"Before.\n\n{quote}", title="A: title:", url="https://a.example/")
    start = article.text.index(article.blocks[-1].text)
    mark = make_annotation(article, "Before.", id="01aa", kind="claim", claim=Claim(speaker="Ada"))
    target = make_annotation(article, article.blocks[-1].text).target
    mark = replace(mark, target=target, note=note, tags=tags)
    placed = [AnchoredMark(mark, Anchored(Span(start, len(article.text))))]
    record = ArticleRecord(article.id, article.url, article.title)
    return write_note(NoteSource(article=article, placed=placed, record=record), preset_named(name))


def mldoc(text):
    done = subprocess.run(
        ["node", "-e", MLDOC], check=False, input=text.encode(), capture_output=True
    )
    if done.returncode:
        pytest.skip("mldoc is not installed")
    return [part for part, _ in json.loads(done.stdout)]


def kinds_in(value):
    if isinstance(value, list):
        if value and isinstance(value[0], str):
            yield value[0]
        for part in value:
            yield from kinds_in(part)
    elif isinstance(value, dict):
        yield from kinds_in(list(value.values()))


def test_logseq_has_escapes_of_its_own():
    assert for_logseq(escape("[sic] [1] a]")) == "[sic] [1] a]"
    assert for_logseq(escape("[a](b) [[c]] [^1]")) == "[a]\u200b(b) [\u200b[c]] [\u200b^1]"
    assert for_logseq(escape(r"x^{2} y_{3} \alpha a#b")) == r"x\^{2} y\_{3} \\alpha a\#b"
    assert for_logseq("`a\\]b` $x^{2}$") == "`a\\]b` $x^{2}$"


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("`a_{b}` `` c_{` ``", "`a_{b}` `` c_{` ``"),
        ("![a\\]](x_{) \\[b", "![a\\]](x_{) [b"),
        ("$a_{1}$ \\$b", "$a_{1}$ \\$b"),
        ("<2024 <b @@x a@b ^^h^^ a^b", "\\<2024 <b \\@@x a@b \\^^h\\^^ a^b"),
        ("\\](x \\] \\[x", "]\u200b(x ] [x"),
        ("a# #b", "a# \\#b"),
    ],
)
def test_what_logseq_would_read_otherwise_is_escaped_and_nothing_else(markdown, shown):
    assert for_logseq(markdown) == shown


@pytest.mark.parametrize(
    ("note", "own"),
    [
        ("a\n```\n- x\n````\n- y", "a\n```\n- x\n````\n* y"),
        ("~~~\n- a\n```\n- b\n~~~\n- c", "~~~\n- a\n```\n- b\n~~~\n* c"),
        ("+ a\n* b\n-c\n  - d", "* a\n* b\n-c\n  * d"),
        ("## H ##\n###### a\n####### b", "**H**\n**a**\n####### b"),
    ],
)
def test_items_and_headings_of_a_note_are_no_blocks_but_code_stays(note, own):
    assert own_logseq(note) == own


def test_the_lines_of_a_bullet_are_below_its_first():
    assert bullet("a\n\nb", "\t") == "\t- a\n\n\t  b"


def test_no_line_of_a_note_begins_a_block_of_an_outline():
    assert own_logseq("- a\n  - b\n\n# H\n```\n- x\n```\n") == "* a\n  * b\n\n**H**\n```\n- x\n```"


def test_a_mark_of_logseq_is_one_bullet_with_its_comments():
    note = note_of("logseq", note="Mine.")
    body = note.text.partition("\n\n")[2]
    assert re.findall(r"^- ", body.partition("**claim**")[2], re.MULTILINE) == []
    assert "- **claim** · [in the article](" in body
    assert re.search(r"#a-b <!-- annotator:begin 01aa \w+ -->\n  id:: ", body)
    assert body.endswith("\n\t- Mine.\n\t  <!-- annotator:end 01aa -->\n")


def test_what_logseq_indents_again_is_as_it_was(tmp_path):
    first = note_of("logseq", note="Mine.")
    article = make_article("Before.", title="A", url="https://a.example/")
    given = NoteSource(
        article=article,
        placed=(),
        record=ArticleRecord(article.id, article.url, "A"),
        before=first.text.replace("\t  <!-- annotator:end", "\t\t  <!-- annotator:end"),
        memory=first.memory,
        deleted={"01aa": "2026-03-14"},
        prunes=True,
    )
    assert "01aa" not in write_note(given, preset_named("logseq")).text


def test_mldoc_reads_the_words_of_a_page_as_words():
    tree = mldoc(note_of("logseq").text)
    quote = next(part for part in tree if part[0] == "Quote")
    assert set(kinds_in(quote)) <= {
        "Quote",
        "Paragraph",
        "Plain",
        "Break_Line",
        "Raw_Html",
        "Link",
    } | {"Complex", "http"}
    bullets = [part[1] for part in tree if part[0] == "Heading"]
    assert [bullet["level"] for bullet in bullets] == [1, 1, 2]


def test_a_note_of_markdown_is_one_of_org():
    org = own_org(NOTE)
    assert org.startswith(
        "*Mine*\n\nSee [[https://a.example/x][the page]], *bold*, /it/, ~code~ and"
    )
    assert "- one\n- two\n  1. deep\n\n#+begin_quote\nsaid\n#+end_quote\n\n" in org
    assert "#+begin_src python\n,* x\n,#+end_src\n#+end_src\n" in org
    assert not re.search(r"^#\+end_quote$", org.partition("#+end_src\n#+end_src")[2], re.MULTILINE)


def test_formulas_stay_formulas_and_no_word_at_the_end_is_a_tag():
    assert escape_org("Then $E_u$, of $5 or US$") == "Then $E_u$, of $5 or US\\dollar{}"
    assert escape_line("Done :tada:").endswith(":tada:\u200b")


@has_emacs
def test_emacs_reads_the_outline_that_was_meant(tmp_path):
    path = tmp_path / "note.org"
    path.write_text(note_of("org").text, "utf-8")
    done = subprocess.run(
        ["emacs", "--batch", "-Q", "--eval", ORG_TREE, str(path)],
        capture_output=True,
        check=True,
        env=os.environ | {"HOME": str(tmp_path)},
    )
    headings, kinds = map(json.loads, done.stdout.decode().splitlines()[:2])
    assert [heading[1:] for heading in headings] == [[[], None], [["a_b"], "a-01aa"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "link": 5,
        "src-block": 1,
        "quote-block": 2,
        "comment": 2,
        "bold": 2,
    }
