"""Bars of buttons: share, print, save, follow."""

from annotator.extract.residue.family import Family, boxes, exact, shape

_NETWORK = (
    r"(?:facebook|fb|twitter|x|linkedin|linked in|whats ?app|pinterest|reddit|telegram|"
    r"flipboard|pocket|tumblr|e-?mail|mail|messenger|"
    r"instagram|youtube|threads|bluesky|mastodon|xing|vk|vkontakte|sms|print|"
    r"hacker news|digg|stumbleupon|google ?\+|google plus|rss|tiktok|wechat|weibo|微信|微博|"
    r"odnoklassniki|viber|snapchat|discord|copy link)"
)

_BUTTON = "It is a button to share, print or save the page."

FAMILY = Family(
    "share",
    (
        shape(
            "share-bar",
            _BUTTON,
            r"(?:\d+[.,k\d]* )?(?:social )?shar(?:e|es|ing)(?: (?:(?:this|it|the|our|your|full) "
            r"?)*(?:article|story|post|page|link|buttons?|options?|tools|tweet|selection|icons?|"
            r"news|recipe|video|gallery|love|content|thoughts)\b.{0,40}| (?:this|it|now))?"
            rf"(?: (?:on|via|with|by|to|in) (?:{_NETWORK}|.{{0,24}}))?",
            r"(?:(?:share|tweet|post|pin|send|save|submit|auf|sur|en|on|via|su|bei|per|"
            r"compartir en|partager sur|teilen auf|op|na|no|w) ?(?:it |this )?(?:on|to|via|"
            rf"in|auf)? ?)?{_NETWORK}"
            r"(?: (?:teilen|share|messenger|icon|logo|link|sharing button|this|page|profile|"
            rf"channel))?(?:[\s,|/·•]+(?:(?:share|on) )*{_NETWORK})*(?: \d+)?",
            r"(?:tweet|retweet|re-?post|pin|pin it|like|e-?mail|print|save|bookmark|copy|"
            r"send)(?: (?:this|it|the|a|article|story|post|page|link|url|for later|friendly|"
            r"version|pdf|to a friend|as pdf)){0,4}(?: \d+)?",
            r"(?:click|tap|press) (?:here )?to (?:share|e-?mail|print|tweet|copy|save|expand|"
            r"enlarge|open)\b.{0,60}",
            r"(?:copy|get) (?:the )?(?:short)?(?: )?(?:link|url)(?: (?:to clipboard|"
            r"copied))?|(?:link )?copied(?: to clipboard)?|permalink|short ?link",
            r"(?:\d+[.,k\d]* )?(?:shares?|likes?|retweets?|views?|claps?|reactions?|votes?|"
            r"aufrufe|vues|visitas|просмотров)(?: \d+)?",
            r"(?:send|give|gift) (?:this )?(?:article|story)(?: .{0,40})?|save (?:for|"
            r"to) (?:later|reading list|my list|pocket)|(?:add|"
            r"saved?) to (?:my )?(?:reading list|favou?rites|bookmarks|list)",
            r"(?:resize|text size|font size|increase|decrease|larger text|smaller text|"
            r"a\s?a\s?a)(?:[: ]+(?:text|font|size|a\s?a\s?a|[+\-]+).{0,20})?|"
            r"reader mode|dark mode|listen|"
            r"view comments",
            r"(?:artikel |beitrag |diesen (?:artikel|beitrag) |seite )?(?:teilen|drucken|"
            r"merken|twittern|weiterempfehlen|empfehlen|versenden|mailen|vorlesen)(?: (?:auf|"
            r"sie|per|mit|via|über)\b.{0,40})?",
            r"(?:partager|imprimer|envoyer|compartir|imprimir|guardar|enviar|compartilh(?:ar|"
            r"e)|partilhar|condividi|stampa|delen|deel (?:dit|via|op)|afdrukken|bewaren|"
            r"udostępnij|drukuj|podziel się|κοινοποίηση|εκτύπωση|поделиться|распечатать|"
            r"печать)(?: .{0,40})?",
            r"(?:分享|分享到|转发|打印|收藏|シェア(?:する)?|印刷|ツイート|保存|"
            r"リンクをコピー).{0,8}",
        ),
        shape(
            "listen",
            "It plays the article.",
            r"(?:hear|play) (?:this|the) (?:article|story|episode)\b.{0,40}",
            r"listen to (?:this|the) (?:article|story|post|audio|episode|podcast)\b.{0,60}|"
            r"(?:listen|watch) (?:now|live)|(?:hear|play) this (?:story|article)|"
            r"audio (?:version|edition)\b.{0,40}",
            r"(?:artikel|beitrag) (?:an)?hören\b.{0,40}|écouter (?:l'article|cet article)|"
            r"escuchar (?:artículo|noticia)|ascolta (?:l')?articolo|ouça (?:este|"
            r"o) (?:artigo|texto)",
        ),
        shape(
            "follow-us",
            "It asks you to follow somebody elsewhere.",
            r"(?:follow|find|like|join) .{1,40} on (?:twitter|facebook|instagram|x|linkedin|"
            r"youtube|threads|bluesky|mastodon|tiktok)\b.{0,200}",
            r"(?:find|follow|like|join|connect with|visit|see|stay|keep) (?:us|me|our|him|"
            r"her|them|along|connected|up(?: to date)?|in touch|"
            r"tuned)\b.{0,30}\b(?:on|auf|at|via|@\w+|facebook|twitter|instagram|"
            r"youtube|linkedin)\b.{0,140}",
            r"(?:follow|folge) @?\w+(?: \w+)?(?: (?:on|auf) .{0,60})?|(?:follow|"
            r"connect with) (?:us|me|him|her|them)",
            r"folg(?:en|e|t) (?:sie |du )?(?:uns|mir|ihm|ihr)\b.{0,100}|(?:suivez|"
            r"retrouvez)[- ]nous\b.{0,80}|s[ií]gue(?:nos|me)\b.{0,80}|seguici\b.{0,80}|"
            r"siga-nos\b.{0,80}|volg ons\b.{0,80}|śledź nas\b.{0,60}|(?:подписывайтесь|"
            r"подпишитесь) на (?:наш|нас|канал).{0,80}|ακολουθήστε (?:μας|το)\b.{0,80}",
            r"(?:like|love|enjoy(?:ed|ing)?|liked) (?:this|what you)\b.{0,60}\?.{0,80}",
        ),
        exact(
            "follow-us-abroad",
            "It asks you to follow somebody elsewhere.",
            # Swedish, Danish, Norwegian, Finnish, Czech, Hungarian, Romanian, Turkish, Ukrainian, …
            r"(?:följ|følg) (?:oss|os)\b.{0,20}\b(?:på|via) (?:facebook|instagram|twitter|x|"
            r"youtube|"
            r"tiktok|linkedin|telegram|whatsapp|google|bluesky|threads)\b.{0,60}|"
            r"seuraa meitä\b.{0,60}|"
            r"(?:sledujte|sleduj) (?:nás|nas) na (?:facebook|instagram|twitter|x|youtube|"
            r"google)\w*\b.{0,40}|köves(?:sen|s) (?:minket|"
            r"bennünket) (?:a |az )?(?:facebook|instagram|twitter|youtube|google)\w*\b.{0,40}|"
            r"(?:urmăriți|urmărește)-ne\b.{0,80}|bizi (?:facebook|instagram|twitter|x|youtube|"
            r"google|"
            r"telegram|whatsapp)\b.{0,40}\btakip edin\w*.{0,20}|(?:підписуйтесь|підписуйтеся|"
            r"долучайтесь|"
            r"приєднуйтесь) (?:на|до) (?:наш\w*|нас)\b.{0,80}|تابعونا (?:على|عبر).{0,60}",
        ),
        exact(
            "share-bar-abroad",
            _BUTTON,
            r"(?:tell|send (?:this )?to|e-?mail (?:this )?to) a friend(?: about this "
            r"(?:article|story|page|post))?|"
            r"(?:via|auf|über|per) (?:facebook|twitter|x|whatsapp|telegram|linkedin|xing|e-?mail|"
            r"bluesky|mastodon|threema|signal|pinterest|reddit) (?:teilen|senden|verschicken)",
            r"(?:dela|del|jaa) (?:artikeln|artiklen|saken|artikkeli|på facebook|på twitter|på x|"
            r"facebookissa)|(?:sdílet|sdílejte|megosztás|distribuie|paylaş|поділитися|поширити|"
            r"공유(?:하기)?|مشاركة)(?: (?:článek|articolul))?",
        ),
    ),
    names=boxes(
        r"(?:\w+-){0,2}shar(?:e|ing)-?(?:bar|buttons?|tools?|links?|icons?|box|this|widget|"
        r"block|list|wrap\w*|container|panel|items?|post|article|menu|section)?(?:-\w+){0,2}",
        r"(?:\w+-){0,2}social-?(?:media|share|sharing|bar|buttons?|links?|icons?|tools?|list|"
        r"nav|widget|wrap\w*|container|items?|follow|network\w*)?(?:-\w+){0,2}",
        r"addthis(?:-\w+)*",
        r"addtoany(?:-\w+)*",
        r"a2a(?:-\w+)*",
        r"sociable",
        r"sharedaddy",
        r"sd-(?:sharing|social|block|content)\w*",
        r"jp-relatedposts",
        r"heateor\w*(?:-\w+)*",
        r"shariff(?:-\w+)*",
        r"ssba(?:-\w+)*",
        r"article-?(?:tools|actions|toolbar|share|functions)(?:-\w+)*",
        r"print-?(?:button|link|this|icon)",
        r"follow-?(?:us|me|box|buttons?|links?)(?:-\w+)*",
    ),
    names_reason="The page names it a bar of buttons for sharing.",
)
