"""Appeals to subscribe."""

from annotator.extract.steps.shapes import Family, boxes, shape

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
    ),
    names=boxes(
        r"(?:\w+-)?(?:subscribe|subscription|membership)-?(?:cta|box|"
        r"banner|promo|prompt|nag|callout|ask|widget|block|appeal|module)\w*",
        r"call-?to-?action",
        r"cta-?(?:box|block|banner|wrapper|container)?",
    ),
    names_reason="The page names it an appeal to subscribe.",
)
