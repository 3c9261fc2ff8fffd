from msgspec.structs import replace

from annotator.model import ArticleRecord, Claim, PassageDecision
from annotator.model.tsv import article_fields, as_line, decision_fields, mark_fields
from builders import make_annotation, make_article


def test_a_mark_is_a_line_of_fields():
    article = make_article("One two\n\nthree four.")
    mark = make_annotation(
        article, "two\n\nthree", id="m1", tags=("a", "b"), note="Why?\tNo\x1b[31m red."
    )
    line = as_line(mark_fields(mark))
    assert line == f"m1\t{article.id}\tclaim\ta,b\ttwo three\tWhy? No red.\t\topen"
    said = replace(mark, claim=Claim(speaker="Ann\tLee", status="disputed"))
    assert as_line(mark_fields(said)).endswith("\tWhy? No red.\tAnn Lee\tdisputed")


def test_fields_that_are_clean_stay_as_they_are():
    assert as_line(("a  b", "", "c")) == "a  b\t\tc"
    assert as_line(("a  b", "c\n")) == "a  b\tc"


def test_an_article_is_a_line_of_fields():
    record = ArticleRecord(
        "9a41", "https://example.org/a", "A title", site_name="Example", published="2024-05-12",
        minutes=7, state="reading", access="partial", tags=("a", "b"),
    )  # fmt: skip
    fields = ("9a41", "A title", "Example", "2024-05-12", "7", "reading", "partial", "a,b")
    assert article_fields(record) == fields


def test_a_decision_says_what_was_done_with_which_probability_by_which_rule_and_why():
    decision = PassageDecision(
        True, "scorer", "likely", "It reads so.", 0.9371, "paragraph", "a\nb"
    )
    assert decision_fields(decision) == ("kept", "0.94", "scorer/likely", "It reads so.", "a b")
    dropped = PassageDecision(False, "ads", "box-ad", "An ad.", None, "paragraph", "Buy.")
    assert decision_fields(dropped) == ("dropped", "", "ads/box-ad", "An ad.", "Buy.")
