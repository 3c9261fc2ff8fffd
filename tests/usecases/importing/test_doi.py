"""A DOI that an import brings stays with its article, and is in the bibliographies."""

import json

import pytest
from msgspec.structs import replace

from annotator.importing.item import ImportedItem
from annotator.usecases.exporting.export_collection import collection_export
from annotator.usecases.importing.plan import _JoinedItems
from annotator.usecases.importing.run import ImportOptions, run_import

pytestmark = pytest.mark.asyncio
ITEM = ImportedItem(url="https://example.org/a", doi="10.1000/182", title="On bread")


async def imported(library, item, now):
    collected = _JoinedItems()
    collected._join("list", "file.bib", item)
    await run_import(library, collected.plan(), ImportOptions(may_fetch=False), now=now)
    [record] = library.records()
    return record


async def test_a_doi_is_kept_and_exported(library, moment):
    record = await imported(library, ITEM, moment)
    assert record.doi == "10.1000/182"
    bibtex = "".join(collection_export(library, (), format_name="bibtex").pieces())
    assert "doi = {10.1000/182}" in bibtex
    [reference] = json.loads(
        "".join(collection_export(library, (), format_name="csl-json").pieces())
    )
    assert (reference["DOI"], reference["URL"]) == ("10.1000/182", "https://example.org/a")
    data = json.loads("".join(collection_export(library, (), format_name="json").pieces()))
    assert data["articles"][0]["record"]["doi"] == "10.1000/182"


async def test_an_article_that_is_here_gets_the_doi_that_it_lacks(library, moment):
    record = await imported(library, replace(ITEM, doi=""), moment)
    assert not record.doi
    assert (
        b"doi" not in (library.folder / next(library.folder.rglob("annotations.json"))).read_bytes()
    )
    record = await imported(library, ITEM, moment)
    assert record.doi == "10.1000/182"
