"""Appeals for money: donate, become a member, support us."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="donation",
    reason="Donation or payment prompt.",
    policy=Policy(veto=True, is_button=True),
    lines=(
        LinePattern(
            "support-us",
            {
                "en": r"""
                    (?:please )?(?:consider )?(?:support(?:ing)?|fund(?:ing)?|help) (?:us|our|my|
                      the work|independent|quality|local|nonprofit|this (?:site|blog|work|
                      podcast))\b.{0,140}
                    (?:please )?(?:consider )?(?:donat(?:e|ing)|mak(?:e|ing) a (?:donation|
                      contribution)|giv(?:e|ing) today|chip(?:ping)? in|contribut(?:e|ing) (?:now|
                      today|to (?:us|our)))\b.{0,140}
                    (?:become|be|join as|sign up as) (?:a|an|our) (?:\w+ )?(?:member|subscriber|
                      patron|supporter|sustainer|insider|backer)\b.{0,120}
                    (?:join|support us|find (?:me|us)|
                      back us)(?: now| today)?(?: on)? patreon\b.{0,60}
                    buy (?:me|us) a (?:coffee|beer)\b.{0,40}
                    patreon|support (?:me|us) on .{0,40}
                """,
                "de": r"""
                    (?:jetzt |bitte )?(?:spenden|unterstütz(?:en|e|t)(?: sie| du)? (?:uns|unsere|
                      die|diesen)|mitglied werden|werde(?:n sie)? (?:mitglied|
                      unterstützer))\b.{0,120}
                """,
                "en de": r"""
                    (?:thank you|thanks|danke) (?:so much )?(?:for|für) (?:your|ihre|
                      deine) (?:support|unterstützung)\b.{0,40}
                """,
                "zh ja": r"(?:赞助|捐款|支持我们|ご支援|寄付する).{0,12}",
                "any": r"""
                    (?:faites un don|soutenez(?:-nous| notre)?|je fais un don|dona(?:r)?|
                      haz una donación|apoya|apóyanos|dona ora|sostienici|doe, een donatie|
                      steun ons|wesprzyj nas|поддержите нас|поддержать)\b.{0,80}
                """,
            },
        ),
    ),
    containers=r"""
        (?:\w+-)?(?:donat(?:e|ions?)|patreon|contribut(?:e|ions?)|fundrais\w+)-?(?:cta|box|banner|
          promo|prompt|nag|callout|ask|widget|block|appeal|module|form)\w*
        support-?(?:us|box|banner|cta|appeal)
        reader-?(?:revenue|appeal)(?:-\w+)*
    """,
    container_reason="Marked by the page as a donation prompt.",
    keywords={
        "en": """
            donate, donating, donation*, chip in, supporting us, support our, support independent,
            support local, support quality, fund our, fundrais*, our journalism,
            independent journalism, local journalism, quality journalism, non profit, patreon,
            buy me a coffee, tax deductible, readers like you, reader funded, reader supported,
            value our work, patrons, keep us, fund reporting, reporting like this,
            made possible by, small donation, keep us going, fund us, your support,
            your contribution, your donation, your gift, pay for this work, pay for our work,
            pay for our journalism, every contribution, any contribution, big or small
        """,
        "de": """
            spendenaktion, unabhängigen journalismus, unabhängiger journalismus, fördermitglied,
            beitrag leisten, paypal, ihre spende, deine spende, ihre unterstützung,
            deine unterstützung
        """,
        "fr": """
            faites un don, faire un don, journalisme indépendant, presse indépendante,
            média indépendant, presse libre, contribuez, donateur*, défiscalis*, votre don,
            votre soutien, vos dons
        """,
        "es": """
            haz una donación, apóyanos, aportación, aportaciones, contribuye,
            periodismo independiente, periodismo libre, tu aportación, tu donación,
            tu contribución
        """,
        "it": """
            fai una donazione, sostienici, sostenitore, contribuisci, giornalismo indipendente,
            informazione libera, tuo contributo, tua donazione, tuo sostegno
        """,
        "pt": """
            faça uma doação, contribua, jornalismo independente, ajude nos, apoiador*,
            sua contribuição, sua doação, sua ajuda, seu apoio
        """,
        "nl": """
            doneer, doneren, donatie, donaties, donateur*, steun ons,
            onafhankelijke journalistiek, vriend van, jouw donatie, uw donatie, jouw steun,
            uw bijdrage, jouw bijdrage
        """,
        "pl": """
            wesprzyj*, wspieraj*, wpłać, niezależne dziennikarstwo, niezależnego dziennikarstwa,
            pomóż nam, patronite, twoja wpłata, twoje wsparcie, twoja darowizna, twoja pomoc
        """,
        "el": "στηρίξτε, στήριξε, υποστηρίξτε, συνεισφορά σας, δωρεά σας, υποστήριξή σας",
        "ru": """
            поддержите, пожертвован*, пожертвовать, донат*, независимую журналистику,
            независимая журналистика, ваша помощь, сделать пожертвование, ваше пожертвование,
            ваша поддержка, ваш взнос
        """,
        "zh": """
            捐助, 捐贈, 支持我们, 支持我們, 支持独立, 赞赏, 打赏, 独立新闻, 您的捐助, 您的支持
        """,
        "ja": "ご寄付, ご支援, カンパ, ご協力ください, ご寄付に",
    },
    weak_keywords={
        "en": """
            contribute, contributing, contribution*, support us, supporter*, nonprofit, coffee,
            gift, make a difference, our work, our reporting, patron, help us, need your help,
            appeal, give today, give now
        """,
        "de": """
            spende, spenden, spendet, unterstützen sie, unterstütze uns, unterstütz*,
            journalismus, fördern, förderer, helfen sie, hilf uns, unsere arbeit
        """,
        "fr": """
            don, dons, donner, soutenez, soutenir, soutien, contribution*, contribuer, aidez nous,
            besoin de vous
        """,
        "es": """
            dona, donar, donación, donaciones, apoya, apoyar, apoyo, contribución, colabora,
            periodismo, ayúdanos, ayudar, tu ayuda
        """,
        "it": """
            dona, donare, donazione, donazioni, sostieni, sostenere, sostegno, contributo,
            giornalismo, aiutaci, aiuta, aiuto
        """,
        "pt": """
            doe, doar, doação, doações, apoie, apoiar, apoio, contribuição, contribuições,
            jornalismo, ajude, ajuda, colabore
        """,
        "nl": "steun, steunen, bijdrage, journalistiek, help ons, jouw hulp",
        "pl": "wsparcie*, wpłat*, darowizn*, przekaż, dziennikarstw*, zbiórk*, datek",
        "el": "δωρεά, δωρεές, στήριξη, υποστήριξη, συνεισφορ*, δημοσιογραφία*, βοηθήστε",
        "ru": "поддержать, поддержка, поддержку, журналистик*, помогите, взнос*",
        "zh": "捐款, 捐赠, 支持, 资助",
        "ja": "寄付, 支援, サポート, 応援, 独立した, ジャーナリズム",
    },
)
