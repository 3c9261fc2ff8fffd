"""Invitations to newsletters."""

from annotator.extract.residue.family import Family, boxes, shape

_MAIL = (
    r"(?:in-?box(?:es)?|newsletters?|mailing list|(?:by|via|our|your|free) e-?mails?|e-?mail "
    r"(?:updates|alerts|list|edition)|morning brief\w*|daily (?:digest|"
    r"brief\w*|edition|email)|weekly (?:digest|roundup|email|brief\w*))"
)

FAMILY = Family(
    "newsletter",
    (
        shape(
            "newsletter",
            "It invites you to a newsletter.",
            r"(?:our |the |free |daily |weekly |e-?mail |join (?:our|the) |"
            r"my )*newsletters?(?: (?:sign[ -]?up|signup|subscription|archive))?",
            r"(?:get|sign[ -]?up|signup|receive|want|wish|subscribe|join|never miss|"
            r"don't miss|stay|keep|looking for|enjoy\w*|like|love|if you|be the first|"
            r"start your|delivered|sent|our|the best|more|you can|for more|click here|"
            r"please|interested|become)\b"
            rf".{{0,180}}\b{_MAIL}\b.{{0,140}}",
            r".{0,80}\b(?:delivered|straight|right|direct(?:ly)?|sent)\b.{0,20}\b(?:to|"
            r"in|into) your (?:in-?box|e-?mail)\b.{0,80}",
            r"(?:please )?(?:enter |type (?:in )?)?your e-?mail(?: address)?(?: here| below| "
            r"again)?(?:(?: to| for) .{0,80})?|e-?mail(?: address| \*| required)",
            r"sign[ -]?up(?: now| here| today| below| for free)?(?: (?:for|to) .{0,36})?",
            r"(?:thank you|thanks) for (?:signing up|subscribing|registering).{0,80}",
            r"(?:invalid|please (?:enter|provide)|enter) (?:a |an )?(?:valid )?e-?mail.{0,50}",
            r"(?:we (?:will|'ll) never|we won't|no) (?:share|spam|sell).{0,60}",
            r"(?:by|when) (?:signing up|subscribing|submitting|entering|registering|"
            r"providing|clicking)\b.{0,260}",
            r".{0,80}\b(?:you can |you may )?unsubscribe\b.{0,12}\b(?:at )?any ?time.{0,60}",
            r"(?:one|an) (?:error|problem) (?:has )?occurred.{0,60}|something went wrong.{0,60}",
            # German, Dutch
            r"(?:unser(?:en)? |der |kostenlose[rn]? |den )*newsletter(?: (?:abonnieren|"
            r"anmeldung|bestellen|an ?melden|archiv))?",
            r"(?:melden|abonnieren|erhalten|bestellen|jetzt|hier|mit (?:unserem|dem)|"
            r"verpassen|verpasse|immer|holen|hol|du willst|sie wollen|möchten|alle|"
            r"die wichtigsten|täglich|bleiben|bleib|zum|unser)\b.{0,140}\b(?:newsletter|"
            r"posteingang|postfach|per (?:e-?)?mail|e-?mail)\b.{0,100}",
            r"verpass(?:e|en sie) (?:keine?n?|nie|nichts)\b.{0,80}",
            r"(?:ihre|deine) e-?mail-?adresse.{0,40}",
            r"(?:schrijf|meld|ontvang|abonneer|blijf|mis)\b.{0,120}\b(?:nieuwsbrief|inbox|"
            r"e-?mail)\b.{0,60}|(?:onze |de )?nieuwsbrief(?:en)?",
            # French, Spanish, Italian, Portuguese
            r"(?:inscrivez-vous|abonnez-vous|recevez|s'abonner|s'inscrire|je m'inscris|"
            r"pour (?:ne rien|recevoir)|chaque)\b.{0,120}\b(?:newsletters?|lettre|infolettre|"
            r"e-?mail|boîte)\b.{0,80}|(?:nos |la |notre )?(?:newsletters?|infolettre)",
            r"(?:suscríb(?:ete|ase)|recibe|reciba|apúntate|regístrate|inscríb(?:ete|ase)|"
            r"quiero)\b.{0,120}\b(?:newsletters?|boletín(?:es)?|correo|e-?mail|"
            r"buzón)\b.{0,80}|(?:nuestr[oa] |el )?(?:boletín|newsletter)",
            r"(?:iscriviti|ricevi|abbonati|registrati|resta)\b.{0,120}\b(?:newsletter|"
            r"e-?mail|posta)\b.{0,80}",
            r"(?:assine|receba|inscreva-se|cadastre-se|subscreva)\b.{0,120}\b(?:newsletters?|"
            r"e-?mail|boletim)\b.{0,80}",
            # Polish, Greek, Russian
            r"(?:zapisz się|zapisz|subskrybuj|otrzymuj|bądź)\b.{0,100}\b(?:newsletter\w*|"
            r"e-?mail\w*|skrzynk\w+)\b.{0,60}",
            r"(?:εγγραφείτε|γραφτείτε|λάβετε|εγγραφή)\b.{0,100}\b(?:newsletter|ενημερωτικό|"
            r"email)\b.{0,60}",
            r"(?:подпишитесь|подписаться|подписывайтесь|получайте)\b.{0,100}\b(?:рассылк\w+|"
            r"почт\w+|e-?mail)\b.{0,60}",
            # Chinese, Japanese
            r"(?:订阅|訂閱).{0,16}(?:简报|通讯|邮件|電子報|电子报|newsletter).{0,16}",
            r".{0,24}(?:メルマガ|メールマガジン|ニュースレター).{0,24}(?:登録|購読|受け取|"
            r"配信).{0,12}",
        ),
    ),
    names=boxes(
        r"(?:\w+-){0,3}newsletters?(?:-\w+){0,4}",
        r"mc-?embed(?:-\w+)*",
        r"mailchimp(?:-\w+)*",
        r"(?:email|mail)-?(?:sign-?up|signup|capture|subscribe|optin)(?:-\w+)*",
        r"subscribe-?(?:box|form|widget|block|cta|module|wrap\w*|section|banner)?",
        r"subscription-?(?:box|form|widget|block|cta|offer|module|prompt)",
        r"jetpack-subscription\w*",
        r"opt-?in(?:-\w+){0,3}",
        r"sign-?up-?(?:box|form|widget|module)",
        r"nl-?(?:signup|box|form|subscribe)",
    ),
    names_reason="The page names it a sign-up for a newsletter.",
)
