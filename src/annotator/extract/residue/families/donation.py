"""Appeals for money: donate, become a member, support us."""

from annotator.extract.residue.family import Family, boxes, shape

FAMILY = Family(
    "donation",
    (
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
    ),
    names=boxes(
        r"(?:\w+-)?(?:donat(?:e|ions?)|patreon|contribut(?:e|ions?)|fundrais\w+)-?(?:cta|box|"
        r"banner|promo|prompt|nag|callout|ask|widget|block|appeal|module|form)\w*",
        r"support-?(?:us|box|banner|cta|appeal)",
        r"reader-?(?:revenue|appeal)(?:-\w+)*",
    ),
    names_reason="The page names it an appeal to give.",
)
