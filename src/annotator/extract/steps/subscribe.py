"""Nags: subscribe, donate, become a member, get the app."""

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
        shape(
            "support-us",
            "It asks you for money or membership.",
            r"(?:please )?(?:consider )?(?:support(?:ing)?|fund(?:ing)?|help) (?:us|our|my|"
            r"the work|independent|quality|local|nonprofit|this (?:site|blog|work|"
            r"podcast))\b.{0,140}",
            r"(?:please )?(?:consider )?(?:donat(?:e|ing)|mak(?:e|ing) a (?:donation|"
            r"contribution)|giv(?:e|ing) today|chip(?:ping)? in|contribut(?:e|ing) (?:now|"
            r"today|to (?:us|our)))\b.{0,140}",
            r"(?:become|be|join as|sign up as) (?:a|an|our) (?:\w+ )?(?:member|subscriber|"
            r"patron|supporter|sustainer|insider|backer)\b.{0,120}",
            r"(?:join|support us|find (?:me|us)|back us)(?: now|"
            r" today)?(?: on)? patreon\b.{0,60}|patreon|buy (?:me|us) a (?:coffee|"
            r"beer)\b.{0,40}|support (?:me|us) on .{0,40}",
            r"(?:thank you|thanks|danke) (?:so much )?(?:for|für) (?:your|ihre|deine) "
            r"(?:support|unterstützung)\b.{0,40}",
            r"(?:jetzt |bitte )?(?:spenden|unterstütz(?:en|e|t)(?: sie| du)? (?:uns|unsere|"
            r"die|diesen)|mitglied werden|werde(?:n sie)? (?:mitglied|"
            r"unterstützer))\b.{0,120}",
            r"(?:faites un don|soutenez(?:-nous| notre)?|je fais un don|dona(?:r)?|"
            r"haz una donación|apoya|apóyanos|dona ora|sostienici|doe, een donatie|steun ons|"
            r"wesprzyj nas|поддержите нас|поддержать)\b.{0,80}",
            r"(?:赞助|捐款|支持我们|ご支援|寄付する).{0,12}",
        ),
        shape(
            "get-the-app",
            "It advertises an app or a channel.",
            r"(?:download|get|install|try|open in|read (?:it |this )?in|view in|use) (?:the|"
            r"our|your)?\s?(?:\w+ ){0,3}app\b.{0,80}",
            r"(?:available|download(?: it)?(?: now)?|get it) (?:on|from|"
            r"in) (?:the )?(?:app store|google play|play store|itunes)\b.{0,60}",
            r"(?:hear|play) (?:this|the) (?:article|story|episode)\b.{0,40}",
            r"listen to (?:this|the) (?:article|story|post|audio|episode|podcast)\b.{0,60}|"
            r"(?:listen|watch) (?:now|live)|(?:hear|play) this (?:story|article)|"
            r"audio (?:version|edition)\b.{0,40}",
            r"(?:artikel|beitrag) (?:an)?hören\b.{0,40}|écouter (?:l'article|cet article)|"
            r"escuchar (?:artículo|noticia)|ascolta (?:l')?articolo|ouça (?:este|"
            r"o) (?:artigo|texto)",
            r"(?:add|make|set) .{0,30}\b(?:as|a) (?:your )?(?:preferred|"
            r"trusted) source\b.{0,40}|follow us on google news",
            r"(?:enable|turn on|allow|get) (?:push |browser |desktop )?(?:notifications?|"
            r"alerts)\b.{0,60}",
        ),
    ),
    names=boxes(
        r"(?:\w+-)?(?:subscribe|subscription|membership|donat(?:e|ion)|patreon)-?(?:cta|box|"
        r"banner|promo|prompt|nag|callout|ask|widget|block|appeal|module)\w*",
        r"call-?to-?action",
        r"cta-?(?:box|block|banner|wrapper|container)?",
        r"app-?(?:banner|promo|download)\w*",
        r"support-?(?:us|box|banner|cta|appeal)",
    ),
    names_reason="The page names it an appeal to subscribe or to give.",
)
