"""A library with text that a terminal would obey, as another program may have written it."""

import json
import re
import subprocess
import sys
import unicodedata

import pytest

from annotator.model import Claim, Link
from annotator.store import Library
from annotator.usecases.queries.saved_queries import save_query
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page

EVIL = "\x1b]0;owned\x07\x1b[2Jx\x9b31m\u202e\u2066\u200b\x08\x7fevil"
TEXT = f"Costs fell by nine percent {EVIL} in 2023. The mayor said so. And more of it."

ALL_IN_ONE = """
import json, sys
from annotator.cli import main
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["annotator", *arguments]
    print("#", main(), flush=True)
"""
ON_A_TERMINAL = "import pty, sys; pty.spawn(sys.argv[1:])"
OURS = re.compile(r"\x1b\[[\d;]*m|\r\x1b\[K|\r\n")  # colours, and progress
_OBEYED = {"Cc", "Cf", "Cs", "Co"}  # categories of Unicode


@pytest.fixture
def identity(home):
    """Keep an article with a mark, in which everything is hostile; return its id."""
    article = make_article(TEXT, title=f"A {EVIL} title", site_name=EVIL, byline=(EVIL,))
    other = make_article(TEXT, title=EVIL, url="https://example.org/other")
    claim = Claim(speaker=f"Ann {EVIL}", statement=EVIL, verdict=EVIL)
    how = {"tags": (f"tag{EVIL}",), "note": f"A note {EVIL}", "claim": claim}
    mark = make_annotation(article, "Costs fell by nine percent", **how)
    links = (Link("opposes", mark.id, EVIL), Link("supports", f"https://example.org/{EVIL}"))
    contrary = make_annotation(other, "Costs fell by nine percent", links=links, **how)
    share = home / ".local" / "share" / "annotator"
    with Library.open(share, state=home / ".local" / "state" / "annotator") as library:
        for each in (article, other):
            library.store(make_extraction(each, evidence=(EVIL,)), make_page(TEXT), now=MOMENT)
        library.put((mark, contrary))
        save_query(library, f"all {EVIL}", "has:note", now=MOMENT)
    return article.id


def test_no_command_passes_on_what_a_terminal_would_obey(home, identity):
    commands = [
        *([name] for name in ("list", "notes", "claims", "tags", "speakers", "similar", "stats")),
        *([name, "--json"] for name in ("list", "notes", "claims", "tags", "speakers", "doctor")),
        *(["show", identity, option] for option in ("--why", "--removed", "--check-worthy")),
        *(["show", identity, "--format", name] for name in ("text", "markdown", "html", "json")),
        *([name, identity] for name in ("show", "changes", "tag", "links", "export")),
        *(["export", "--format", name] for name in ("org", "bibtex", "anki", "table")),
        *(["search", "costs"], ["search", EVIL], ["review"], ["doctor"], ["cite", identity]),
        *(["export", "--to", f"folder{EVIL}"], ["add", f"/nowhere/{EVIL}"], [EVIL]),
        *(["tag", identity, EVIL], ["remove", identity], ["restore"], ["restore", identity]),
    ]
    arguments = [sys.executable, "-c", ALL_IN_ONE, json.dumps(commands)]
    done = subprocess.run(
        [sys.executable, "-c", ON_A_TERMINAL, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    shown = done.stdout.decode()
    assert shown.count("# ") >= len(commands), shown
    assert "# 70" not in shown  # nothing crashed
    left = OURS.sub("\n", shown).replace("\t", "").replace("\n", "")
    obeyed = [letter for letter in left if unicodedata.category(letter) in _OBEYED]
    assert obeyed == []
