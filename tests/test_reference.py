"""The pages of docs/reference: written from the program, and up to date."""

from documenting import ROOT
from documenting.pages import pages


def test_each_page_that_is_written_from_the_program_is_up_to_date():
    folder = ROOT / "docs" / "reference"
    assert {name: (folder / name).read_text("utf-8") for name in pages()} == pages(), (
        "run: make docs"
    )
