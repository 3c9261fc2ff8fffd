"""Advertisements and what announces them."""

from annotator.extract.residue.family import Family, boxes, exact, shape

FAMILY = Family(
    "ads",
    (
        shape(
            "ad-label",
            "It is the label of an advertisement.",
            r"(?:advertisements?|advert|adverts|ads?|ad|advertising|commercial|sponsored|"
            r"promoted|promotion|paid (?:content|post|partnership)|partner content|"
            r"publicidade?|publicité|pubblicità|anzeigen?|werbung|anzeige von .{0,40}|"
            r"reklam[ae]?|reclame|advertentie|iklan|sponsorowane|διαφήμιση|реклама|"
            r"на правах рекламы|广告|廣告|広告|スポンサー(?:リンク)?|pr)(?: \d{1,2})?",
            r"(?:anzeige|werbung|advertorial|sponsored post|ad)\s?[,:–—|-]\s?.{1,120}",
            r"(?:sponsored|presented|promoted|brought to you|powered|paid for) (?:by|content|"
            r"post|links?|stories|message)\b[^.!?,]{0,60}",
            r"advertisement\b.{0,8}(?:continue|scroll|story|article|below|skip|hide|close|"
            r"remove)\b.{0,60}",
            r"(?:article|story|text|post) continues(?: (?:below|after)\b.{0,60})?|(?:continue|"
            r"scroll|keep scrolling)(?: down| below)?(?: (?:for|to) (?:more|continue|read|"
            r"the rest)\b.{0,30})?|continue reading below\b.{0,40}|nach der werbung weiterlesen|"
            r"weiter nach der (?:werbung|anzeige)|la suite après (?:la|cette) publicité|"
            r"la noticia continúa .{0,40}|continua após a publicidade|(?:ga verder|"
            r"lees verder) (?:na|onder) de advertentie|continua a leggere dopo la pubblicità|"
            r"reszta artykułu pod (?:reklamą|materiałem).{0,20}",
            r"(?:ad|ads) (?:choices|feedback|info)|adchoices|(?:remove|report|skip|close|"
            r"hide)(?: this| the)? (?:ads?|advertisements?)|why (?:am i seeing this|"
            r"this) ads?\b.{0,20}|advertise (?:with us|here)",
            place="always",
        ),
        exact(
            "ad-label-abroad",
            "It is the label of an advertisement.",
            # Nordic languages, Czech, Hungarian, Romanian, Turkish, Korean, Arabic
            r"(?:annons|annonse|annonce)r?(?:\s?[:–|-] ?.{1,40})?|reklam|"
            r"reklama(?: ?[–-] ?pokrač\w+ .{1,30})?|reklame|reklám|"
            r"mainos|"
            r"mainokset|inzerce|hirdetés|publicitate|ilan|광고|إعلان|annonsinnehåll|annonsørinnhold|"
            r"annoncørbetalt|kaupallinen yhteistyö|komerční sdělení|sponset innhold|betalt innhold|"
            r"támogatott tartalom|kommersielt samarbeid|kommersiellt samarbete",
            r"(?:artikeln|artiklen|artikkelen|saken|texten|teksten|juttu|artikkeli|článek|text|"
            r"a cikk|"
            r"cikkünk|articolul|haber|стаття)\b.{0,12}\b(?:fortsätter|fortsætter|fortsetter|jatkuu|"
            r"pokračuje|folytatódik|hirdetés után|continuă|devam|"
            r"продовжується)\b.{0,16}\b(?:annons|"
            r"reklam|mainok|video|bild|billed|foto|inzer|hirdet|folytat|publicit|edi|відео|реклам)"
            r"\w*(?: .{0,20})?",
            r"(?:artikeln|artiklen|artikkelen|saken|inlägget|inlæg\w*|innlegget|juttu|článek|"
            r"a cikk|"
            r"articolul)"
            r" (?:innehåller|indeholder|inneholder|sisältää|obsahuje|conține) (?:\w+ ){0,3}"
            r"(?:annonslänk\w*|reklam\w*|reklamelink\w*|affiliate\w*|annonselenk\w*|mainoslink\w*|"
            r"partnersk\w+|linkuri)\b.{0,120}|det här inlägget "
            r"innehåller\b.{0,60}\blänk\w*\b.{0,80}",
            place="always",
        ),
        shape(
            "affiliate-notice",
            "It says that the page earns by its links.",
            r"(?:this (?:post|article|page|site|story|review|content) (?:may )?contains?|"
            r"ftc:|disclosure:|we (?:may )?(?:earn|receive|get|make)|(?:if you (?:buy|click|"
            r"purchase)|when you (?:buy|click|purchase|shop)|purchases? (?:made|you make))|"
            r"als amazon-partner|as an amazon associate|mit (?:\*|einem sternchen)|"
            r"(?:\w+ ){0,3}affiliate(?:-| )?links?|products? (?:featured|linked|mentioned)|"
            r"every product)\b.{0,120}\b(?:affiliate|commissions?|provision|compensation|"
            r"partner\w*|independently|qualifying|earn)\b.{0,200}",
        ),
    ),
    names=boxes(
        r"ads?",
        r"(?:\w+-){0,3}ad-?(?:\d+|unit|slot|container|wrapper|wrap|box|banner|block|space|"
        r"label|break|zone|placement|frame|holder|area|inline|content|placeholder|text|"
        r"module|rail|insert|sense)s?(?:-\w+){0,3}",
        r"(?:\w+-){0,2}adverts?(?:is\w*)?(?:-\w+){0,3}",
        r"(?:\w+-)?(?:dfp|gpt|adslot|adsbygoogle|adsense|admanager|adunit|adbox|adwrapper|"
        r"adcontainer|mpu|leaderboard|billboard)(?:-\w+){0,3}",
        r"(?:\w+-)?sponsor(?:ed|s|ship)?(?:-\w+){0,3}",
        r"(?:outbrain|taboola|zergnet|revcontent|mgid|plista|ligatus|teads|criteo)(?:-\w+)*",
        r"ob-(?:widget|smartfeed)\w*(?:-\w+)*",
        r"anzeige",
        r"werbung",
        r"publicidad",
        r"publicite",
        r"reklama",
        r"(?:\w+-)?affiliate-?(?:box|link|disclosure|disclaimer|notice)?",
        r"promoted(?:-\w+)*",
        r"native-?ad\w*",
    ),
    names_reason="The page names it an advertisement.",
)
