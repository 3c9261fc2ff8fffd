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
)
