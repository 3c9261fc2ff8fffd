"""The main job, by keys: what people install does it on a terminal, on this Python.

Run it with `-s` to see how long each step took.
"""

import os
import sys
from pathlib import Path

import pytest

from terminals import Terminal

pytestmark = pytest.mark.slow

ARTICLE = Path(__file__).parents[2] / "sample_articles" / "opinion--metered.html"
LIMIT = 3.0  # seconds from a key to what it shows, on a machine with nothing else to do

LIBRARY, READER = "Enter Read t Tags", "READ s Mark"
ROW = "Cheap Batteries Will Not Build the Grid The Harbour Rev… today 4"

# What is done, the keys, what the screen then shows, and what it no longer shows.
STEPS = (
    ("open the library", "", "Your library is empty."),
    ("ask for an address", "a", "Web addresses, or paths"),
    ("type it", str(ARTICLE), ARTICLE.name),
    ("add the article", "\r", "1 of 1 added"),
    ("close the dialog", "\x1b", ROW, "1 of 1 added"),  # the row can be seen behind it
    ("read it", "\r", READER),
    ("choose a sentence", "s", "SENTENCE Enter Claim"),
    ("mark it", "\r", "◆ claim"),
    ("ask for tags", "t", "Tags of this mark"),
    ("tag it", "energy\r", "◆ claim · #energy"),
    ("open the details", "e", "Claim details"),
    ("fill them in", "Storage is easy.\x13", "◆ claim · #energy"),
    ("leave the article", "q", f"{ROW} 1"),
    ("list the marks", "C", "Statement Storage is easy. │ Tags #energy"),
    ("leave the list", "q", LIBRARY),
    ("ask for an export", "E", "Export 1 article"),
    ("export", "\r", "annotator: 1 new."),
    ("move the article to the bin", "x", "Your library is empty."),
    ("look into the bin", "B", "BIN + Restore"),
    ("restore the article", "+", "The bin is empty."),
    ("leave the bin", "q", f"{ROW} 1"),
)


def limit() -> float:
    """Return the seconds for a key: more, where processes wait for the same processors."""
    return LIMIT * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@pytest.mark.timeout(300)
def test_the_main_job_by_keys(python, environment, tmp_path):
    command = [str(python.with_name("annotator"))]
    took = []
    with Terminal(command, environment=environment, cwd=tmp_path) as terminal:
        for does, keys, shows, *gone in STEPS:
            seconds = terminal.type(keys).sees(shows)
            for words in gone:
                terminal.loses(words)
            took.append((does, seconds, limit()))
        assert terminal.type("q").ended() == 0
        assert terminal.is_as_before
    sys.stdout.write(_protocol(took))
    assert [step for step in took if step[1] > step[2]] == []
    (note,) = (tmp_path / "annotator").glob("*.md")
    assert "Storage has become the easy part." in note.read_text("utf-8")


def _protocol(took) -> str:
    lines = (f"  {seconds:5.2f} s  {does}" for does, seconds, _ in took)
    return "\n".join([f"Python {sys.version.split()[0]}", *lines, ""])
