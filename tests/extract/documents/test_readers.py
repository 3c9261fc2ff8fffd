import pytest

from annotator.errors import CleaningError
from annotator.extract import read_document, unpack
from annotator.extract.documents.readers import READERS
from annotator.model import Document


def test_a_kind_without_a_reader_is_refused_with_what_to_do():
    document = Document("", b"GIF", "image/x-map")
    for read in (unpack, read_document):
        with pytest.raises(CleaningError, match="image/x-map, which cannot") as refused:
            read(document)
        assert refused.value.hint


def test_every_reader_can_be_loaded():
    assert all(reader.read or reader.unpack for reader in READERS.parts())
