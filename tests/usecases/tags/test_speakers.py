import pytest

from annotator.errors import InvalidInput, NotInLibrary
from annotator.model import Claim
from annotator.store import SpeakerUse
from annotator.usecases.tags.speakers import (
    matching_speaker,
    merge_speakers,
    speaker_uses,
    suggested_merges,
)
from builders import make_annotation, make_article, make_extraction, make_page

NAMES = ("Xi", "Xi Jinping", "xi jinping", "Ann Lee", "")


@pytest.fixture
def quoted(library, moment):
    """Return marks with these speakers, over two articles."""
    made = []
    for number in range(2):
        url = f"https://example.org/{number}"
        article = make_article("Prices rose by a tenth. Wages did not.", url=url)
        library.store(make_extraction(article), make_page(url=url), now=moment)
        made += [
            make_annotation(article, "Prices rose", claim=Claim(speaker=name, status="disputed"))
            for name in NAMES[number::2]
        ]
    library.put(made)
    return made


def uses(*names: str) -> list[SpeakerUse]:
    return [SpeakerUse(name, 1, name.casefold()) for name in names]


def suggested(*names: str) -> list[tuple[str, str]]:
    return [(each.keep.name, each.other.name) for each in suggested_merges(uses(*names))]


def test_speakers_are_counted_whatever_the_case_of_their_names(library, quoted):
    found = [(each.name.casefold(), each.count) for each in speaker_uses(library)]
    assert found == [("ann lee", 1), ("xi", 1), ("xi jinping", 2)]


def test_a_renamed_speaker_keeps_the_other_details_and_similar_names_stay(library, quoted, later):
    step = merge_speakers(library, ["XI"], "President Xi", now=later)
    assert library.annotation(quoted[0].id).claim == Claim(
        speaker="President Xi", status="disputed"
    )
    assert [each.count for each in speaker_uses(library)] == [1, 1, 2]
    assert (step.name, step.extent) == ("Rename speaker", "1 mark")


def test_speakers_are_merged_in_one_step_that_undo_takes_back(library, quoted, later):
    step = merge_speakers(library, ["Xi", "Xi Jinping"], "Xi Jinping", now=later)
    assert [(each.name, each.count) for each in speaker_uses(library)] == [
        ("Ann Lee", 1),
        ("Xi Jinping", 3),
    ]
    assert step.name == "Merge speakers"
    step.undo(library, now=later)
    assert [library.annotation(mark.id).claim.speaker for mark in quoted] == [
        mark.claim.speaker for mark in quoted
    ]


def test_a_speaker_needs_a_name_and_must_be_known(library, quoted, later):
    with pytest.raises(InvalidInput, match="needs a name"):
        merge_speakers(library, ["Xi"], "  ", now=later)
    with pytest.raises(NotInLibrary, match="“Jinping”"):
        merge_speakers(library, ["Xi", "Jinping"], "Xi Jinping", now=later)
    assert len(speaker_uses(library)) == 3


@pytest.mark.parametrize(
    ("keep", "other"),
    [
        ("Xi Jinping", "Xi"),
        ("President Xi Jinping", "Xi Jinping"),
        ("Xi Jinping", "Jinping Xi"),
        ("Angela Merkel", "A. Merkel"),
        ("José García", "Jose Garcia"),
        ("Xi Jinping", "Xi Jingping"),
    ],
)
def test_names_that_may_be_of_one_person_are_suggested(keep, other):
    assert suggested(keep, other) == [(keep, other)]


@pytest.mark.parametrize(
    "names",
    [
        ("Ann Lee", "Ben Lee"),
        ("Ann Lee", "Ann Smith"),
        ("Smith", "Smyth"),
        ("George Bush", "Gerald Ford"),
        ("習近平", "习近平"),
        ("!", "?"),
    ],
)
def test_names_of_two_people_are_not_suggested(names):
    assert suggested(*names) == []


def test_the_name_with_more_marks_is_kept_among_spellings():
    pair = [SpeakerUse("Xi Jingping", 1, "xi jingping"), SpeakerUse("Xi Jinping", 9, "xi jinping")]
    assert [each.keep.name for each in suggested_merges(pair)] == ["Xi Jinping"]


def test_what_was_typed_is_completed_by_its_beginning_then_by_a_later_word():
    found = uses("Jinping Lee", "Xi Jinping")
    assert matching_speaker(found, "xi") == "Xi Jinping"
    assert matching_speaker(found, "JIN") == "Jinping Lee"
    assert matching_speaker(found, "lee") == "Jinping Lee"
    assert matching_speaker(found, "in") == ""
    assert matching_speaker(uses("Xi", "Xi Jinping"), "xi") == "Xi Jinping"
    assert matching_speaker(found, " ") == ""
