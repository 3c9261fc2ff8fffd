"""Lines at random, in every place, in a library with everything: nothing crashes or is drawn."""

import random

import pytest

from annotator.cli.plain.session import PLACES
from annotator.cli.plain.words import all_words
from annotator.store import Library
from varied_library import fill

EVERYWHERE = {word.does[1:] for word in all_words() if word.does.startswith("@")}
# What opens a window, reads the clipboard, or takes long.
LEFT_OUT = frozenset({"browse", "o", "follow", "@", "paste", "samples", "Y", "tour", "Q"})
ARGUMENTS = (
    *("", "1", "2", "99", "1-2", "all", "1 coal", "1 1", "1 2 x", "1: a note", "#x", "“a” b"),
    *(
        "1 “price” claim #t: n",
        "'",
        "1 supports 2",
        "2 opposes https://x.example/",
        "1 date 2026-13",
    ),
    *(
        "1 date 2026-13",
        "1 status disputed",
        "tag:x",
        "is:archived",
        "tag:",
        "(((",
        "-",
        "a",
        "title",
        "--json",
        "0",
    ),
)


@pytest.mark.parametrize("place", [*PLACES.names()])
def test_whatever_is_typed_the_session_goes_on_to_its_end(told, home, place):
    share, state = (home / ".local" / kind / "annotator" for kind in ("share", "state"))
    with Library.open(share, state=state) as library:
        fill(library)
    chance = random.Random(place)
    here = ["library", "1"] if place == "article" else [place if place in EVERYWHERE else "marks"]
    words = sorted(
        {
            name
            for word in all_words()
            if place in word.places
            for name in (*word.names, *word.letters)
        }
        - LEFT_OUT
    )
    lines = []
    for _ in range(12):
        lines += here
        lines += [f"{place} 1"] * (place in ("evidence", "similar"))
        lines += [f"{chance.choice(words)} {chance.choice(ARGUMENTS)}".strip() for _ in range(8)]
    assert "crashed" not in told(*lines).err
