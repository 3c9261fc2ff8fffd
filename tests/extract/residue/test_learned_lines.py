"""Lines that no rule foresees go by their wording; sentences, corrections and headings stay."""

import pytest

from annotator.extract import extract
from annotator.extract.residue.line_features import folded, tokens_of
from annotator.extract.residue.line_scorer import is_editors_note, line_score
from annotator.extract.residue.line_topics import openings_of, subject_of, topic_names
from annotator.model import Page
from annotator.model.document import PLAIN_TEXT

UNFORESEEN = """
    Få helgens bästa recept direkt i mejlen
    Kirjaudu sisään ja lue koko juttu
    Bu yazı abonelerimize özeldir, hemen abone ol
    Přihlaste se k odběru našeho newsletteru
    Підписуйтесь на наш канал, щоб не пропустити новини
    اشترك في نشرتنا لتصلك الأخبار كل صباح
    הירשמו לניוזלטר וקבלו את החדשות למייל
    뉴스레터를 구독하고 매일 아침 뉴스를 받아보세요
    ご登録のメールアドレスに最新ニュースをお届けします
    Kysy toimitukselta: lähetä juttuvinkki sähköpostilla
    האזינו לפודקאסט שלנו בכל האפליקציות
    Sdílejte článek na Facebooku nebo zkopírujte odkaz
    앱에서 기사를 선물하고 알림을 받아보세요
"""
SENTENCES = """
    No comment.
    Listen.
    Sin comentarios.
    Brooks, who covers schools for the Mercury, had never been on a bus.
    November was the last month in which the stories were free, and sales fell by half.
    On Fridays she weeds the garden and answers the letters of the week.
    Rättelse: Bron byggdes 1936, inte 1926.
    Editor's note: The names of the children have been changed.
    訂正:橋の完成は1936年でした。
    Nyhetsbrevet nådde tusen hushåll innan någon läste det.
    Gazetenin aboneleri her yıl biraz daha azaldı.
    وصلت النشرة إلى ألف بيت قبل أن يقرأها أحد.
    Sovelluksen tilaajat saivat rahansa takaisin vasta keväällä.
    המנוי לרכבת התייקר, והנוסעים חזרו לאוטובוס.
"""


def rows(text: str) -> list[str]:
    return [row.strip() for row in text.strip().splitlines()]


@pytest.mark.parametrize("line", rows(UNFORESEEN))
def test_a_line_in_words_that_no_rule_has_goes_with_its_reason(clean, line):
    extraction = clean(f"<p>{line}</p>")
    assert line not in extraction.article.text
    assert [removal.text for removal in extraction.removals if removal.text == line] == [line]


@pytest.mark.parametrize("line", rows(SENTENCES))
def test_sentences_that_resemble_residue_stay(clean, line):
    box = f'<div class="x1"><p>{line}</p><button>OK</button></div>'
    assert line in clean(f"<p>{line}</p>").article.text
    assert line in clean(box).article.text


def test_a_box_with_a_form_needs_less_certainty_than_the_text(clean):
    line = "Most read in Business"
    form = f'<div class="x1"><h3>{line}</h3><form><input name="q"></form></div>'
    assert line in clean(f"<h3>{line}</h3>").article.text
    assert line not in clean(form).article.text


def test_a_long_notice_goes_if_its_sentences_are_of_the_site(clean, prose):
    notice = (
        "Some of our links are affiliate links. If you buy through one of them, we may earn a "
        "small commission at no extra cost to you. By continuing you accept our privacy policy. "
        "You can unsubscribe at any time."
    )
    more = "".join(f"<p>A year later, {text}</p>" for text in prose)
    assert notice not in clean(f"<p>{notice}</p>{more}").article.text
    mixed = f"{prose[0]} {prose[1]} Sign up for our newsletter."
    assert mixed in clean(f"<p>{mixed}</p>").article.text


def test_items_of_a_list_stay_if_most_of_it_is_text(clean):
    line = "Tilaa uutiskirjeemme ja lataa sovellus"
    lake = "The lake froze, and the mill stood still until the thaw"
    mixed = clean(f"<ul><li>{lake}</li><li>{line}</li><li>{lake} of May</li></ul>")
    assert line in mixed.article.text
    assert line not in clean(f"<ul><li>{line}</li></ul>").article.text


@pytest.mark.parametrize(
    ("line", "topics"),
    [
        ("Anmeldung zum Newsletter", ["newsletter", "login"]),
        ("המנויים", ["subscribe"]),
        ("购买会员", ["buy", "subscribe"]),
        ("Mail dana@post.example or call 555 014 230", ["mail", "of_address", "of_number"]),
        ("Home > Business > Housing", ["home", "of_path"]),
    ],
)
def test_a_line_is_about_the_topics_of_its_words_and_signs(line, topics):
    text = folded(line)
    found = subject_of(text, tokens_of(text)).topics
    assert set(topics) <= {topic_names()[topic] for topic in found}


def test_a_line_has_the_topics_that_each_of_its_sentences_opens_with():
    newsletter, login = map(topic_names().index, ("newsletter", "login"))
    long = "Newsletter: every Friday five stories from the harbour. Log in."
    terms = openings_of(tokens_of(long))
    assert f"1@{newsletter}" in terms
    assert f"2@{login}" in terms
    assert openings_of([]) == openings_of(tokens_of("2024.")) == []


def test_a_prompt_goes_however_long_what_follows_it_is(clean):
    line = (
        "Sign up for our newsletter, a letter about bikes, buses, goats, and those who shout at "
        "them from their windows."
    )
    told = "She signed up for the newsletter, and a letter about bikes, buses and goats came."
    text = clean(f"<p>{line}</p><p>{told}</p>").article.text
    assert line not in text
    assert told in text


@pytest.mark.parametrize(
    "step",
    [
        "Schritt 3: Kommentare abschalten",
        "4. Adım: Yorumları kapatmak",
        "手順3 コメント欄を無効にする",
        "Шаг 5. Поделитесь ссылкой на документ с коллегами",
    ],
)
def test_the_name_of_a_numbered_step_stays(clean, step):
    assert step in clean(f"<p>{step}</p>").article.text


def test_a_long_line_that_the_scorer_of_passages_is_sure_of_stays_if_in_doubt(clean):
    said = (
        "If you enjoyed the story of the dike, the ultimate compliment is to share it with those "
        "who live below the dike. Thank you!"
    )
    assert said in clean(f"<p>{said}</p>").article.text
    form = "<form><p>Get our newsletter</p><input type=email><button>Sign up</button></form>"
    assert said not in clean(below=f"<div>{form}<p>{said}</p></div>").article.text


def test_a_line_that_is_said_after_a_dash_stays(clean):
    said = "– Sign up for our newsletter and get the best stories every Friday."
    assert said in clean(f"<p>{said}</p>").article.text
    assert said.removeprefix("– ") not in clean(f"<p>{said[2:]}</p>").article.text


def test_a_newsletter_can_have_a_name_of_several_words_in_quotation_marks(clean):
    line = "Zapisz się na nasz newsletter „Kawa i same konkrety” i dostawaj go co rano na e-mail."
    assert line not in clean(f"<p>{line}</p>").article.text


def test_when_a_page_was_updated_goes_amid_the_text_and_the_date_of_an_entry_stays(clean, prose):
    stamp, date = "Last updated: 14 March 2024, 16:05 GMT", "14 March 2024"
    text = clean(f"<p>{prose[0]} {prose[1]}</p><p>{stamp}</p><p>{date}</p>").article.text
    assert stamp not in text
    assert date in text


def test_a_plain_text_loses_a_short_line_of_the_site_and_keeps_its_headings():
    prose = (
        "The river had risen in the night, and by morning the lower field was a lake of mud.",
        "It took nine days to fall, and the field was covered with a fine silt until the spring.",
    )
    parts = ("The flood", prose[0] * 2, "Most read in Business", prose[1] * 2, "After it", *prose)
    text = extract(Page("file:///p.txt", "\n\n".join(parts), media_type=PLAIN_TEXT)).article.text
    assert "Most read" not in text
    assert "After it" in text


def test_a_learned_score_does_not_depend_on_the_form_of_letters():
    assert line_score("أشتَرِك الآن") == line_score("اشترك الان".replace("الان", "الآن"))
    assert line_score("ＡＰＰで読む") == line_score("APPで読む")


@pytest.mark.parametrize(
    "note",
    ["Correction, March 4: It was 1962.", "(Anm. d. Red.: Namen geändert)", "编者按：文中为化名。"],
)
def test_corrections_and_notes_of_editors_are_known_by_how_they_open(note):
    assert is_editors_note(note)
    assert not is_editors_note(f"He said: {note}")


def test_an_item_stays_with_its_list_though_pictures_stand_between(clean):
    items = ("Lock the weir", "Copy the link", "Tie up the boat", "Close the gate")
    steps = "<img src=/{0}.jpg alt=Sketch>".join(f"<ul><li>{item}</li></ul>" for item in items)
    assert "Copy the link" in clean(steps).article.text


def test_a_line_of_a_form_that_is_below_each_part_stays(clean):
    makers = ("Askwold", "Thornby", "Marl", "Weir", "Orr", "Ulm", "Ness", "Ford", "Holm", "Wick")
    parts = "".join(
        f"<h3>Mill {n}</h3><div class=field>Published by {maker} Games</div>"
        "<p>A mill for two to four players that turns as long as there is water in it, and no "
        "longer than that.</p>"
        for n, maker in enumerate(makers)
    )
    text = clean(parts).article.text
    assert all(f"Published by {maker} Games" in text for maker in makers)
