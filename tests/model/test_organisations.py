"""Names of news agencies, which are no people."""

import pytest

from annotator.model.organisations import is_agency


@pytest.mark.parametrize(
    "name",
    [
        *("Reuters", "The Associated Press", "the canadian press", "Press Association"),
        *("AFP", "dpa.", "EFE", "新华社"),
    ],
)
def test_an_agency_is_known_by_its_name_or_its_initials(name):
    assert is_agency(name)


@pytest.mark.parametrize("name", ["Efe", "Sid", "Ann Lee", "Reuters Staff", "", "The The AFP"])
def test_a_person_with_the_initials_of_an_agency_is_none(name):
    assert not is_agency(name)
