"""Interviews: turns of speakers, also with inserts between them."""

import pytest

from annotator.extract import extract

TURNS = {
    "What did you see first?": "The lamp of the mill. It stood on the water, and I saw it move.",
    "And then?": "Nothing. We waited.",
    "Were you afraid?": "Yes. My mother counted us every hour, and each time forgot herself.",
    "How did you get out?": "By boat, on the second day. The ferryman of Ost came for us.",
    "Did you go back?": "Every summer. The mark on the church wall is higher than I am.",
    "What do you tell your children?": "That water has no memory, and that we need one for it.",
}
STYLES = {
    "names": ("<p><b>Herald:</b> {}</p>", "<p><b>Ada Lund:</b> {}</p>"),
    "letters": ("<p>Q: {}</p>", "<p>A: {}</p>"),
    "bold": ("<p><strong>{}</strong></p>", "<p>{}</p>"),
    "headings": ("<h3>{}</h3>", "<p>{}</p>"),
}
INSERT = (
    "</div><div class=newsletter-promo><h3>Subscribe</h3><form><input type=email></form></div>"
    "<div class='body more'>"
)
KIND = "Read as an interview."


def interview(style: str, insert: str = INSERT) -> str:
    question, answer = STYLES[style]
    turns = [question.format(q) + answer.format(a) for q, a in TURNS.items()]
    start, end = "".join(turns[:3]), "".join(turns[3:])
    return (
        "<h1>“Water has no memory”</h1><div class='body first'><p>Ada Lund was nine years old when "
        f"the dike at Marl broke. She lives on the hill now.</p>{start}{insert}{end}</div>"
    )


@pytest.mark.parametrize("style", STYLES)
def test_an_insert_does_not_cut_an_interview(page, style):
    extraction = extract(page(interview(style), url="https://herald.example/interview-ada-lund"))
    text = extraction.article.text
    assert all(question in text and answer in text for question, answer in TURNS.items())
    assert "Subscribe" not in text
    assert extraction.completeness.evidence == (KIND,)


def test_answers_to_frequent_questions_are_no_interview(page):
    asked = "".join(
        f"<h3>How high is dike {n}?</h3><p>Dike {n} is {n} metres high, as all dikes of the valley "
        "that were built in the same year.</p>"
        for n in range(2, 8)
    )
    assert KIND not in extract(page(f"<h1>Dikes</h1>{asked}")).completeness.evidence


def test_a_blog_with_questions_as_headings_is_no_interview(page):
    assert KIND not in extract(page(interview("headings"))).completeness.evidence


def test_lines_with_labels_are_no_interview(page):
    lamps = "".join(
        f"<h3>Lamp {n}</h3><p>Price: {n} crowns, and less on the market of Ost on Mondays.</p>"
        "<p>Light: As much as a candle gives, if the wick is cut in time.</p>"
        for n in range(2, 8)
    )
    assert KIND not in extract(page(f"<h1>Lamps</h1>{lamps}")).completeness.evidence
