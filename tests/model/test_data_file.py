"""Tables of words beside the code."""

from annotator.model.data_file import word_table


def test_a_cell_is_found_by_the_first_of_its_line_and_by_its_column():
    months = word_table("annotator.model", "months.tsv")
    assert list(months)[:2] == ["Jan", "Feb"]
    assert "janvier" in months["Jan"]["names"].split()
