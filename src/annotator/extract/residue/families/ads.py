"""Advertisements, their labels, and notices of affiliate links."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="ads",
    reason="Advertisement or affiliate-link notice.",
    policy=Policy(
        veto=True,
        trusted_container=True,
        is_button=True,
    ),
    lines=(
        LinePattern(
            "ad-label",
            {
                "en": r"""
                    (?:sponsored|presented|promoted|brought to you|powered|paid for) (?:by|
                      content|post|links?|stories|message)\b[^.!?,]{0,60}
                    advertisement\b.{0,8}(?:continue|scroll|story|article|below|skip|hide|close|
                      remove)\b.{0,60}
                    (?:article|story|text|post) continues(?: (?:below|after)\b.{0,60})?
                    (?:continue|scroll|keep scrolling)(?: down| below)?(?: (?:for|to) (?:more|
                      continue|read|the rest)\b.{0,30})?
                    (?:ad|ads) (?:choices|feedback|info)
                    (?:remove|report|skip|close|hide)(?: this| the)? (?:ads?|advertisements?)
                    why (?:am i seeing this|this) ads?\b.{0,20}
                    continue reading below\b.{0,40}|adchoices|advertise (?:with us|here)
                """,
                "de": r"""
                    weiter nach der (?:werbung|anzeige)
                    nach der werbung weiterlesen
                """,
                "fr": r"la suite après (?:la|cette) publicité",
                "es": r"la noticia continúa .{0,40}",
                "it": r"continua a leggere dopo la pubblicità",
                "pt": r"continua após a publicidade",
                "nl": r"(?:ga verder|lees verder) (?:na|onder) de advertentie",
                "pl": r"reszta artykułu pod (?:reklamą|materiałem).{0,20}",
                "any": r"""
                    (?:advertisements?|advert|adverts|ads?|ad|advertising|commercial|sponsored|
                      promoted|promotion|paid (?:content|post|partnership)|partner content|
                      publicidade?|publicité|pubblicità|anzeigen?|werbung|anzeige von .{0,40}|
                      reklam[ae]?|reclame|advertentie|iklan|sponsorowane|διαφήμιση|реклама|
                      на правах рекламы|广告|廣告|広告|スポンサー(?:リンク)?|pr)(?: \d{1,2})?
                    (?:anzeige|werbung|advertorial|sponsored post|ad)\s?[,:–—|-]\s?.{1,120}
                """,
            },
            reason="Advertisement label.",
            place="always",
        ),
        LinePattern(
            "ad-label-abroad",
            {
                "sv": r"""
                    det här inlägget innehåller\b.{0,60}\blänk\w*\b.{0,80}
                    annonsinnehåll|kommersiellt samarbete
                """,
                "da": r"annoncørbetalt",
                "nb": r"annonsørinnhold|sponset innhold|betalt innhold|kommersielt samarbeid",
                "fi": r"mainos|mainokset|kaupallinen yhteistyö",
                "cs": r"""
                    reklama(?: ?[–-] ?pokrač\w+ .{1,30})?
                    inzerce|komerční sdělení
                """,
                "hu": r"reklám|hirdetés|támogatott tartalom",
                "ro": r"publicitate",
                "tr": r"ilan",
                "ko": r"광고",
                "ar": r"إعلان",
                "sv da nb": r"(?:annons|annonse|annonce)r?(?:\s?[:–|-] ?.{1,40})?",
                "sv da tr": r"reklam",
                "da nb": r"reklame",
                "any": r"""
                    (?:artikeln|artiklen|artikkelen|saken|texten|teksten|juttu|artikkeli|článek|
                      text|a cikk|cikkünk|articolul|haber|стаття)\b.{0,12}\b(?:fortsätter|
                      fortsætter|fortsetter|jatkuu|pokračuje|folytatódik|hirdetés után|continuă|
                      devam|продовжується)\b.{0,16}\b(?:annons|reklam|mainok|video|bild|billed|
                      foto|inzer|hirdet|folytat|publicit|edi|відео|реклам)\w*(?: .{0,20})?
                    (?:artikeln|artiklen|artikkelen|saken|inlägget|inlæg\w*|innlegget|juttu|
                      článek|a cikk|articolul) (?:innehåller|indeholder|inneholder|sisältää|
                      obsahuje|conține) (?:\w+ ){0,3}(?:annonslänk\w*|reklam\w*|reklamelink\w*|
                      affiliate\w*|annonselenk\w*|mainoslink\w*|partnersk\w+|linkuri)\b.{0,120}
                """,
            },
            reason="Advertisement label.",
            place="always",
            is_exact=True,
        ),
        LinePattern(
            "affiliate-notice",
            {
                "any": r"""
                    (?:this (?:post|article|page|site|story|review|content) (?:may )?contains?|
                      ftc:|disclosure:|we (?:may )?(?:earn|receive|get|make)|(?:if you (?:buy|
                      click|purchase)|when you (?:buy|click|purchase|shop)|purchases? (?:made|
                      you make))|als amazon-partner|as an amazon associate|mit (?:\*|
                      einem sternchen)|(?:\w+ ){0,3}affiliate(?:-| )?links?|products? (?:featured|
                      linked|mentioned)|every product)\b.{0,120}\b(?:affiliate|commissions?|
                      provision|compensation|partner\w*|independently|qualifying|earn)\b.{0,200}
                """,
            },
            reason="Affiliate-link notice.",
        ),
    ),
    containers=r"""
        ads?
        (?:\w+-){0,3}ad-?(?:\d+|unit|slot|container|wrapper|wrap|box|banner|block|space|label|
          break|zone|placement|frame|holder|area|inline|content|placeholder|text|module|rail|
          insert|sense)s?(?:-\w+){0,3}
        (?:\w+-){0,2}adverts?(?:is\w*)?(?:-\w+){0,3}
        (?:\w+-)?(?:dfp|gpt|adslot|adsbygoogle|adsense|admanager|adunit|adbox|adwrapper|
          adcontainer|mpu|leaderboard|billboard)(?:-\w+){0,3}
        (?:\w+-)?sponsor(?:ed|s|ship)?(?:-\w+){0,3}
        (?:outbrain|taboola|zergnet|revcontent|mgid|plista|ligatus|teads|criteo)(?:-\w+)*
        ob-(?:widget|smartfeed)\w*(?:-\w+)*
        anzeige
        werbung
        publicidad
        publicite
        reklama
        (?:\w+-)?affiliate-?(?:box|link|disclosure|disclaimer|notice)?
        promoted(?:-\w+)*
        native-?ad\w*
    """,
    container_reason="Marked by the page as an advertisement.",
)
