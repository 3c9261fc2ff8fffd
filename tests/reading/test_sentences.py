import pytest
from hypothesis import given

from annotator.reading.sentences import split
from documents import texts

GOLD = [
    # titles, initials and places
    ("en", "Dr. Smith arrived.|He was late."),
    ("en", "Mr. and Mrs. Jones left.|The Rev. Al Sharpton spoke."),
    ("en", "J. K. Rowling wrote it.|George W. Bush read it."),
    ("en", "Jones Jr. was there.|So was Smith."),
    ("en", "They met in Mass. and in Calif. last year.|It was fun."),
    ("en", "The U.S. Senate voted.|It passed."),
    ("en", "He lives in the U.S.|The house is big."),
    ("en", "In Washington, D.C., it rained.|In D.C. it snows."),
    ("en", "She works at Apple Inc.|The pay is good."),
    ("en", "She works at Apple Inc. as an engineer."),
    ("en", "He has a Ph.D. in physics.|She has an M.D.|They met."),
    # numbers, times and references
    ("en", "It rose by 3.5 percent.|That is a lot."),
    ("en", "It happened at 5 p.m. Monday.|Nobody saw it."),
    ("en", "It closed at 5 p.m.|The crowd left."),
    ("en", "Prices rose on Jan. 5 and fell on Feb. 3.|Nobody knew."),
    ("en", "See Fig. 3 for details.|It is clear."),
    ("en", "No. 5 was best.|No.|It was not."),
    ("en", "He cited Smith et al. 2019 as proof.|Others did not."),
    ("en", "It cost $5 million.|30 people died."),
    ("en", "1. First item is here.|2. Second item."),
    ("en", "It was 38.5 C.|The fever rose."),
    ("en", "We have Plan B.|The rest is up to you."),
    ("en", "So do I.|You know it."),
    ("en", "The ruling, i.e. the decision, was clear.|It stood."),
    ("en", "Roe v. Wade was decided.|It was overturned."),
    # marks and names
    ("en", "Visit example.com.|It is free."),
    ("en", "Yahoo! is a company.|It is old."),
    ("en", "iPhone sales fell.|eBay rose.|iOS too."),
    ("en", "Well…|I think so.|Maybe."),
    ("en", "He paused . . . and left.|Then silence."),
    ("en", "Is this it?|Yes!|It is."),
    ("en", "The end.|A new line.", "\n"),
    # quotations
    ("en", "“It is over.|We lost.”|He sat down."),
    ("en", "“Is it over?” he asked.|“Yes.”"),
    ("en", "“Is it over?” Smith asked.|“Yes.”"),
    ("en", "“Stop!” cried Mary.|They stopped."),
    ("en", "“I don’t know,” she said.|“Perhaps.”"),
    ("en", "They said: “We won’t go.”|And they stayed."),
    ("en", "He said “no.”|She said “yes.”|They parted."),
    ("en", "“[They] can’t.|It’s wrong.”|[He] left."),
    ("en", "The law (passed in 2010) failed.|(It was bad.)|So it was repealed."),
    # other languages
    ("de", "Am 3. Oktober war es kalt.|Es schneite."),
    ("de", "Das ist z. B. gut.|Das auch."),
    ("de", "Dr. Müller kam.|Er ging."),
    ("de", "Im 19. Jahrhundert war es so.|Heute nicht."),
    ("de-AT", "„Das ist gut.“|Dann ging er."),
    ("de", "„Kommst du?“, fragte sie.|Er nickte."),
    ("de", "Es kostet ca. 5 Euro.|Das ist viel, d. h. zu viel."),
    ("de", "Er wurde 1990 geboren.|Sie 1992.|Beide leben."),
    ("fr", "M. Dupont est parti.|Il pleut."),
    ("fr", "« Il pleut. »|Puis il partit."),
    ("fr", "Quoi ?|Vous venez ?|Oui !"),
    ("fr", "Mme. Curie a dit cela.|Elle avait raison."),
    ("es", "El Sr. López llegó.|¿Quién es?|No sé."),
    ("es", "¡Hola!|¿Qué tal?|Bien."),
    ("es", "Vive en EE. UU. desde 2010.|Es feliz."),
    ("it", "Il sig. Rossi è qui.|La casa è bella."),
    ("ru", "Он пришёл.|Она ушла.|Кто там?"),
    ("hi", "यह अच्छा है।|वह बुरा है।"),
    ("ar", "هل أنت بخير؟|نعم.|شكرا."),
    # no spaces between sentences
    ("ja", "今日は雨だ。|明日は晴れる。", ""),
    ("ja", "「今日は雨だ。」と彼は言った。|彼女は笑った。", ""),
    ("ja", "彼は「行くよ。待って」と言った。|そして走った。", ""),
    ("ja", "本当？|はい！|行こう。", ""),
    ("ja", "終わり。、と書いた。", ""),
    ("zh", "他来了。|我们走吧！|好吗？", ""),
    ("zh", "他说：“天气很好。”她同意。", ""),
    ("zh", "“你好。”|“再见。”", ""),
]


@pytest.mark.parametrize("case", GOLD, ids=lambda case: case[1])
def test_sentences_end_where_a_reader_hears_them_end(case):
    language, marked, gap = (*case, " ")[:3]
    text = marked.replace("|", gap)
    assert [span.of(text) for span in split(text, language)] == marked.split("|")


def test_a_text_without_sentences_has_none():
    assert split("") == ()
    assert split(" \n ") == ()


@given(texts())
def test_sentences_hold_every_letter_once_and_no_space_at_their_ends(text):
    spans = split(text)
    covered = "".join(span.of(text) for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    assert list(spans) == sorted(spans)
