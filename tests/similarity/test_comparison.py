"""What two claims share, beside words that are equal."""

import pytest

from annotator.similarity import Wording
from annotator.similarity.comparison import compare
from annotator.similarity.reading import read


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Gestern schlossen die Betriebe.", "Gestern schloss der Obstbaubetrieb.", True),
        ("Gestern tagte der Rat.", "Gestern reichte der Vorrat.", False),
        ("Gestern schloss das Amt.", "Gestern schloss das Bauamt.", False),
    ],
)
def test_only_a_long_word_is_part_of_another_one(one, other, alike):
    mine, theirs = (read(Wording(text, language="de")) for text in (one, other))
    known = compare(mine, theirs).alike
    assert any(key in known for key in ("obstbaubetrieb", "vorrat", "bauamt")) == alike
