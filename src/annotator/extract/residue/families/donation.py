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
)
