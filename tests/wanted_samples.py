"""Expectations for each sample article, written by hand as a careful reader would."""

from dataclasses import dataclass

from annotator.model import Access


@dataclass(frozen=True)
class Wanted:
    """The expectations for a sample.

    `survives` are the first words of blocks, or words within them. `gone` are
    words that must not be in the article, `removed` those that the ledger must have.
    """

    title: str
    survives: tuple[str, ...]
    gone: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    url: str = ""
    byline: tuple[str, ...] = ()
    site: str = ""
    published: str = ""
    language: str = ""
    access: Access = "full"
    headings: tuple[tuple[int, str], ...] = ()
    once: tuple[str, ...] = ()
    captions: tuple[tuple[str, str], ...] = ()  # and credits
    ends: str = ""


METERED_RESIDUE = (
    "Sign in here to read more.",
    "You have 1 article remaining.",
    "You have 2 articles remaining.",
    "You have 3 articles remaining.",
    "Exit mobile version",
)

WANTED = {
    "opinion--metered.html": Wanted(
        title="Cheap Batteries Will Not Build the Grid",
        url="https://www.harbour-review.example/2024/03/cheap-batteries-will-not-build-the-grid/",
        byline=("Marguerite Oduya",),
        site="The Harbour Review",
        published="2024-03-18T06:30:00+00:00",
        language="en-GB",
        survives=(
            "At first glance, the yard at Kestrel Flats",
            "There is only one thing wrong with Kestrel Flats",
            "Some of my friends in the industry say",
            "“I would finally find out what the batteries are for,” she said.",
        ),
        once=("Storage has become the easy part.",),
        captions=(
            (
                "Battery containers at the Kestrel Flats storage yard outside Dunmere in February.",
                "Ilse Vandermeer/Northlight",
            ),
        ),
        gone=(
            "A t first",
            "Sign in",
            "remaining",
            "Exit mobile",
            "Advertisement",
            "Share on",
            "Print",
            "The Long Wire",
            "The Latest",
            "free articles",
            "All rights reserved",
        ),
        removed=(
            *METERED_RESIDUE,
            "You have 4 articles remaining.",
            "You have 5 articles remaining.",
        ),
        ends="the dull ones are now the whole of the matter.",
    ),
    "news--newsletter-share-related.html": Wanted(
        title="Eels return to the Marrow River after 40 years",
        url="https://tidewater-ledger.example/environment/2025/06/02/eels-return-marrow-river/",
        byline=("Delia Marchetti",),
        site="Tidewater Ledger",
        published="2025-06-02T14:20:00-04:00",
        language="en-US",
        headings=((3, "What comes next"),),
        survives=(
            "TARLETON — For four decades the only eels",
            "“We had hoped for a few dozen,” said Naomi Crewe",
            "“I voted to keep it and I would again,” said Walt Brennecke",
            "The town, meanwhile, has found a use",
            "They have ordered more buckets.",
            "Correction, June 3: An earlier version of this story gave the height",
        ),
        once=("Biologists counted 1,214 young eels above the old mill dam this spring",),
        captions=(
            (
                (
                    "Biologist Naomi Crewe lifts a trap from the Marrow River above the site of "
                    "the Tarleton Mill dam on May 28."
                ),
                "Gus Halloran / Tidewater Ledger",
            ),
        ),
        gone=(
            "Get the Tide Table",
            "By signing up",
            "Related:",
            "ADVERTISEMENT",
            "cookies",
            "Listen to this article",
            "min read",
            "can be reached at",
            "Topics:",
            "Join the conversation",
            "millpond_mary",
            "More in Environment",
            "Most Popular",
            "Copy link",
            "Support local journalism",
            "may not be published",
        ),
        removed=("Get the Tide Table", "What the millpond left behind"),
        ends="It was 11 feet.",
    ),
    "news--truncated-paywall.html": Wanted(
        title="Night trains return to the Orrin valley, with conditions",
        url="https://www.kelder-courier.example/transport/night-trains-return-to-the-orrin-valley-a7731",
        byline=("Jonas Feldhaus", "Amina Sørby"),
        site="The Kelder Courier",
        published="2023-09-14T17:05:00+02:00",
        language="en",
        access="paywalled",
        survives=("When the last sleeping car left Kelder station", "The county will pay"),
        once=("The line that closed in 2003 will carry sleeping cars again",),
        captions=(
            ("The Orrin viaduct has carried only freight for twenty years.", "Tove Lindqvist"),
        ),
        gone=(
            "Transport",
            "for subscribers",
            "Subscribe to continue",
            "Four weeks",
            "Cancel at any time",
            "Already a subscriber",
            "Most read",
            "swimming pool",
            "Editor in chief",
        ),
        removed=("This article is for subscribers",),
        ends="the right to refuse a change to the timetable.",
    ),
    "feature--about-paywalls.html": Wanted(
        title="The Last Free Sentence",
        url="https://inkwell-quarterly.example/issue-31/the-last-free-sentence",
        byline=("Teodor Vasek",),
        site="Inkwell Quarterly",
        published="2024-10-05",
        language="en",
        headings=((2, "Asking"), (2, "Counting"), (2, "Leaving")),
        survives=(
            "“You have read your five free articles. Subscribe to continue reading.”",
            "Before her there was no such trade.",
            "Hers says only: “Create a free account to read on.”",
            "We tested “Subscribe now” against “Support our journalism”",
            "Foundry Lab for Local News, What the Wall Says, 2020",
            "“You have 3 articles remaining” is a true statement",
            "“This is your fourth story this month” did better",
            "“You can read five articles a month without paying. This is the first.”",
            "“Cancel subscription” is plain",
            "Your subscription runs until the end of the month",
            "“It would be nice to have the one about the soup,”",
            "This essay is free to read. If you would like to subscribe",
        ),
        once=("Small papers learned to ask their readers for money.",),
        gone=("Contributors", "Issue 31", "Editor’s letter", "Three poems about glue", "ISSN"),
        ends="The author was consulted and did not object.",
    ),
    "howto--sign-in-steps.html": Wanted(
        title="How to borrow e-books from your city library",
        url="https://plainly-explained.example/guides/borrow-e-books/",
        byline=("Rosalind Achterberg",),
        site="Plainly Explained",
        published="2025-01-22",
        language="en-GB",
        headings=(
            (2, "What you need"),
            (2, "Set up the app"),
            (2, "Borrow a book"),
            (2, "Follow new books"),
            (2, "If it does not work"),
        ),
        survives=(
            "Almost every city library lends e-books",
            "Sign in with your card number and your PIN.",
            "Accept cookies only if you want recommendations",
            "If you share a tablet, sign out when you are done.",
            "Subscribe to the feed: copy the address",
            "choose Weekly digest and enter your email address.",
            "follow the link “Unsubscribe” at the foot of any digest.",
            "https://lendery.example/harrow-lane/new.atom?language=en",
            "“Your card could not be verified”",
            "“You have reached your limit”",
            "log in on another device",
            "Bettina Okoro, Harrow Lane branch",
        ),
        gone=("On this page", "Glossary", "Was this page helpful", "Related guides", "newsletter"),
        ends="Of those who had only asked the internet, 58 per cent did.",
    ),
    "blog--code-table-footnotes.html": Wanted(
        title="Finding the pages that were scanned twice",
        url="https://wkatz.example/posts/scanned-twice/",
        byline=("Wendelin Katz",),
        site="wkatz.example",
        published="2024-11-17",
        language="en",
        headings=((2, "Sixty-four bits"), (2, "How near is near?"), (2, "What I would do again")),
        survives=(
            "In August the local history society",
            "The simplest number of this kind that I know of is the difference hash.",
            "Pairs that were truly one page, of 100 looked at",
            "vol-05/0344.jpg  vol-05/0351.jpg  7",
            "a thumb in the corner changes one bit, seldom two;",
            "The missing binder was her great-grandfather.",
            "A volunteer called it “proof-reading a wall”",
            "The books themselves are in a cellar at 71 % humidity.",
        ),
        gone=(
            "Table of Contents",
            "Suggest changes",
            "min ·",
            "«",
            "Wheat paste",
            "Reply by email",
            "Powered by",
            "↩",
            "Sixty-four bits#",
        ),
    ),
    "essay--japanese.html": Wanted(
        title="糊が乾くまで――町の製本所に残る時間",
        url="https://geppo-utsuwa.example/2024/02/nori-ga-kawaku-made/",
        byline=("森下千早",),
        site="月報うつわ",
        published="2024-02-11T07:00:00+09:00",
        language="ja",
        headings=((2, "一日に七冊"), (2, "直さないという返事"), (2, "鍋の前で")),
        survives=(
            "「急ぐ人には向かない仕事ですよ」",
            "県の製本組合がまとめた名簿によると",
            "修理に用いる糊は、紙よりも弱くなければならない。",
            "『資料補修試行報告』二〇一一年",
            "去年の四百六冊のうち、五十八冊は手を入れずに返された。",
        ),
        once=("県内に二百十二軒あった製本所は、いま九軒になった。",),
        captions=(("三代使われてきた木の締め機。柄のくぼみは先代の手の跡だという。", "岡野直"),),
        gone=(
            "糊のり",
            "喰く",
            "文＝",
            "2024年2月11日",
            "ログイン",
            "シェア",
            "ポスト",
            "あわせて読みたい",
            "紙を漉く人の冬",
            "会員",
            "#製本",
            "この記事を書いた人",
            "関連記事",
            "アクセスランキング",
            "プライバシーポリシー",
        ),
        removed=("あわせて読みたい",),
        ends="鍋の底をこする木べらは、もう一本、削り終えてあった。",
    ),
    "news--arabic.html": Wanted(
        title="صهاريج المدينة القديمة تعود إلى العمل بعد سبعين عاما",
        url="https://almarfa.example/local/2025/3/11/cisterns-return",
        byline=("سلمى الحدّاد",),
        site="صحيفة المرفأ",
        published="2025-03-11T09:45:00+03:00",
        language="ar",
        headings=((2, "جير ورماد وصبر"), (2, "أسئلة بلا جواب")),
        survives=(
            "قصر الريحان – لم يسمع سكان حي باب الزيتون",
            "وبلغت كلفة المشروع مليونين ومئتي ألف دينار",
            "لا يُملأ الصهريج في سنته الأولى إلا إلى نصفه",
            "من سجل أوقاف باب الزيتون، نحو عام 1680",
            "تصويب: ذكرت نسخة سابقة من هذا الخبر",
        ),
        once=("رمّمت بلدية قصر الريحان أحد عشر صهريجا",),
        captions=(("صهريج باب الزيتون بعد امتلائه في فبراير الماضي.", "نادر الشاوي"),),
        gone=(
            "تسجيل الدخول",
            "شارك على",
            "طباعة",
            "النشرة البريدية",
            "اشترك",
            "كلمات مفتاحية",
            "اقرأ أيضا",
            "الأكثر قراءة",
            "جميع الحقوق محفوظة",
        ),
        removed=("النشرة البريدية",),
        ends="والصحيح أنها أربعة وثلاثون.",
    ),
    "longform--headings-pull-quotes.html": Wanted(
        title="The Rain Readers",
        url="https://longacre.example/stories/the-rain-readers",
        byline=("Imogen Sallow",),
        site="Long Acre",
        published="2024-04-27T05:00:00.000Z",
        language="en-US",
        headings=(
            (2, "The wrong kind of seven"),
            (3, "Station 0417"),
            (2, "What the valley knew"),
            (3, "What it cost"),
            (2, "The biscuit tin"),
            (3, "How to leave a blank"),
        ),
        survives=(
            "Every morning at nine o’clock, in all weathers",
            "One station had no thumb.",
            "In the green book, for the same night, he had entered 38.7.",
            "The falsification at Station 0417 was systematic and prolonged.",
            "Review of the Upper Pell Rainfall Record, Corrin Basin Authority, 2021, paragraph 88",
            "“Twenty-two point six,” she said.",
            "Editor’s note, May 6, 2024: This article has been corrected.",
        ),
        once=(
            "For 140 years, volunteers have measured the rain each morning at nine.",
            "You can’t go back and measure a Tuesday.",
            "He gave the county eighteen years of false rain so that one person could sleep.",
            "It’s a drawing of a drawer.",
        ),
        captions=(
            ("The gauge at Pell Farm, in use since 1911.", "Anselm Kerr"),
            (
                "Edmund Vale receives the silver gauge, May 1971.",
                "Courtesy of the Rainfall Register",
            ),
            (
                "The sheet for July 16, 1973. The last entry, at 3:45 a.m., reads “gauge full.”",
                "Anselm Kerr",
            ),
        ),
        gone=("Podcast", "contributing writer", "Become a member", "Read next", "Forty Bells"),
        removed=("You can’t go back and measure a Tuesday.",),
        ends="The number of readers has also been updated.",
    ),
    "essay--plain.txt": Wanted(
        title="What the Lending Desk Remembers",
        survives=(
            "The slip of paper that used to be glued",
            "It did not tell who.",
            "“People were not confused,” says Bettina Okoro",
            "The old slips are collected now.",
        ),
        once=(
            "For a century, libraries kept no record of what anybody had read.",
            "What the Lending Desk Remembers",
        ),
        captions=(
            (
                "A date-due slip from the Harrow Lane branch library, last stamped in 1994.",
                "Petra Valdis/Longshore Archive",
            ),
        ),
        gone=("T he slip", "Sign in here", "remaining", "Exit mobile"),
        removed=METERED_RESIDUE,
        ends="that I am grateful to them.",
    ),
    "essay--verse-formulas-notes.html": Wanted(
        title="What the Tide Table Knows",
        url="https://slackwater.example/p/what-the-tide-table-knows",
        byline=("Tamsin Orrell",),
        site="Slack Water Letters",
        published="2025-02-11T07:00:00+01:00",
        language="en-GB",
        survives=(
            "Every harbour that I have lived in",
            "it didn’t know, it only remembered",
            "— Ines Calder, harbour pilot, Notes for a Successor",
            r"$$h(t) = \sum_{k} A_k \cos(\omega_k t + \varphi_k)$$",
            "Name\tAmplitude\t\n\tspring, m\tneap, m",
            "Moon in the south, the boats lie dry,\n  moon in the west, they swim;",
            "The predictor at Orrell Quay, filmed for its hundredth birthday.",
            "The postman puts it at none.",
        ),
        once=("The moon does not pull the water.",),
        gone=("EEvery", "â€™", "* * *", "∑Acos", "YouTube video player", "Subscribe", "Privacy"),
        removed=("Subscribe to Slack Water Letters",),
        headings=((2, "Adding up circles"), (2, "Words for it")),
        ends="which is not a method that the manual gives.",
    ),
}
