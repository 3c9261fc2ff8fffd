"""Texts that were typed in dialogs when the program was ended."""

import pytest

from annotator.store import Library
from annotator.store.machine.state_files import MOST_TYPED


@pytest.fixture
def texts(tmp_path):
    return Library.open(tmp_path / "library", state=tmp_path / "state").typed_texts


def test_the_texts_of_a_dialog_are_kept_until_they_are_forgotten(texts):
    texts.keep("Note m1", {"text": "half a no"})
    texts.keep("Note m2", {"text": "another"})
    texts.keep("Note m1", {"text": "half a note"})
    assert texts.of("Note m1") == {"text": "half a note"}
    texts.keep("Note m1", {})
    assert texts.of("Note m1") == {}
    assert texts.of("Note m2") == {"text": "another"}


def test_of_too_many_dialogs_the_oldest_go(texts):
    for number in range(MOST_TYPED + 1):
        texts.keep(f"Note {number}", {"text": "words"})
    assert not texts.of("Note 0")
    assert texts.of("Note 1")
    assert texts.of(f"Note {MOST_TYPED}")
