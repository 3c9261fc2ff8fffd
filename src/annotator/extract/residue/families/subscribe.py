"""Appeals to subscribe."""

from annotator.extract.residue.family import Family, boxes, exact, shape

FAMILY = Family(
    "subscribe",
    (
        shape(
            "subscribe",
            "It asks you to subscribe.",
            r"(?:please |click here to )?subscribe(?: (?:now|today|here|free|for free|online|"
            r"via|with|on|and)\b.{0,80})?",
            r"subscribe (?:to|for) (?:us|our|the|my|this|\$|€|£|\d|only|just|free|unlimited|"
            r"full|digital|a|.{0,30}(?:channel|podcast|magazine|feed|rss))\b.{0,120}",
            r"(?:digital |print )?subscriptions?(?: offers?| plans?| options?)?|(?:start|"
            r"begin|try|get) (?:your|a|our|the) (?:free |digital |risk-free |"
            r"\d+[- ]day )*(?:trial|subscription)\b.{0,80}",
            r"(?:view|see|choose|compare|explore)(?: all| our| your)* (?:subscription|"
            r"membership)? ?(?:plans?|offers?|options)(?: .{0,30})?",
            r"(?:\d+ (?:issues|weeks|months|days)|try (?:it|us)|first month|just|"
            r"only) (?:for|free|from)\b.{0,4}[$€£]?\d.{0,60}",
            r"(?:give|send|buy) (?:a |this )?(?:gift subscription|subscription as a gift|"
            r"as a gift)\b.{0,40}|gift (?:subscriptions?|this article)",
            r"(?:jetzt |hier )?(?:abonnieren|abo (?:bestellen|abschließen|testen)|zum abo|"
            r"abonnent(?:in)? werden|kostenlos testen|probeabo|jetzt testen)\b.{0,80}",
            r"abonn(?:ez-vous|e-toi|ement|ements|er|ieren sie|eer(?:\s(?:nu|je))?)\b.{0,80}|"
            r"s'abonner|je m'abonne",
            r"(?:suscríb(?:ete|ase)|suscribirse|suscripción|suscripciones|hazte (?:socio|"
            r"suscriptor|premium))\b.{0,80}",
            r"(?:abbonati|abbonamenti|assine(?: já| agora)?|assinaturas?|assinar|subscreva|"
            r"word abonnee|neem een abonnement|zaprenumeruj|prenumerata|subskrybuj|"
            r"wykup (?:dostęp|prenumeratę))\b.{0,60}",
            r"(?:подписаться|подпишитесь|оформить подписку|εγγραφείτε|"
            r"γίνετε συνδρομητής)\b.{0,60}",
            r"(?:订阅|訂閱|立即订阅|立即訂閱|购读|定期購読|購読する|購読のお申し込み).{0,12}",
        ),
        exact(
            "subscribe-abroad",
            "It says that only subscribers may read on.",
            r"(?:denna|den här|denne|den) (?:artikel|artikeln|artiklen|artikkelen|saken)? ?"
            r"(?:är|er) (?:bara |endast |kun |forbeholdt |forbeholdt for )?(?:for |för )?(?:våra |"
            r"våre |vores )?(?:prenumeranter|abonnenter|plus-?kunder)\b.{0,40}|(?:artikkelen|"
            r"artiklen|artikeln|saken) (?:er|är) (?:bara |endast |kun )?(?:for|för) "
            r"(?:prenumeranter|abonnenter)\b.{0,40}|(?:tämä )?(?:sisältö|artikkeli|juttu) on "
            r"(?:vain )?tilaajille\b.{0,30}|pro (?:pokračování|přečtení)\b.{0,40}\b(?:přihlaste|"
            r"předplaťte)\b.{0,40}|bu (?:içerik|haber|yazı) (?:sadece |yalnızca )?abonelere\b"
            r".{0,40}",
        ),
    ),
    names=boxes(
        r"(?:\w+-)?(?:subscribe|subscription|membership)-?(?:cta|box|"
        r"banner|promo|prompt|nag|callout|ask|widget|block|appeal|module)\w*",
        r"call-?to-?action",
        r"cta-?(?:box|block|banner|wrapper|container)?",
    ),
    names_reason="The page names it an appeal to subscribe.",
)
