"""Invitations to newsletters."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="newsletter",
    reason="Newsletter prompt.",
    policy=Policy(veto=True, trusted_container=True, ends_article=True, is_button=True),
    pieces={
        "MAIL": r"""
            (?:in-?box(?:es)?|newsletters?|mailing list|(?:by|via|our|your|free) e-?mails?|
              e-?mail (?:updates|alerts|list|edition)|morning brief\w*|daily (?:digest|brief\w*|
              edition|email)|weekly (?:digest|roundup|email|brief\w*))
        """,
    },
    lines=(
        # A list of steps or of things never speaks of the site's own newsletter.
        LinePattern(
            "our-newsletter",
            {
                "en": r"(?:sign up|subscribe|register|join)\b.{0,24}\bour\b.{0,24}\bnewsletters?",
                "de": r"(?:jetzt )?(?:abonnieren sie )?unseren newsletter(?: abonnieren)?",
                "fr": r"(?:abonnez|inscrivez)-vous à (?:notre|nos) newsletters?",
                "es": r"(?:suscríbete|apúntate) a nuestr[ao]s? (?:newsletter|boletín)",
                "it": r"iscriviti alla nostra newsletter",
                "nl": r"(?:abonneer je|meld je aan) (?:op|voor) onze nieuwsbrief",
            },
            place="always",
        ),
        LinePattern(
            "newsletter",
            {
                "en": r"""
                    (?:our |the |free |daily |weekly |e-?mail |join (?:our|the) |
                      my )*newsletters?(?: (?:sign[ -]?up|signup|subscription|archive))?
                    (?:get|sign[ -]?up|signup|receive|want|wish|subscribe|join|never miss|
                      don't miss|stay|keep|looking for|enjoy\w*|like|love|if you|be the first|
                      start your|delivered|sent|our|the best|more|you can|for more|click here|
                      please|interested|become)\b.{0,180}\b{MAIL}\b.{0,140}
                    .{0,80}\b(?:delivered|straight|right|direct(?:ly)?|sent)\b.{0,20}\b(?:to|in|
                      into) your (?:in-?box|e-?mail)\b.{0,80}
                    (?:please )?(?:enter |type (?:in )?)?your e-?mail(?: address)?(?: (?:here|
                      below|again))?(?: (?:to|for) .{0,80})?
                    sign[ -]?up(?: now| here| today| below| for free)?(?: (?:for|to) .{0,36})?
                    (?:thank you|thanks) for (?:signing up|subscribing|registering).{0,80}
                    (?:invalid|please (?:enter|provide)|enter) (?:a |
                      an )?(?:valid )?e-?mail.{0,50}
                    (?:we (?:will|'ll) never|we won't|no) (?:share|spam|sell).{0,60}
                    (?:by|when) (?:signing up|subscribing|submitting|entering|registering|
                      providing|clicking)\b.{0,260}
                    .{0,80}\b(?:you can |you may )?unsubscribe\b.{0,12}\b(?:at )?any ?time.{0,60}
                    (?:one|an) (?:error|problem) (?:has )?occurred.{0,60}
                    e-?mail(?: address| \*| required)|something went wrong.{0,60}
                """,
                "de": r"""
                    (?:unser(?:en)? |der |kostenlose[rn]? |den )*newsletter(?: (?:abonnieren|
                      anmeldung|bestellen|an ?melden|archiv))?
                    (?:melden|abonnieren|erhalten|bestellen|jetzt|hier|mit (?:unserem|dem)|
                      verpassen|verpasse|immer|holen|hol|du willst|sie wollen|möchten|alle|
                      die wichtigsten|täglich|bleiben|bleib|zum|unser)\b.{0,140}\b(?:newsletter|
                      posteingang|postfach|per (?:e-?)?mail|e-?mail)\b.{0,100}
                    verpass(?:e|en sie) (?:keine?n?|nie|nichts)\b.{0,80}
                    (?:ihre|deine) e-?mail-?adresse.{0,40}
                """,
                "fr": r"""
                    (?:inscrivez-vous|abonnez-vous|recevez|s'abonner|s'inscrire|je m'inscris|
                      pour (?:ne rien|recevoir)|chaque)\b.{0,120}\b(?:newsletters?|lettre|
                      infolettre|e-?mail|boîte)\b.{0,80}
                    (?:nos |la |notre )?(?:newsletters?|infolettre)
                """,
                "es": r"""
                    (?:suscríb(?:ete|ase)|recibe|reciba|apúntate|regístrate|inscríb(?:ete|ase)|
                      quiero)\b.{0,120}\b(?:newsletters?|boletín(?:es)?|correo|e-?mail|
                      buzón)\b.{0,80}
                    (?:nuestr[oa] |el )?(?:boletín|newsletter)
                """,
                "it": r"""
                    (?:iscriviti|ricevi|abbonati|registrati|resta)\b.{0,120}\b(?:newsletter|
                      e-?mail|posta)\b.{0,80}
                """,
                "pt": r"""
                    (?:assine|receba|inscreva-se|cadastre-se|
                      subscreva)\b.{0,120}\b(?:newsletters?|e-?mail|boletim)\b.{0,80}
                """,
                "nl": r"""
                    (?:schrijf|meld|ontvang|abonneer|blijf|mis)\b.{0,120}\b(?:nieuwsbrief|inbox|
                      e-?mail)\b.{0,60}
                    (?:onze |de )?nieuwsbrief(?:en)?
                """,
                "pl": r"""
                    (?:zapisz się|zapisz|subskrybuj|otrzymuj|bądź)\b.{0,100}\b(?:newsletter\w*|
                      e-?mail\w*|skrzynk\w+)\b.{0,60}
                """,
                "el": r"""
                    (?:εγγραφείτε|γραφτείτε|λάβετε|εγγραφή)\b.{0,100}\b(?:newsletter|ενημερωτικό|
                      email)\b.{0,60}
                """,
                "ru": r"""
                    (?:подпишитесь|подписаться|подписывайтесь|получайте)\b.{0,100}\b(?:рассылк\w+|
                      почт\w+|e-?mail)\b.{0,60}
                """,
                "zh": r"(?:订阅|訂閱).{0,16}(?:简报|通讯|邮件|電子報|电子报|newsletter).{0,16}",
                "ja": r"""
                    .{0,24}(?:メルマガ|メールマガジン|ニュースレター).{0,24}(?:登録|購読|受け取|
                      配信).{0,12}
                """,
            },
        ),
    ),
    containers=r"""
        (?:\w+-){0,3}newsletters?(?:-\w+){0,4}
        mc-?embed(?:-\w+)*
        mailchimp(?:-\w+)*
        (?:email|mail)-?(?:sign-?up|signup|capture|subscribe|optin)(?:-\w+)*
        subscribe-?(?:box|form|widget|block|cta|module|wrap\w*|section|banner)?
        subscription-?(?:box|form|widget|block|cta|offer|module|prompt)
        jetpack-subscription\w*
        opt-?in(?:-\w+){0,3}
        sign-?up-?(?:box|form|widget|module)
        nl-?(?:signup|box|form|subscribe)
    """,
    container_reason="Marked by the page as a newsletter sign-up.",
)
