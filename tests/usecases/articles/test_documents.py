"""Books and other documents are added, refreshed and cleaned again as pages are."""

from datetime import timedelta

import pytest

from annotator.errors import CleaningError, InvalidInput, PrivateNetwork
from annotator.model import Document, Page, Span
from annotator.model.identity import id_of_url
from annotator.usecases.articles.add import NAMED_BY_FILE, NOT_TAKEN, add, add_all, read_source
from annotator.usecases.articles.open_article import open_article
from annotator.usecases.articles.overrides import take_out
from annotator.usecases.articles.page_report import explain_saved, report_saved
from annotator.usecases.articles.refresh import reclean, refresh
from annotator.usecases.articles.sources import Source, messages_in
from annotator.usecases.marks.annotate import Draft, mark
from builders import make_article, make_extraction
from making_documents import make_epub

pytestmark = pytest.mark.usefixtures("cleaned_here")

RAIN = "It rained all day, and the keeper of the weir wrote down the height of the water."
SNOW = "It snowed all night, and nobody came to the weir until the road was free again."
BREAK = '<span epub:type="pagebreak" title="14"/>'


def write(path, *bodies):
    path.write_bytes(make_epub({f"c{n}.xhtml": f"<p>{body}</p>" for n, body in enumerate(bodies)}))


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "weir.epub"
    write(path, BREAK + RAIN, SNOW)
    return path


async def test_a_book_is_added_with_its_pages(library, path, moment):
    added = await add(library, str(path), now=moment)
    assert (added.record.title, added.record.access) == ("The Weir", "full")
    article = library.article(added.record.id).extraction().article
    assert article.text == f"{RAIN}\n\n{SNOW}"
    made = mark(library, article, Span(0, 9), Draft(), now=moment)
    assert made.target.pages == "14"
    assert library.annotation(made.id).target.pages == "14"


async def test_standard_input_may_be_a_book(path):
    original, extraction = await read_source(Source("-", stdin=path.read_bytes()))
    assert isinstance(original, Document)
    assert extraction.article.text.startswith(RAIN)


async def test_a_book_that_is_the_same_is_not_changed_by_refreshing(library, path, moment):
    added = await add(library, str(path), now=moment)
    refreshed = await refresh(library, added.record.id, now=moment + timedelta(1))
    assert refreshed.outcome == "unchanged"


async def test_a_new_edition_is_a_new_version_in_which_marks_are_found(library, path, moment):
    added = await add(library, str(path), now=moment)
    article = library.article(added.record.id).extraction().article
    mark(library, article, Span(len(RAIN) + 2, len(article.text)), Draft(), now=moment)
    write(path, "A new preface, which is rather short.", BREAK + RAIN, SNOW)
    refreshed = await refresh(library, added.record.id, now=moment + timedelta(1))
    assert refreshed.outcome == "revised"
    assert refreshed.record.id == added.record.id
    [placed] = open_article(library, added.record.id).placed
    assert (placed.place.fit, placed.annotation.quote) == ("moved", SNOW)


async def test_a_paragraph_can_be_removed_and_stays_away(library, path, moment):
    added = await add(library, str(path), now=moment)
    await take_out(library, added.record.id, 1, now=moment)
    assert library.article(added.record.id).extraction().article.text == RAIN
    again = await reclean(library, added.record.id, now=moment)
    assert again.outcome == "unchanged"
    reasons = await explain_saved(library, added.record.id)
    assert [(reason.is_kept, reason.text) for reason in reasons] == [(True, RAIN), (False, SNOW)]


async def test_a_document_is_reported_by_attaching_it(library, path, moment):
    added = await add(library, str(path), now=moment)
    with pytest.raises(InvalidInput, match="attach the file"):
        await report_saved(library, added.record.id, now=moment, has_cookies=False)


async def test_a_damaged_book_is_remembered_with_what_to_do(library, path, moment):
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(CleaningError, match="damaged") as refused:
        await add(library, str(path), now=moment)
    assert refused.value.hint


async def test_each_message_of_a_mailbox_is_an_article(library, tmp_path, moment):
    path = tmp_path / "inbox.mbox"
    letters = [
        f"From a@b.example Wed May  1 07:30:00 2024\nFrom: Ann <a@b.example>\nSubject: {subject}\n"
        f"Message-ID: <{subject}@b.example>\nMIME-Version: 1.0\n\n{text}\n\n"
        for subject, text in (("Rain", RAIN), ("Snow", SNOW))
    ]
    path.write_text("".join(letters))
    with pytest.raises(CleaningError, match="a mailbox") as refused:
        await add(library, str(path), now=moment)
    assert "annotator add" in refused.value.hint
    attempts = await add_all(library, messages_in(str(path)), now=moment, report=[].append)
    records = [attempt.added.record for attempt in attempts]
    assert [record.title for record in records] == ["Rain", "Snow"]
    assert records[0].url == "mid:Rain@b.example"
    refreshed = await refresh(library, records[0].id, now=moment)
    assert refreshed.outcome == "no-url"


async def test_a_page_that_singlefile_saved_has_the_address_of_the_page(library, tmp_path, moment):
    url = "https://river.example/p/rain"
    path = tmp_path / "page.html"
    comment = f"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: {url} \n-->"
    path.write_text(f"{comment}<title>Rain</title><article><p>{RAIN} {SNOW}</p></article>")
    added = await add(library, str(path), now=moment)
    assert (added.record.url, added.record.id) == (url, id_of_url(url))


@pytest.mark.parametrize("host", ["127.0.0.1", "192.168.1.1", "localhost", "[::1]"])
async def test_a_file_cannot_name_an_address_in_a_private_network(tmp_path, host):
    path = tmp_path / "a.eml"
    path.write_text(
        f"From: a@b.example\nDate: x\nSubject: Rain\nList-Post: <http://{host}/a>\n"
        f"MIME-Version: 1.0\n\n{RAIN}\n\n{SNOW}\n"
    )
    original, extraction = await read_source(Source(str(path)))
    assert original.url == extraction.article.url == path.as_uri()
    assert original.header(NOT_TAKEN) == f"http://{host}/a"
    original, _ = await read_source(Source("-", stdin=path.read_bytes()))
    assert original.url == ""


async def test_a_file_that_names_such_an_address_stays_at_its_place_when_it_is_refreshed(
    library, tmp_path, moment
):
    path, place = tmp_path / "page.html", "http://127.0.0.1:8000/p/rain"
    comment = f"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: {place} \n-->"
    text = f"{comment}<title>Rain</title><article><p>{RAIN} {SNOW}</p><p>{RAIN}</p>"
    path.write_text(text)
    record = (await add(library, str(path), now=moment)).record
    path.write_text(f'{text}<p>{SNOW} There is <a href="/more">more</a> of it.</p>')
    refreshed = await refresh(library, record.id, now=moment + timedelta(1))
    assert refreshed.outcome == "revised"
    article = library.article(record.id)
    assert article.page(article.record().revision).url == path.as_uri()
    links = [link.href for block in article.extraction().article.blocks for link in block.marks]
    assert not [link for link in links if link.startswith("http")]


async def test_an_address_that_a_file_named_leads_to_no_private_network(library, moment):
    url = "http://127.0.0.1:9/p/rain"
    article = make_article(RAIN, url=url)
    page = Page(url, f"<p>{RAIN}", headers=(NAMED_BY_FILE,))
    library.store(make_extraction(article), page, now=moment)
    with pytest.raises(PrivateNetwork):
        await refresh(library, article.id, now=moment)
