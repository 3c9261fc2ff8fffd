"""Nags for an app, and for the messages that it or the browser would show."""

from annotator.extract.residue.family import Family, boxes, exact, shape

FAMILY = Family(
    "app",
    (
        shape(
            "get-the-app",
            "It advertises an app or a channel.",
            r"(?:download|get|install|try|open in|read (?:it |this )?in|view in|use) (?:the|"
            r"our|your)?\s?(?:\w+ ){0,3}app\b.{0,80}",
            r"(?:available|download(?: it)?(?: now)?|get it) (?:on|from|"
            r"in) (?:the )?(?:app store|google play|play store|itunes)\b.{0,60}",
            r"(?:add|make|set) .{0,30}\b(?:as|a) (?:your )?(?:preferred|"
            r"trusted) source\b.{0,40}|follow us on google news",
            r"(?:enable|turn on|allow|get) (?:push |browser |desktop )?(?:notifications?|"
            r"alerts)\b.{0,60}",
        ),
        exact(
            "get-the-app-abroad",
            "It advertises an app or a channel.",
            # Swedish, Danish, Norwegian, Finnish, Czech, Hungarian, Romanian, Turkish
            r"(?:ladda (?:ner|ned)|hämta|hent|download|last ned|lataa|stáhněte si|töltse le|"
            r"descarcă|"
            r"descărcați|indirin|indir) (?:vår app|vores app|appen vår|appen|vår nya app|"
            r"sovelluksemme|"
            r"\w+-sovellus|naši aplikaci|alkalmazásunkat|aplicația noastră|uygulamamızı)\b.{0,80}",
        ),
    ),
    names=boxes(
        r"(?:\w+-)?app-?(?:banner|promo|download|nag|install|store|prompt)\w*(?:-\w+)*",
        r"smart-?(?:app-?)?banner(?:-\w+)*",
        r"(?:web-?)?push-?(?:prompt|notifications?|banner)(?:-\w+)*",
    ),
    names_reason="The page names it an advertisement of its app.",
)
