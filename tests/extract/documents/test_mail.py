"""Messages: their text, what they say of themselves, and nothing that was made for one reader."""

from email.message import EmailMessage

import pytest

from annotator.errors import CleaningError
from annotator.extract import explain_document, read_document, unpack
from annotator.extract.documents.mail import without_tracking
from annotator.model import Document
from annotator.model.document import MAIL, kind_of

RAIN = (
    "It rained all day, and the keeper of the weir wrote down the height of the water, as he had "
    "done on every day of the year for as long as anybody in the valley could remember."
)
SNOW = (
    "It snowed all night, and nobody came to the weir until the road was free again, so that the "
    "numbers of the week were read aloud to an empty room, which was not unusual either."
)
HEAD = (
    "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/{}; boundary=b\n\n"
)
TOKEN = "a8F3kQ92LmZx7Pw1"


def message(html="", plain="", **fields):
    made = EmailMessage()
    names = {"From": "Ann Lee <ann@home.example>", "Date": "Wed, 01 May 2024 07:30:00 +0200"}
    for name, value in (names | {"Subject": "Rain"} | fields).items():
        made[name.replace("_", "-")] = value
    made.set_content(plain or "See the other part.")
    if html:
        made.add_alternative(html, subtype="html")
    return made.as_bytes()


def read(data, url="file:///mail/rain.eml"):
    assert kind_of(data) == MAIL
    return read_document(unpack(Document(url, data, MAIL)))


def newsletter(body, **fields):
    listed = {"List_Id": '"River Letter" <letter.river.example>'}
    return message(
        f"<html><body><p>{RAIN}</p>{body}<p>{SNOW}</p></body></html>", **listed, **fields
    )


def addresses(extraction):
    article = extraction.article
    links = {mark.href for block in article.blocks for mark in block.marks if mark.href}
    return links | {block.source for block in article.blocks if block.source}


def test_a_newsletter_is_an_article_of_its_publication():
    article = read(newsletter("")).article
    assert article.text == f"{RAIN}\n\n{SNOW}"
    assert (article.title, article.site_name, article.byline) == ("Rain", "River Letter", ())
    assert article.published == "2024-05-01T07:30:00+02:00"
    assert article.url == "file:///mail/rain.eml"


def test_a_letter_is_an_article_of_its_sender():
    article = read(message(plain=f"{RAIN}\n\n{SNOW}\n")).article
    assert article.text == f"{RAIN}\n\n{SNOW}"
    assert (article.title, article.byline) == ("Rain", ("Ann Lee",))


def test_a_message_from_standard_input_is_known_by_its_own_name():
    data = message(plain=f"{RAIN}\n\n{SNOW}", Message_ID="<1@home.example>")
    assert read(data, url="").article.url == "mid:1@home.example"


@pytest.mark.parametrize(
    "fields",
    [
        {"Archived_At": "<https://river.example/p/rain>"},
        {"List_Post": "<https://river.example/p/rain?utm_source=mail&u=SECRET1234567890123>"},
    ],
)
def test_the_address_is_that_of_the_archive(fields):
    assert read(newsletter("", **fields)).article.url == "https://river.example/p/rain"


def test_the_address_is_where_it_can_be_read_in_a_browser():
    link = "<a href='https://river.example/p/rain?utm_source=email&e=ann@home.example'>{}</a>"
    for words in ("View in browser", "Read online", "Im Browser ansehen", "Voir en ligne"):
        url = read(newsletter(f"<p>{link.format(words)}</p>")).article.url
        assert url == "https://river.example/p/rain"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://river.example/p/rain", "https://river.example/p/rain"),
        ("https://river.example/p/rain?page=2", "https://river.example/p/rain?page=2"),
        ("https://river.example/rain?utm_source=x&mc_eid=1", "https://river.example/rain"),
        ("https://river.example/rain?email=ann%40home.example", "https://river.example/rain"),
        (f"https://river.example/rain?x={TOKEN}", "https://river.example/rain"),
        (
            f"https://t.example/c?u={TOKEN}&to=https%3A%2F%2Friver.example%2Fa",
            "https://river.example/a",
        ),
        (f"https://t.example/CL0/https:%2F%2Friver.example%2Fa/1/{TOKEN}", ""),
        (f"https://t.example/click/{TOKEN}", ""),
        (
            "https://t.example/ls/click?upn=1",
            "",
        ),
        ("https://river.example/unsubscribe?u=1", ""),
        (
            "https://river.example/2024/05/a-very-long-name-of-an-article-with-19-words",
            "https://river.example/2024/05/a-very-long-name-of-an-article-with-19-words",
        ),
        ("https://ann:secret@river.example/a", "https://river.example/a"),
        ("https://river.example/u/ann@home.example", ""),
        ("http://[", ""),
        ("https://a.us1.list-manage.com/about?u=1&id=2&e=3", ""),
        ("https://river.example/r/1b2c3d4e-5f6a-7b8c-9d0e-1f2a3b4c5d6e?j=1", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_an_address_is_kept_without_what_names_the_reader(address, kept):
    assert without_tracking(address) == kept


def test_no_address_that_was_made_for_one_reader_is_in_the_article():
    body = (
        f"<p>The <a href='https://t.example/c?u={TOKEN}&to=https%3A%2F%2Friver.example%2Fsource'>"
        f"source</a> of the river, <a href='https://t.example/l/{TOKEN}'>somewhere</a> in the "
        "hills, was dry for the first time since anybody wrote about it in a letter like this.</p>"
        f"<img src='https://t.example/open.gif?u={TOKEN}' width=1 height=1>"
        f"<img src='https://cdn.example/{TOKEN}/river.jpg' width=600 height=400 alt='The river'>"
        f"<p><a href='https://river.example/unsubscribe?u={TOKEN}'>Unsubscribe</a></p>"
    )
    extraction = read(newsletter(body, List_Unsubscribe=f"<https://river.example/u?{TOKEN}>"))
    assert addresses(extraction) == {"https://river.example/source"}
    everything = repr(extraction) + repr(explain_document(Document("", newsletter(body), MAIL)))
    assert TOKEN not in everything
    assert "unsubscribe?" not in everything


def test_addresses_in_plain_text_lose_their_tokens_too():
    text = f"{RAIN}\n\nSee https://river.example/a?utm_source=x and <https://t.example/l/{TOKEN}>."
    assert TOKEN not in repr(read(message(plain=text)))
    assert "https://river.example/a and" in read(message(plain=text)).article.text
    shown = newsletter(f"<p>{SNOW} See https://t.example/l/{TOKEN}</p>")
    assert TOKEN not in repr(read(shown))


def test_a_message_that_is_encrypted_is_refused():
    data = HEAD.format("encrypted").encode() + b"--b--"
    with pytest.raises(CleaningError, match="encrypted") as refused:
        read(data)
    assert refused.value.hint


@pytest.mark.parametrize(
    "fields",
    [
        {"Subject": "=?utf-8?q?=1B[31mRed=C2=9B=E2=80=AE?="},
        {"Subject": "=?utf-8?b?broken?=", "Date": "Wed, 99 Foo 2024 99:99:99 +9999"},
        {"From": "=?x-unknown?q?a?= <a@b>, , <", "List_Id": "\u202e<x>"},
    ],
)
def test_hostile_fields_reach_no_terminal(fields):
    data = message(plain=f"{RAIN}\n\n{SNOW}")
    head, _, body = data.partition(b"\n\n")
    for name, value in fields.items():
        head = head.replace(b"Subject: Rain", b"Subject: Rain\nX-" + name.encode() + b": 1")
        lines = [line for line in head.split(b"\n") if not line.startswith(name.encode() + b":")]
        head = b"\n".join([f"{name.replace('_', '-')}: {value}".encode(), *lines])
    article = read_document(Document("", head + b"\n\n" + body, MAIL)).article
    assert all(text.isprintable() for text in (article.title, article.site_name, *article.byline))
    assert article.text.startswith(RAIN)


def test_a_message_that_ends_early_is_labelled_as_cut_off():
    whole = newsletter(f"<p>{RAIN} {SNOW}</p>")
    assert read(whole).completeness.access == "full"
    half = read(whole[: whole.rindex(b"nobody")]).completeness
    assert half.access == "partial"
    assert "The page was cut off" in " ".join(half.evidence)


@pytest.mark.slow
def test_a_message_of_too_many_parts_is_refused():
    parts = "".join(f"--b\nContent-Type: text/plain\n\n{n}\n" for n in range(6_000))
    with pytest.raises(CleaningError, match="more than 5,000 parts"):
        read((HEAD.format("mixed") + parts).encode())
