"""Invitations to subscribe."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="subscribe",
    reason="Subscription prompt.",
    policy=Policy(veto=True, trusted_container=True, ends_article=True, is_button=True),
    lines=(
        LinePattern(
            "subscribe",
            {
                "en": r"""
                    (?:please |click here to )?subscribe(?: (?:now|today|here|free|for free|
                      online|via|with|on|and)\b.{0,80})?
                    subscribe (?:to|for) (?:us|our|the|my|this|\$|€|£|\d|only|just|free|unlimited|
                      full|digital|a|.{0,30}(?:channel|podcast|magazine|feed|rss))\b.{0,120}
                    (?:digital |print )?subscriptions?(?: offers?| plans?| options?)?
                    (?:start|begin|try|get) (?:your|a|our|the) (?:free |digital |risk-free |
                      \d+[- ]day )*(?:trial|subscription)\b.{0,80}
                    (?:view|see|choose|compare|explore)(?: all| our| your)* (?:subscription|
                      membership)? ?(?:plans?|offers?|options)(?: .{0,30})?
                    (?:\d+ (?:issues|weeks|months|days)|try (?:it|us)|first month|just|
                      only) (?:for|free|from)\b.{0,4}[$€£]?\d.{0,60}
                    (?:give|send|buy) (?:a |this )?(?:gift subscription|subscription as a gift|
                      as a gift)\b.{0,40}
                    gift (?:subscriptions?|this article)
                """,
                "de": r"""
                    (?:jetzt |hier )?(?:abonnieren|abo (?:bestellen|abschließen|testen)|zum abo|
                      abonnent(?:in)? werden|kostenlos testen|probeabo|jetzt testen)\b.{0,80}
                """,
                "fr": r"s'abonner|je m'abonne",
                "es": r"""
                    (?:suscríb(?:ete|ase)|suscribirse|suscripción|suscripciones|hazte (?:socio|
                      suscriptor|premium))\b.{0,80}
                """,
                "de fr nl": r"""
                    abonn(?:ez-vous|e-toi|ement|ements|er|ieren sie|eer(?:\s(?:nu|je))?)\b.{0,80}
                """,
                "el ru": r"""
                    (?:подписаться|подпишитесь|оформить подписку|εγγραφείτε|
                      γίνετε συνδρομητής)\b.{0,60}
                """,
                "zh ja": r"""
                    (?:订阅|訂閱|立即订阅|立即訂閱|购读|定期購読|購読する|購読のお申し込み).{0,12}
                """,
                "any": r"""
                    (?:abbonati|abbonamenti|assine(?: já| agora)?|assinaturas?|assinar|subscreva|
                      word abonnee|neem een abonnement|zaprenumeruj|prenumerata|subskrybuj|
                      wykup (?:dostęp|prenumeratę))\b.{0,60}
                """,
            },
        ),
        LinePattern(
            "subscribe-abroad",
            {
                "fi": r"(?:tämä )?(?:sisältö|artikkeli|juttu) on (?:vain )?tilaajille\b.{0,30}",
                "cs": r"pro (?:pokračování|přečtení)\b.{0,40}\b(?:přihlaste|předplaťte)\b.{0,40}",
                "tr": r"bu (?:içerik|haber|yazı) (?:sadece |yalnızca )?abonelere\b.{0,40}",
                "sv da nb": r"""
                    (?:denna|den här|denne|den) (?:artikel|artikeln|artiklen|artikkelen|
                      saken)? ?(?:är|er) (?:bara |endast |kun |forbeholdt |
                      forbeholdt for )?(?:for |för )?(?:våra |våre |vores )?(?:prenumeranter|
                      abonnenter|plus-?kunder)\b.{0,40}
                    (?:artikkelen|artiklen|artikeln|saken) (?:er|är) (?:bara |endast |
                      kun )?(?:for|för) (?:prenumeranter|abonnenter)\b.{0,40}
                """,
            },
            is_exact=True,
        ),
    ),
    containers=r"""
        (?:\w+-)?(?:subscribe|subscription|membership)-?(?:cta|box|banner|promo|prompt|nag|
          callout|ask|widget|block|appeal|module)\w*
        call-?to-?action
        cta-?(?:box|block|banner|wrapper|container)?
    """,
    container_reason="Marked by the page as a subscription prompt.",
    keywords={
        "en": """
            subscribe*, paywall*, unlock, unlocking, unlimited, full access, all access,
            digital edition, free trial, paid plan, subscriber exclusive, cancel anytime,
            cancel any time, cancel at any time, introductory offer, special offer, billed,
            renews, choose a plan, day pass, gift subscription, ad free, then 0, then only 0,
            then just 0, save 0, first month free, try us, try us free, try it free,
            for less than, 0 per month, 0 a month, 0 a week, 0 weeks for 0, weeks for 0,
            months for 0, 0 months for, paying members, paying subscribers, paying readers,
            for members, for subscribers, for our members, members only, subscribers only,
            member exclusive, our subscribers, our members
        """,
        "de": """
            abo, abonnier*, *abo, premium, kündbar, probeabo, probemonat, uneingeschränkt*,
            bezahlschranke, freischalten, vollzugriff, euro im monat, jederzeit kündbar, paywall,
            wochen für 0, wochen für nur, 0 wochen für, monate für 0
        """,
        "fr": """
            abonnez vous, abonner, s abonner, accès illimité, accès intégral, en illimité,
            premium, sans engagement, résiliable, essai gratuit, le premier mois, débloquer,
            débloquez, contenu exclusif, mois pour 0, semaines pour 0, 0 mois pour, déverrouill*,
            offre découverte
        """,
        "es": """
            suscríbete, suscríbase, suscribir*, suscripciones, premium, acceso ilimitado,
            sin límites, prueba gratis, prueba gratuita, hazte socio, cancela cuando quieras,
            desbloquea, sin compromiso, meses por 0, semanas por 0, mes por 0
        """,
        "it": """
            abbonati, abbonarsi, premium, contenuto esclusivo, illimitato, senza limiti,
            prova gratis, prova gratuita, provalo, disdire, disdici, sblocca, mesi a 0,
            settimane a 0, mese a 0, mesi per 0
        """,
        "pt": """
            assine, assinar, subscreva, subscrição, premium, acesso ilimitado, teste grátis,
            no primeiro mês, cancele quando, desbloqueie, meses por 0, semanas por 0, mês por 0
        """,
        "nl": """
            abonneer, abonneren, *abonnement, premium, onbeperkt*, proefabonnement, opzegbaar,
            ontgrendel, weken voor 0, maanden voor 0, 0 weken voor
        """,
        "pl": """
            prenumerat*, subskry*, abonament*, premium, nieograniczon*, bez limitu,
            bez ograniczeń, za miesiąc, wykup*, odblokuj, okres próbny, wypróbuj, tygodnie za 0,
            miesiące za 0, miesiąc za 0, już od 0, za 0 zł, wykupieniu subskrypcji, po wykupieniu
        """,
        "el": """
            συνδρομ*, premium, απεριόριστ*, ξεκλειδώστε, εγγραφείτε συνδρομητ*, μόλις 0,
            εβδομάδες με 0
        """,
        "ru": """
            подписк*, подпишитесь, подписаться, подписаны, подписывайтесь, premium, безлимитн*,
            доступен только, только подписчикам, только для подписчиков, по подписке,
            рублей в месяц, пробный период, оформите, оформить, за 0 рублей, всего за 0,
            месяц за 0
        """,
        "zh": """
            订阅, 訂閱, 會員, 付費, 订户, 畅读, 暢讀, 解锁, 首月, 试读, 尊享, 订阅用户, 续费
        """,
        "ja": """
            購読, 有料会員, 会員限定, 読み放題, 月額, プレミアム, 無料トライアル, お試し,
            定期購読, 申し込み
        """,
        "any": "paywall",
    },
    weak_keywords={
        "en": """
            subscription*, subscriber*, premium, unlocked, locked, trial, trial period, upgrade,
            upgrading, member, members, membership*, exclusive content, per month, a month,
            a week, per week, a year, per year, offer, offers, discount, save, plans, insider,
            issues, delivery
        """,
        "de": """
            abos, abonnent*, abonnement*, plus, testen, unbegrenzt*, exklusiv*, mitglied*,
            mitgliedschaft, pro monat, im monat, pro woche, monatlich, angebot*, rabatt
        """,
        "fr": """
            abonné, abonnés, abonnée, abonnées, abonnement*, je m abonne, illimité, illimitée,
            réservé, réservés, réservée, offre, offres, par mois, adhérent*, membre, membres,
            premier mois
        """,
        "es": """
            suscripción, suscriptor*, exclusivo, exclusivos, exclusiva, ilimitado, oferta*,
            al mes, por mes, socio, socios, cancelar, permanencia, miembro, miembros
        """,
        "it": """
            abbonato, abbonamento, abbonamenti, riservato, riservati, esclusivo, esclusivi,
            offerta, offerte, al mese, membro, soci, socio
        """,
        "pt": """
            assinante*, assinatura*, exclusivo, exclusivos, exclusiva, ilimitado, experimente,
            oferta, ofertas, por mês, sócio, membro, membros
        """,
        "nl": """
            abonnee, abonnees, abonnement*, exclusief, exclusieve, aanbieding*, per maand,
            per week, lid, leden, lidmaatschap, probeer
        """,
        "pl": "oferta, oferty, promocj*, miesięcznie, tylko dla, dostęp, rezygnuj",
        "el": "αποκλειστικ*, προσφορ*, τον μήνα, μέλος, μέλη, δοκιμ*",
        "ru": "подписчик*, премиум, неограниченн*, эксклюзив*, в месяц, скидк*, предложени*",
        "zh": "会员, 付费, 专享, 仅限, 优惠",
        "ja": "有料, 限定, プラン",
    },
)
