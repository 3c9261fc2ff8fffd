"""The importer of Anki reads the cards: all of them, and none of them twice.

Anki is no dependency of the tests: they look for it in this Python, or in the one that
ANNOTATOR_ANKI_PYTHON names.
"""

import json
import os
import subprocess
import sys

import pytest

from annotator.export.collection import CollectedArticle, Collection
from annotator.export.collections.anki import write_anki
from annotator.model import Claim
from builders import make_annotation, make_article
from collecting import placed, record_of

PYTHON = os.environ.get("ANNOTATOR_ANKI_PYTHON") or sys.executable
WORDS = (
    "The bridge costs 4 &amp; a <b>half</b> million; 橋 🌉 is “$x_1$” {{c1::new}} [sound:a.mp3]."
)
IMPORT = """
import json, sys
from anki.collection import Collection, ImportCsvRequest
collection = Collection(sys.argv[1])
told = []
for path in sys.argv[2:]:
    metadata = collection.get_csv_metadata(path=path, delimiter=None)
    log = collection.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
    told.append([len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)])
notes = [collection.get_note(note) for note in collection.find_notes("deck:annotator")]
cards = {note.guid: [list(note.fields), list(note.tags)] for note in notes}
print(json.dumps([told, cards, list(collection.media.check().missing)]))
"""


@pytest.fixture
def read_by_anki(tmp_path):
    """Return a function that imports texts one after another, and returns what Anki says."""
    has_anki = [PYTHON, "-c", "import anki.collection"]
    if subprocess.run(has_anki, capture_output=True, check=False).returncode:
        pytest.skip("Anki is not here")

    def read(*texts):
        paths = []
        for number, text in enumerate(texts):
            paths.append(tmp_path / f"{number}.txt")
            paths[-1].write_text(text, "utf-8")
        words = [PYTHON, "-c", IMPORT, tmp_path / "cards.anki2", *paths]
        done = subprocess.run(words, capture_output=True, check=True, timeout=120)
        return json.loads(done.stdout)

    return read


def cards(number, **fields):
    article = make_article(f"{WORDS}\n\nAnd more\tof it.", title="A <b>bridge</b>", byline=("Ann",))
    marks = [
        make_annotation(article, WORDS if n % 2 else "more", id=f"01kk{n:04d}",
                        tags=("town/roads", 'a"b c'), claim=Claim(speaker="Ann & Bo"), **fields)
        for n in range(number)
    ]  # fmt: skip
    found = CollectedArticle(record=record_of(article), marks=placed(marks))
    return "".join(write_anki(Collection(articles=[found])))


def test_anki_takes_every_card_once_and_changes_those_that_changed(read_by_anki):
    first, changed = cards(300, note="Old"), cards(300, note="New\nline")
    told, found, missing = read_by_anki(first, first, changed)
    assert [new for new, *_ in told] == [300, 0, 0]
    assert told[2][1] == 300
    assert len(found) == 300
    assert missing == []
    (front, back), tags = found["01kk0001"]
    assert front == (
        "<blockquote>The bridge costs 4 &amp;amp; a &lt;b&gt;half&lt;/b&gt; million; 橋 🌉 is "
        "“\\(x_1\\)” &#123;{c1::new}&#125; &#91;sound:a.mp3].</blockquote>"
    )
    assert "New<br>line" in back
    assert tags == ["a_b_c", "town::roads"]
