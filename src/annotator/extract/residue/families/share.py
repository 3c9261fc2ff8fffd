"""Buttons to share, print, save or listen, and invitations to follow."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="share",
    reason="Share or follow prompt.",
    policy=Policy(
        veto=True,
        trusted_container=True,
        merge_adjacent=True,
        ends_article=True,
        is_button=True,
    ),
    pieces={
        "NETWORK": r"""
            (?:facebook|fb|twitter|x|linkedin|linked in|whats ?app|pinterest|reddit|telegram|
              flipboard|pocket|tumblr|e-?mail|mail|messenger|instagram|youtube|threads|bluesky|
              mastodon|xing|vk|vkontakte|sms|print|hacker news|digg|stumbleupon|google ?\+|
              google plus|rss|tiktok|wechat|weibo|微信|微博|odnoklassniki|viber|snapchat|discord|
              copy link)
        """,
    },
    lines=(
        LinePattern(
            "share-bar",
            {
                "en": r"""
                    (?:\d+[.,k\d]* )?(?:social )?shar(?:e|es|ing)(?: (?:(?:this|it|the|our|your|
                      full) ?)*(?:article|story|post|page|link|buttons?|options?|tools|tweet|
                      selection|icons?|news|recipe|video|gallery|love|content|
                      thoughts)\b.{0,40}| (?:this|it|now))?(?: (?:on|via|with|by|to|
                      in) (?:{NETWORK}|.{0,24}))?
                    (?:tweet|retweet|re-?post|pin|pin it|like|e-?mail|print|save|bookmark|copy|
                      send)(?: (?:this|it|the|a|article|story|post|page|link|url|for later|
                      friendly|version|pdf|to a friend|as pdf)){0,4}(?: \d+)?
                    (?:click|tap|press) (?:here )?to (?:share|e-?mail|print|tweet|copy|save|
                      expand|enlarge|open)\b.{0,60}
                    (?:copy|get) (?:the )?(?:short)?(?: )?(?:link|url)(?: (?:to clipboard|
                      copied))?
                    (?:send|give|gift) (?:this )?(?:article|story)(?: .{0,40})?
                    save (?:for|to) (?:later|reading list|my list|pocket)
                    (?:add|saved?) to (?:my )?(?:reading list|favou?rites|bookmarks|list)
                    (?:resize|text size|font size|increase|decrease|larger text|smaller text|
                      a\s?a\s?a)(?:[: ]+(?:text|font|size|a\s?a\s?a|[+\-]+).{0,20})?
                    (?:link )?copied(?: to clipboard)?|permalink|short ?link|reader mode|dark mode
                    listen|view comments
                """,
                "de": r"""
                    (?:artikel |beitrag |diesen (?:artikel|beitrag) |seite )?(?:teilen|drucken|
                      merken|twittern|weiterempfehlen|empfehlen|versenden|mailen|
                      vorlesen)(?: (?:auf|sie|per|mit|via|über)\b.{0,40})?
                """,
                "zh ja": r"""
                    (?:分享|分享到|转发|打印|收藏|シェア(?:する)?|印刷|ツイート|保存|
                      リンクをコピー).{0,8}
                """,
                "any": r"""
                    (?:(?:share|tweet|post|pin|send|save|submit|auf|sur|en|on|via|su|bei|per|
                      compartir en|partager sur|teilen auf|op|na|no|w) ?(?:it |this )?(?:on|to|
                      via|in|auf)? ?)?{NETWORK}(?: (?:teilen|share|messenger|icon|logo|link|
                      sharing button|this|page|profile|channel))?(?:[\s,|/·•]+(?:(?:share|
                      on) )*{NETWORK})*(?: \d+)?
                    (?:\d+[.,k\d]* )?(?:shares?|likes?|retweets?|views?|claps?|reactions?|votes?|
                      aufrufe|vues|visitas|просмотров)(?: \d+)?
                    (?:partager|imprimer|envoyer|compartir|imprimir|guardar|enviar|
                      compartilh(?:ar|e)|partilhar|condividi|stampa|delen|deel (?:dit|via|op)|
                      afdrukken|bewaren|udostępnij|drukuj|podziel się|κοινοποίηση|εκτύπωση|
                      поделиться|распечатать|печать)(?: .{0,40})?
                """,
            },
            reason="Share, print or save button.",
        ),
        LinePattern(
            "listen",
            {
                "en": r"""
                    (?:hear|play) (?:this|the) (?:article|story|episode)\b.{0,40}
                    listen to (?:this|the) (?:article|story|post|audio|episode|podcast)\b.{0,60}
                    (?:hear|play) this (?:story|article)
                    (?:listen|watch) (?:now|live)|audio (?:version|edition)\b.{0,40}
                """,
                "de": r"(?:artikel|beitrag) (?:an)?hören\b.{0,40}",
                "fr": r"écouter (?:l'article|cet article)",
                "es": r"escuchar (?:artículo|noticia)",
                "it": r"ascolta (?:l')?articolo",
                "pt": r"ouça (?:este|o) (?:artigo|texto)",
            },
            reason="Button to listen to the article.",
        ),
        LinePattern(
            "follow-us",
            {
                "en": r"""
                    (?:follow|find|like|join) .{1,40} on (?:twitter|facebook|instagram|x|linkedin|
                      youtube|threads|bluesky|mastodon|tiktok)\b.{0,200}
                    (?:find|follow|like|join|connect with|visit|see|stay|keep) (?:us|me|our|him|
                      her|them|along|connected|up(?: to date)?|in touch|tuned)\b.{0,30}\b(?:on|
                      auf|at|via|@\w+|facebook|twitter|instagram|youtube|linkedin)\b.{0,140}
                    (?:follow|connect with) (?:us|me|him|her|them)
                    (?:like|love|enjoy(?:ed|ing)?|liked) (?:this|what you)\b.{0,60}\?.{0,80}
                """,
                "de": r"folg(?:en|e|t) (?:sie |du )?(?:uns|mir|ihm|ihr)\b.{0,100}",
                "fr": r"(?:suivez|retrouvez)[- ]nous\b.{0,80}",
                "es": r"s[ií]gue(?:nos|me)\b.{0,80}",
                "it": r"seguici\b.{0,80}",
                "pt": r"siga-nos\b.{0,80}",
                "nl": r"volg ons\b.{0,80}",
                "pl": r"śledź nas\b.{0,60}",
                "el": r"ακολουθήστε (?:μας|το)\b.{0,80}",
                "ru": r"(?:подписывайтесь|подпишитесь) на (?:наш|нас|канал).{0,80}",
                "en de": r"(?:follow|folge) @?\w+(?: \w+)?(?: (?:on|auf) .{0,60})?",
            },
            reason="Follow prompt.",
        ),
        LinePattern(
            "follow-us-abroad",
            {
                "fi": r"seuraa meitä\b.{0,60}",
                "hu": r"""
                    köves(?:sen|s) (?:minket|bennünket) (?:a |az )?(?:facebook|instagram|twitter|
                      youtube|google)\w*\b.{0,40}
                """,
                "ro": r"(?:urmăriți|urmărește)-ne\b.{0,80}",
                "tr": r"""
                    bizi (?:facebook|instagram|twitter|x|youtube|google|telegram|
                      whatsapp)\b.{0,40}\btakip edin\w*.{0,20}
                """,
                "uk": r"""
                    (?:підписуйтесь|підписуйтеся|долучайтесь|приєднуйтесь) (?:на|до) (?:наш\w*|
                      нас)\b.{0,80}
                """,
                "ar": r"تابعونا (?:على|عبر).{0,60}",
                "sv da nb": r"""
                    (?:följ|følg) (?:oss|os)\b.{0,20}\b(?:på|via) (?:facebook|instagram|twitter|x|
                      youtube|tiktok|linkedin|telegram|whatsapp|google|bluesky|threads)\b.{0,60}
                """,
                "cs sk": r"""
                    (?:sledujte|sleduj) (?:nás|nas) na (?:facebook|instagram|twitter|x|youtube|
                      google)\w*\b.{0,40}
                """,
            },
            reason="Follow prompt.",
            is_exact=True,
        ),
        LinePattern(
            "share-bar-abroad",
            {
                "en": r"""
                    (?:tell|send (?:this )?to|
                      e-?mail (?:this )?to) a friend(?: about this (?:article|story|page|post))?
                """,
                "de": r"""
                    (?:via|auf|über|per) (?:facebook|twitter|x|whatsapp|telegram|linkedin|xing|
                      e-?mail|bluesky|mastodon|threema|signal|pinterest|reddit) (?:teilen|senden|
                      verschicken)
                """,
                "sv da nb fi": r"""
                    (?:dela|del|jaa) (?:artikeln|artiklen|saken|artikkeli|på facebook|på twitter|
                      på x|facebookissa)
                """,
                "any": r"""
                    (?:sdílet|sdílejte|megosztás|distribuie|paylaş|поділитися|поширити|
                      공유(?:하기)?|مشاركة)(?: (?:článek|articolul))?
                """,
            },
            reason="Share, print or save button.",
            is_exact=True,
        ),
    ),
    containers=r"""
        (?:\w+-){0,2}shar(?:e|ing)-?(?:bar|buttons?|tools?|links?|icons?|box|this|widget|block|
          list|wrap\w*|container|panel|items?|post|article|menu|section)?(?:-\w+){0,2}
        (?:\w+-){0,2}social-?(?:media|share|sharing|bar|buttons?|links?|icons?|tools?|list|nav|
          widget|wrap\w*|container|items?|follow|network\w*)?(?:-\w+){0,2}
        addthis(?:-\w+)*
        addtoany(?:-\w+)*
        a2a(?:-\w+)*
        sociable
        sharedaddy
        sd-(?:sharing|social|block|content)\w*
        jp-relatedposts
        heateor\w*(?:-\w+)*
        shariff(?:-\w+)*
        ssba(?:-\w+)*
        article-?(?:tools|actions|toolbar|share|functions)(?:-\w+)*
        print-?(?:button|link|this|icon)
        follow-?(?:us|me|box|buttons?|links?)(?:-\w+)*
    """,
    container_reason="Marked by the page as share buttons.",
)
