import pytest
from hypothesis import given

from annotator.reading.sentences.splitter import language_of, split
from documents import texts

GOLD = [
    # the example of the module
    ("en", "Dr. Lee paid $3.5 million in Jan. 2020.|“Why?” she asked.|It was No. 5."),
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
    ("en", "The dam broke at 6 a.m. 14 March.|Nobody slept."),
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
    ("de", "Papst Leo XL. Starb er hier?|Ludwig CX. Wohnte dort."),
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
    # abbreviations of one language
    ("en", "He sang in the U.S.|The house was full."),
    ("en", "Dr. Who came back.|Prof. Who did not."),
    ("en", "Doors close at 9 p.m.|Email us for more."),
    ("en", "It opens at 9 a.m. Monday and closes at 5 p.m. Eastern.|Come early."),
    ("en", "Roku is made by Roku, Inc.|Apple sells its own box."),
    ("en", "Apple Inc. Chief Executive Tim Cook spoke."),
    ("en", "It cost No. 7 dearly.|The others, vols. 3 and 4, did well."),
    ("de", "Das ist etwas für mich.|Selbst heute noch."),
    ("de", "Es waren max. 30 Leute da, inkl. der Kinder.|Mehr nicht."),
    ("de", "Wir lasen Band 1.|Leider war er zu kurz."),
    ("de", "Er gilt ab dem 7. Bezirk und bis zum 100. Geburtstag.|So ist es."),
    ("de", "Sie nannte es »unfreundlich.«|Er schwieg."),
    ("de", "So sprach er.|»Das ist gut.«|Dann ging er."),
    ("de-CH", "«Wir bleiben.|Ihr geht», sagte sie.|Alle nickten."),
    ("fr", "Voir art. 5, p. ex. en 2019.|C’est clair."),
    ("fr", "« Il faut agir.|Vite ! »|Personne ne bougea."),
    ("fr", "« Quoi ? », dit-il.|Rien."),
    ("fr", "Le taux est de 3,5 %.|La suite en sept. prochain."),
    ("es", "Según la Sra. Díaz, subió un 3,5 %.|¿Cuánto?|Mucho."),
    ("es", "“No fue nada”.|Así respondió el Dr. Ruiz."),
    ("es", "¡Váyanse!|¿Los necesitamos?|No."),
    ("it", "Secondo il dott. Bianchi, n. 7 del 2013, va bene.|Ecco."),
    ("it", "«È finita.|Andiamo.»|Così disse."),
    ("pt", "O Prof. Carlos chegou.|Ela não."),
    ("pt", "Ver pág. 3 e fig. 2.|É claro."),
    ("nl", "Dhr. Jansen kocht bijv. brood, enz.|Het was duur."),
    ("pl", "Mieszka tu ok. 3,7 tys. osób, m.in. Jan.|To dużo."),
    ("pl", "W 2016 r. Grupa urosła.|Spadła w 2021 r."),
    ("pl", "Nikt nie wie.|– Trzeba czekać – mówi Anna."),
    ("cs", "Bydlí na Praze 5.|Nedostatek bytů trvá, např. zde."),
    ("ru", "Это г. Москва, ул. Мира, т.е. центр.|Он там был в 1990 г.|Она нет."),
    ("ru", "— Кто там?|— Это я, — сказал он."),
    ("sv", "Han köpte t.ex. bröd, osv.|Det var dyrt."),
    ("fi", "Hän osti esim. leipää.|Se oli kallista."),
    ("el", "Τι είναι αυτό;|Δεν ξέρω.|Είναι π.χ. εδώ."),
    ("ko", "비가 왔다.|우리는 집에 갔다.|왜?"),
    ("tr", "Dr. Yılmaz geldi.|Kim o?"),
    # omissions, notes and remains of pages
    ("en", "“He saw the police. …|Then he left.”"),
    ("fr", "« Elle est aimée ! [...]|Elle est admirée. »|(L’Opinion)"),
    ("en", "It took 5 seconds.23|If so, wait."),
    ("en", "It was open.[46][47]|To close it was hard."),
    ("en", "It is settled. [2]"),
    ("en", "We lost it lol. :(|So we save."),
    ("en", "I am not sure. 🤔"),
    ("en", "It was signed.|(dpa)"),
    ("en", "Read this.|https://example.com/a.b?c=D.e"),
    ("en", "See example.com/?Query for more.|It helps."),
    ("en", "Will you stay?|or will you go?"),
    ("en", "What do you want?|And why?", ""),
    ("en", "“The box is full ... and so am I.|Go.”"),
    ("en", "We need: 1) bread.|2) butter.|3) time."),
    ("en", "He asked, “Who are you?” before he left.|Nobody answered."),
    ("en", "She said: “Do you hear?|Do you see?”|He did."),
    ("en", "Prices fell 0.5 percent (from 3.2).|They rose again."),
    # no spaces between sentences
    ("ja", "今日は雨だ。|明日は晴れる。", ""),
    ("ja", "「今日は雨だ。」と彼は言った。|彼女は笑った。", ""),
    ("ja", "彼は「行くよ。待って」と言った。|そして走った。", ""),
    ("ja", "本当？|はい！|行こう。", ""),
    ("ja", "終わり。、と書いた。", ""),
    ("zh", "他来了。|我们走吧！|好吗？", ""),
    ("zh", "他说：“天气很好。”|她同意。", ""),
    ("zh", "“天气很好。”他笑着说。|她同意。", ""),
    ("zh", "他问了“你是谁？”这样的问题。|没人回答。", ""),
    ("zh", "圆周率是３．１４。|大家都知道。", ""),
    ("zh", "真的吗?|我不信!", ""),
    ("ja", "「雨だ。」|「傘は？」", ""),
    ("ja", "「開いたまま。|次の文。", ""),
    ("zh", "“你好。”|“再见。”", ""),
]


@pytest.mark.parametrize("case", GOLD, ids=lambda case: case[1])
def test_sentences_end_where_readers_expect(case):
    language, marked, gap = (*case, " ")[:3]
    text = marked.replace("|", gap)
    assert [span.of(text) for span in split(text, language)] == marked.split("|")


@pytest.mark.parametrize("language", ["", "xx", "eo-001"])
def test_an_unknown_language_has_the_abbreviations_of_all(language):
    spans = split("Dr. Kaj venis ĉ. 3 h. La hundo bojis.", language)
    assert len(spans) < 4
    assert [span.of("Li venis. Ŝi iris.") for span in split("Li venis. Ŝi iris.", language)] == [
        "Li venis.",
        "Ŝi iris.",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The house that they had bought was in the middle of nowhere, and it was for sale."),
        ("de", "Das Haus, das sie gekauft hatten, lag mitten im Nichts und war auch zu haben."),
        ("fr", "La maison que nous avons achetée est au milieu de nulle part, et elle est belle."),
        ("es", "La casa que compraron en el campo es de una familia y no se vende por ahora."),
        ("pl", "Dom, który kupili, jest na wsi i nie ma w nim prądu, ale to się zmieni."),
        ("ru", "Он не знал, что это его дом, но она так и не сказала."),
        ("", "東京は雨だ。"),
        ("", "Lorem ipsum dolor sit amet consectetur."),
        ("", ""),
    ],
)
def test_the_language_is_guessed_from_function_words(language, text):
    assert language_of(text) == language


def test_a_text_without_sentences_has_none():
    assert split("") == ()
    assert split(" \n ") == ()


def test_an_unclosed_quotation_does_not_join_its_sentences():
    text = "「" + "雨だ。" * 1000 + "」"
    assert len(split(text, "ja")) > 500


@pytest.mark.parametrize("part", ["Dr. ", "?.", '."', "「。", ". … ", "A. ", ".[1]", "1."])
def test_long_texts_take_linear_time(part):
    text = (part * 20_000 + "x").strip()
    spans = split(text)
    assert (spans[0].start, spans[-1].end) == (0, len(text))


@given(texts())
def test_sentences_contain_every_letter_once_without_outer_space(text):
    spans = split(text)
    covered = "".join(span.of(text) for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    assert list(spans) == sorted(spans)
