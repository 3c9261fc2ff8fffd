"""What a reader must never see, and what looks like it and must stay."""

import pytest

from annotator.extract import extract
from annotator.extract.html.dom import words_of
from annotator.extract.passages import Region
from annotator.extract.residue.containers import box_rule
from annotator.model import Page

RESIDUE = {
    "meter": """
        You have 1 article remaining.
        You have 5 articles remaining.
        You’ve read 3 of your 5 free stories this month.
        This is your last free article.
        You have reached your article limit.
        2 free articles left this month
        Sie haben noch 2 Artikel frei.
        Noch 10 Gratis-Artikel diesen Monat
        Il vous reste 2 articles gratuits à lire
        Le quedan 2 artículos gratuitos este mes
        Você ainda tem 3 artigos gratuitos
        Hai ancora 2 articoli gratuiti
        U kunt nog 3 artikelen gratis lezen
        Pozostały 2 artykuły do końca miesiąca
        Σας απομένουν 2 άρθρα
        У вас осталось 3 бесплатных статьи
        您还可以阅读3篇免费文章
        今月の無料記事は残り3本です
    """,
    "sign_in": """
        Sign in here to read more.
        Log in or register to continue reading.
        To continue reading, create a free account.
        Already a subscriber? Sign in.
        This article is for subscribers only.
        Bitte melden Sie sich an, um weiterzulesen.
        Connectez-vous pour lire la suite
        Inicia sesión para seguir leyendo
        Accedi per continuare a leggere
        Faça login para continuar lendo
        Log in om verder te lezen
        Zaloguj się, aby czytać dalej
        Συνδεθείτε για να διαβάσετε περισσότερα
        Войдите, чтобы читать дальше
        登录后阅读全文
        この記事は有料会員限定です
    """,
    "footer": """
        Version imprimable
        If you have found an error, please select it and press Ctrl+Enter.
        Если вы нашли ошибку, выделите фрагмент текста и нажмите Ctrl+Enter.
        Iezīmējiet tekstu un spiediet Ctrl+Enter, lai nosūtītu labojamo fragmentu redaktoram!
        Exit mobile version
        © 2024 The Herald. All rights reserved.
        This material may not be published, broadcast, rewritten or redistributed.
        Alle Rechte vorbehalten
        This entry was posted in News on May 3, 2024 by admin.
    """,
    "newsletter": """
        Get our best stories in your inbox every morning.
        Sign up for our newsletter
        Enter your email address
        We will never share your email with anyone else.
        You can unsubscribe at any time.
        By signing up, you agree to our Terms of Use.
        Jetzt Newsletter abonnieren
        Inscrivez-vous à notre newsletter
        Suscríbete a nuestro boletín
        Iscriviti alla newsletter
        Zapisz się na newsletter
    """,
    "subscribe": """
        Denna artikel är bara för prenumeranter.
        Tämä sisältö on vain tilaajille
        Subscribe now
        Subscribe today for $1 a week.
        Jetzt abonnieren
        Abonnez-vous
        Lees nu 4 weken voor € 1
    """,
    "donation": """
        Support our journalism with a donation.
        Become a member
        Buy me a coffee
        Unterstützen Sie uns
        Votre don nous permet de rester libres.
        Twoja wpłata pozwala nam działać.
        ご支援をお願いします
    """,
    "app": """
        Download our app
        Available on the App Store and Google Play
        Erhältlich im App Store und bei Google Play
        Ative as notificações
        Открыть в приложении
        アプリで開く
    """,
    "tags": """
        Tags: rivers, floods
        Filed under: Weather, Local news
        #rivers #floods
        Schlagwörter: Fluss, Flut
        Argomenti: fiumi, piene
        Метки: река, паводок
        标签：河流、洪水
    """,
    "live_blog": """
        Live updates
        12 min ago
        Pinned
        Key events
        Load more updates
        vor 12 Minuten
        il y a 3 heures
        12 minuten geleden
        12分钟前
    """,
    "read_more": """
        Click here to read
        Keep reading
        Ganzen Artikel lesen
        Przeczytaj cały artykuł
    """,
    "share": """
        Tell a friend
        Share this article
        Share on Facebook
        Tweet
        Facebook | Twitter | Email
        Print this page
        Copy link
        34 shares
        Follow us on Instagram for more.
        Artikel teilen
        Partager sur Facebook
        Compartir en Twitter
        Поделиться
        分享到
    """,
    "cookie": """
        Twitter content is blocked. Allow cookies from this provider to see it.
        This site uses cookies to improve your experience.
        We and our partners use cookies to personalise content and ads.
        Accept all cookies
        Privacy Policy
        Please disable your ad blocker.
        Please enable JavaScript to view this page.
        Tu navegador no soporta el elemento de audio.
        Your browser does not support the audio element.
        This content is hosted on a third-party platform that uses cookies.
        Vous avez refusé les cookies de réseaux sociaux. Ce tweet ne peut pas s’afficher.
        Für diesen externen Inhalt benötigen wir Ihre Einwilligung.
        Este contenido está alojado por un tercero. Al mostrarlo aceptas sus condiciones de uso.
        Informujemy, że korzystamy z cookies.
        Vi bruger cookies til at forbedre din oplevelse.
        Diese Website verwendet Cookies.
        Nous utilisons des cookies pour mesurer l’audience.
    """,
    "ads": """
        Advertisement
        Story continues
        Artikeln fortsätter efter annonsen
        Hirdetés
        We independently review everything we recommend. We may earn a commission when you buy.
        As an Amazon Associate I earn from qualifying purchases.
        *Hierbei handelt es sich um einen Affiliate-Link.
        Este post puede contener enlaces de afiliado.
        Artykuł zawiera linki afiliacyjne.
        ADVERTISEMENT - CONTINUE READING BELOW
        Article continues after advertisement
        Sponsored by Acme Bank
        Anzeige
        Publicité
        Реклама
        广告
    """,
    "player": """
        Video player is loading.
        0:00 / 12:45
        Play Video
        Article copied to clipboard
        Reading time: 4 min
        Video wird geladen
        Schrift vergrößern
        Agrandir l’image
        Vergroot afbeelding
        字号：大 中 小
        Lästid: 3 min
    """,
    "feedback": """
        How useful was this post?
        Yes No
        4.5 / 5 (12 votes)
        Thank you for rating!
        War dieser Artikel hilfreich?
        Notez cet article
        Este artigo foi útil?
        Bedankt voor je feedback!
        Оцените статью
        这篇文章对您有帮助吗？
        Var den här artikeln till hjälp?
    """,
    "disclaimer": """
        The views expressed in this article are the author’s own.
        Opinions expressed by Herald contributors are their own.
        The views in this piece are solely those of its author.
        This article reflects the author’s opinions and not necessarily the views of The Herald.
        This article originally appeared in The Courier.
        Gastbeiträge geben die Meinung des Autors wieder, nicht die der Redaktion.
        Les points de vue exprimés dans cet article n’engagent que leur auteur.
        Este artículo no constituye una recomendación de inversión.
        Мнение редакции может не совпадать с мнением автора.
        作者观点不代表本报立场。
    """,
    "related": """
        Related stories
        Läs mer: Så räddades kvarnen
        Les også: Møllen ble reddet
        Lue myös: Mylly pelastettiin
        Mohlo by vás zajímat
        Olvassa el ezt is: Így mentették meg a malmot
        Read more: Inside the factory that never sleeps
        RELATED: Inside the factory that never sleeps
        You might also like
        Most popular
        More from our science desk
        Back to top
        Skip to content
        Mehr zum Thema
        Lesen Sie auch: Die Flut von 1911
        À lire aussi : les autres dossiers
        Te puede interesar
        Leggi anche: la storia della città
        Leia também: o que muda agora
        Lees ook: de andere kant van het verhaal
        Czytaj także: historia miasta
        Διαβάστε επίσης: η άλλη πλευρά
        Читайте также: история города
        相关阅读
        関連記事
    """,
    "comments": """
        Leave a comment
        34 comments
        View all 34 comments
        Comments are closed.
        Your email address will not be published.
        71 Kommentare
        Laisser un commentaire
        コメントを書く
    """,
    "credits": """
        Photo: Ann Lee/Reuters
        Image credit: Ann Lee
        Getty Images
        Foto: dpa
        写真：共同通信
    """,
}
PARAPHRASES = """
    Enjoying this? Sign in to keep going.
    You've used up your free reads for the month.
    Only two complimentary stories remain this month.
    Members get unlimited access. Join today.
    Start your free trial to unlock this piece.
    This post is for paid subscribers
    Never miss a story: get our newsletter.
    Tell a friend about this article
    Add us as a preferred source on Google
    If you value our independent journalism, please donate today.
    Our reporting is made possible by readers like you.
    Save 50% on your first year
    Upgrade to premium to remove ads.
    Thanks for reading! Subscribe for free to receive new posts.
    Turn on notifications to stay up to date
    Was this article helpful?
    Rate this article
    Free for 30 days, then $4 a month.
    Join 40,000 readers: our Sunday letter.
    You are using an outdated browser.
    Fund reporting like this
    Try us free
    Cancel at any time.
    Mit Ihrer Anmeldung stimmen Sie unserer Datenschutzerklärung zu.
    Soutenez notre rédaction et lisez tous nos articles en illimité.
    Ya eres socio: inicia sesión y sigue leyendo este artículo.
    Resta informato: ogni settimana le nostre notizie nella tua posta.
    Receba as nossas notícias no seu e-mail.
    Volg ons kanaal voor het laatste nieuws.
    Udostępnij ten artykuł swoim znajomym
    Βοηθήστε μας με μια δωρεά.
    Подпишитесь на наш канал, чтобы не пропустить новости.
    请登录您的账号以继续阅读。
    この記事をシェアしてください
"""
TRAPS = """
    The company said that its subscribers had doubled to 3 million.
    Netflix will raise the price of its subscription next month.
    Readers signed in with their library cards.
    He signed up for the army at seventeen.
    She declined to comment.
    The minister did not respond to a request for comment.
    The newsletter, which began in 1998, has 40,000 readers.
    They shared the prize with a team from Oslo.
    Two articles of the treaty remain in force.
    Copyright in most countries lasts for seventy years after the author has died.
    Copyright trolls have filed forty thousand suits since 2010.
    Copyright is dead, she says.
    Sponsored by the brewers’ guild, the race drew 400 runners.
    Comments are free, but facts are sacred, wrote Scott in 1921.
    Most popular among the drafts was the second one.
    Members only: the sign still hangs at the door of the club.
    Follow the money, he told them.
    Sign in to your account, then open Settings.
    Log out of the root account before you go on.
    Create an account with a strong password.
    Click Subscribe to add the calendar.
    Share the dough between two tins.
    Print the form and sign it.
    Save the file as notes.txt.
    Follow the path to the right until you reach the river.
    You have three choices left.
    Support for the bill is growing.
    This story is for my grandmother.
    Related work is discussed in section 5.
    More on this in the next chapter.
    Continue reading aloud until the child falls asleep.
    The most popular answer was blue.
    Comments are a form of documentation.
    Back to the lake we went.
    By noon the square was empty.
    Correction: an earlier version of this article misstated the date.
    Register the component before you use it.
    Unlock the door and step inside.
    It was free for all.
    Advertising revenue fell by a tenth last year.
    Privacy is a right, not a favour.
    Newsletters are back in fashion.
    Die Abonnenten der Zeitung protestierten.
    Les abonnés du journal ont protesté.
    El periódico perdió suscriptores.
    Подписка на газету стоила три рубля.
    購読者は百万人を超えた。
    The trial ended on Friday.
    Cookie dough keeps for three days.
    The archive holds 4,000 letters.
    Subscribers pay in advance in most towns.
    Print runs were small.
    Follow the money, they say.
    Recommended dose: two drops.
    See also chapter four.
    Read the first chapter again.
    “Subscribe now,” said the sign on the door.
    “You have reached your limit”
    The page greeted me with “You have 3 articles remaining”.
    “Share this article,” it said, nine times on one page.
    Download the app, open it and choose your country.
    Sign up for the family plan for $11.99 a month.
    Every paywall tells its readers that they have reached their limit.
    We live here, and you know the way.
    See the register of 1911.
    Ingredients: flour, butter, sugar, salt
    Updated maps were printed in 1988.
    Live music was banned for a year.
    This article was amended on 3 May 2024 to correct the spelling of a name.
    Bake the cookies for 12 minutes and let them cool on the tray.
    If you select a cell and press Ctrl+Enter, the same value goes into all of them.
    Tell a friend where you are going and when you will be back.
    About the writer little is known but his name.
    Ser du feil i regnskapet, bør du si fra til styret før årsmøtet på fredag, mener revisoren.
    Fejl i artiklen kostede redaktøren jobbet.
    Innehållet i lådan får inte visas för barn, säger polisen till tidningen.
    Obsah smlouvy nelze zobrazit veřejnosti.
    Bu köyde herkes çerez kullanıyor, çünkü şeker pahalı.
    Du måste acceptera att barnen äter kakor.
    Takk for maten.
    Köszönjük a segítséget.
    Hasznos volt a cikk.
    Wir brauchen in Europa neue Partner, die uns vertrauen und mit uns arbeiten.
    Wir brauchen die Zustimmung des Bundesrats.
    Zoom is not available in your country.
    Votre vote compte.
    Elapsed 2:30 when the rope broke.
    Das Bild kann nicht angezeigt werden, weil das Museum es verbietet.
    Sledujte nás na festivalu, kde zahrajeme všechny písně.
    Bizi Google takip ediyor.
    Read the full transcript of his interview and you will find no regret in it.
    Your gift of land made this park possible, the plaque says.
    »Alle Cookies akzeptieren« war der größte Knopf auf der Seite.
    Teilen Sie den Teig in zwei Hälften.
    Connectez-vous au routeur avec le mot de passe imprimé sous l’appareil.
    Descarga la aplicación y elige tu país.
    Il paywall scatta dopo tre articoli al mese.
    Siga o caminho até o moinho.
    Haar nieuwsbrief heeft inmiddels 80.000 lezers.
    Pobierz aplikację i wybierz kraj.
    Μοιράστε τη ζύμη σε δύο ίσα μέρη.
    В министерстве от комментариев отказались.
    他决定今年多读书。
    The author’s own words are the best answer.
    The opinions expressed by the two doctors were contradictory.
    These views do not reflect the policy of the government, a spokesman said.
    The opinions of the author changed after the war.
    He earned a commission on every car he sold.
    Sites must say when an article contains affiliate links, the regulator ruled.
    Open the settings and choose Allow third-party cookies.
    We respect your privacy, the company told users whose data it sold.
    To view the content of the box, she had to break the seal.
    Click the image to enlarge it, then choose Save.
    Listen to the article, not to the headline, he told the class.
    The clock stood at 00:00.
    Rating: 3 out of 5
    Was the article true? Nobody asked.
    Thank you for your vote, the card from the senator said.
    The story continues in chapter four.
    Die Meinung der Redaktion war gespalten.
    Das ist nicht unbedingt ein Fehler.
    La opinión del autor cuenta.
    Il voto è stato utile.
    Läs mer poesi, sade läraren.
    Saken fortsetter i retten.
    责任编辑的工作是什么？
    続きを読む気にはなれなかった。
"""


def lines(text):
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize(
    ("step", "line"), [(step, line) for step, text in RESIDUE.items() for line in lines(text)]
)
def test_residue_is_taken_away_and_owned_up_to(clean, step, line):
    extraction = clean(f"<p>{line}</p>")
    assert line not in extraction.article.text
    entry = next(entry for entry in extraction.removals if entry.text == line)
    assert entry.step == step
    assert entry.rule
    assert entry.reason.endswith(".")
    assert entry.before == 2


@pytest.mark.parametrize("line", lines(PARAPHRASES))
def test_appeals_in_words_that_no_shape_foresees_are_taken_away(clean, line):
    extraction = clean(f"<p>{line}</p>")
    assert line not in extraction.article.text
    assert [entry.text for entry in extraction.removals if entry.before == 2] == [line]


@pytest.mark.parametrize("line", lines(TRAPS))
def test_sentences_that_speak_of_such_things_stay(clean, line):
    assert line in clean(f"<p>{line}</p>").article.text


@pytest.mark.parametrize(
    "line",
    [
        "The opinions of the authors do not reflect the facts.",
        "Investment advice is not the same as financial advice.",
        "Brokers receive a commission when you buy.",
        "Мнение автора может не совпадать с мнением жены.",
    ],
)
def test_what_is_said_of_opinions_and_earnings_stays_amid_the_text(prose, line):
    story = "".join(f"<p>{text}</p>" for text in (*prose, line, *prose[::-1]))
    article = extract(
        Page("", f"<body><article><h1>The flood</h1>{story}</article></body>")
    ).article
    assert line in article.text


@pytest.mark.parametrize(
    "step",
    [
        "Sign in to your account.",
        "Subscribe to the feed.",
        "Enter your email address and choose a password.",
        "Accept cookies only if you want recommendations.",
        "Search",
    ],
)
def test_steps_of_a_list_stay(clean, step):
    html = f"<ol><li>Open the app on your phone.</li><li>{step}</li><li>Wait a minute.</li></ol>"
    assert step in clean(html).article.text
    assert step in clean(html.replace("ol>", "ul>")).article.text


def test_a_list_of_buttons_goes(clean):
    html = "<ul><li>Facebook</li><li>Twitter</li><li>Email</li><li>Print</li></ul>"
    extraction = clean(html)
    assert not {"Facebook", "Print"} & set(extraction.article.text.split())
    assert {entry.step for entry in extraction.removals if entry.before == 2} == {"share"}


def test_a_prompt_to_sign_in_goes_but_not_from_among_steps(clean):
    assert "Log in" not in clean(below="<p>Log in</p>").article.text
    steps = "<ol><li>Open the site.</li><li>Log in</li><li>Choose a colour.</li></ol>"
    assert "Log in" in clean(steps).article.text


def test_residue_that_stands_in_a_list_of_the_article_goes_if_it_speaks_of_the_site(clean):
    html = "<ul><li>Two boats</li><li>Sign up for our newsletter</li><li>A long rope</li></ul>"
    assert [block.text for block in clean(html).article.blocks[2:-2]] == [
        "Two boats",
        "A long rope",
    ]


def test_a_privacy_policy_keeps_its_paragraphs(clean):
    sentences = (
        "We use cookies to remember your preferences; you can change your settings at any time.",
        "You can ask us by email for the personal data that we store, and we will send it to you.",
        "We share your personal data with our partners if you give your consent on this page.",
        "If you do not want our newsletter, unsubscribe with the link in each of our emails.",
    )
    html = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    text = clean(html).article.text
    assert all(sentence in text for sentence in sentences)


def test_lines_about_the_author_go_behind_the_end(clean):
    line = "Ann Lee is a reporter who covers the coast."
    assert line not in clean(below=f"<p>{line}</p>").article.text
    for note in ("De auteur is journalist.", "Jan Nowak jest dziennikarzem."):
        assert note not in clean(below=f"<p>{note}</p>").article.text
    he = "He is a professor of law, and he is worried."
    assert he in clean(below=f"<p>{he}</p>").article.text


def test_headings_with_prose_of_their_own_stay(clean):
    html = "<h2>Newsletters</h2><p>The first of them was printed in 1611.</p>"
    assert "Newsletters" in clean(html).article.text


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("newsletter-signup", "newsletter"),
        ("ad-slot", "ads"),
        ("regwall-inline", "sign_in"),
        ("article-meter", "meter"),
        ("social-share-buttons", "share"),
        ("cookie-banner", "cookie"),
        ("membership-promo", "subscribe"),
        ("author-bio", "author"),
        ("relatedPosts", "related"),
        ("comments-area", "comments"),
        ("elementor-widget-share-buttons", "share"),
        ("breadcrumbs", "navigation"),
        ("tag-links", "tags"),
        ("app-banner", "app"),
        ("donation-box", "donation"),
        ("liveblog-toolbar", "live_blog"),
        ("continue-reading-link", "read_more"),
        ("photo-credit", "credits"),
        ("article-feedback", "feedback"),
        ("vjs-control-bar", "player"),
    ],
)
def test_boxes_are_known_by_their_names(name, step):
    rule = box_rule(Region("div", words_of(name), 0))
    assert rule is not None
    assert rule.step == step


@pytest.mark.parametrize(
    "name",
    [
        "article-body",
        "entry-content",
        "shared-facts",
        "adage",
        "commentary",
        "authority",
        "subheader",
        "elementor-widget",
        "elementor-widget-container",
        "elementor-widget-text-editor",
    ],
)
def test_names_that_only_contain_such_words_are_no_boxes(name):
    assert box_rule(Region("div", name, 0)) is None


def test_a_box_that_holds_the_article_is_none_whatever_its_name(prose):
    story = "".join(f"<p>{text}</p>" for text in prose)
    article = extract(
        Page("", f"<body><div class='share-bar comments'>{story}</div></body>")
    ).article
    assert [block.text for block in article.blocks] == list(prose)


def test_navigation_and_sidebars_go(clean):
    above = "<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav>"
    below = (
        "<aside class=sidebar><h3>Weather</h3><p>Rain all over the north on Tuesday.</p></aside>"
    )
    extraction = clean(above=above, below=below)
    assert "World" not in extraction.article.text
    assert "Weather" not in extraction.article.text
    ledger = "\n".join(entry.text for entry in extraction.removals)
    assert "World" in ledger
    assert "Rain all over the north on Tuesday." in ledger


def test_cards_for_other_articles_go(clean):
    card = (
        '<div class="card"><h3><a href="/{0}">The story of number {0} and its end</a></h3>'
        "<p>What happened to number {0}, and who had seen it coming.</p></div>"
    )
    cards = "".join(map(card.format, range(5)))
    extraction = clean(below=f"</article><div>{cards}</div>")
    assert "number 3" not in extraction.article.text


def test_paragraphs_of_nothing_but_links_go(clean):
    links = "<a href=/a>One long story of the sea</a><br><a href=/b>Another of the land</a>"
    row = f"<p>{links}</p>"
    shout = "<p><a href=/c>WHAT THE MINISTER KNEW ABOUT IT</a></p>"
    assert clean(row + shout).article.blocks == clean().article.blocks


def test_a_linked_button_as_a_picture_goes(clean):
    html = '<a href="/s"><img src="/s.png" alt="Share on Facebook"></a>'
    assert clean(html).article.blocks == clean().article.blocks


def test_residue_behind_a_line_break_goes_and_leaves_the_lines_about_it(clean):
    html = (
        "<p>It rose <b>by two metres</b>,<br>in a single night.<br>"
        "You have 2 articles remaining.<br>Sign in to read more.<br>And then it fell.</p>"
    )
    extraction = clean(html)
    first, last = extraction.article.blocks[2:-2]
    assert (first.text, last.text) == (
        "It rose by two metres,\nin a single night.",
        "And then it fell.",
    )
    assert [mark.span.of(first.text) for mark in first.marks] == ["by two metres"]
    assert [entry.step for entry in extraction.removals if entry.before == 3] == [
        "meter",
        "sign_in",
    ]
