"""Prompts to install an app or to allow notifications."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="app",
    reason="App or notification prompt.",
    policy=Policy(veto=True, is_button=True),
    lines=(
        LinePattern(
            "get-the-app",
            {
                "en": r"""
                    (?:download|get|install|try|open in|read (?:it |this )?in|view in|use) (?:the|
                      our|your)?\s?(?:\w+ ){0,3}app\b.{0,80}
                    (?:available|download(?: it)?(?: now)?|get it) (?:on|from|
                      in) (?:the )?(?:app store|google play|play store|itunes)\b.{0,60}
                    (?:add|make|set) .{0,30}\b(?:as|a) (?:your )?(?:preferred|
                      trusted) source\b.{0,40}
                    (?:enable|turn on|allow|get) (?:push |browser |desktop )?(?:notifications?|
                      alerts)\b.{0,60}
                    follow us on google news
                """,
            },
        ),
        LinePattern(
            "get-the-app-abroad",
            {
                "any": r"""
                    (?:ladda (?:ner|ned)|hämta|hent|download|last ned|lataa|stáhněte si|töltse le|
                      descarcă|descărcați|indirin|indir) (?:vår app|vores app|appen vår|appen|
                      vår nya app|sovelluksemme|\w+-sovellus|naši aplikaci|alkalmazásunkat|
                      aplicația noastră|uygulamamızı)\b.{0,80}
                """,
            },
            is_exact=True,
        ),
    ),
    containers=r"""
        (?:\w+-)?app-?(?:banner|promo|download|nag|install|store|prompt)\w*(?:-\w+)*
        smart-?(?:app-?)?banner(?:-\w+)*
        (?:web-?)?push-?(?:prompt|notifications?|banner)(?:-\w+)*
    """,
    container_reason="Marked by the page as an app prompt.",
)
