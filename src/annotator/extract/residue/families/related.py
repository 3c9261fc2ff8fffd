"""Links to other articles: related, most read, read more."""

from annotator.extract.residue.family import Family, boxes, exact, label, shape

_THINGS = (
    r"(?:stories|articles|posts?|news|content|reading|topics|links?|videos?|coverage|items|"
    r"recipes|pages|products|story|article|post|video|analysis|reads|"
    r"columns?|essays|reviews?|guides?|episodes?|podcasts?|galleries|photos|headlines|"
    r"features?|interviews?)"
)

FAMILY = Family(
    "related",
    (
        shape(
            "see-also",
            "It leads to another article.",
            r"(?:related|read|read (?:more|next|also|on|this(?: next)?|now)|see|see (?:also|more)|"
            r"also|also (?:read|on|see|in|watch)|watch|watch (?:also|more|next|now|this|"
            r"below)|more|"
            r"more (?:on|from|about|in|like|to (?:read|explore|come)|here|info\w*|details?|"
            r"coverage)|"
            r"recommended(?: for you| reading)?|you (?:may|might)(?: also)? (?:like|enjoy)|"
            r"don't miss|"
            r"up next|next(?: up)?|previous(?:ly)?|further reading|in other news|icymi|go deeper|"
            r"from the archives?|in case you missed it|dig deeper|what to read(?: next)?|"
            r"learn more|background|listen)"
            rf"(?: (?:this |these |our |other |more |all )?{_THINGS})*(?: (?:on|about|from|"
            r"in) [\w' ]{1,24})?\s?"
            r"[:»>→|▶►] ?.{1,180}",
            r"(?:related|read (?:more|next|also)|see also|also read|recommended|don't miss|up next)"
            rf"(?: {_THINGS})?\s?[–—-] ?.{{1,180}}",
        ),
        label(
            "more-articles",
            "It leads to other articles.",
            r"(?:related|recommended|similar|suggested|featured|popular|trending|latest|"
            r"recent|top|more|"
            r"other|our|all|new|hot|must|editor'?s'?|editors'|today's|most|best|"
            r"staff)(?: (?:read|viewed|"
            r"popular|shared|commented|recent|discussed|watched|emailed|for you|now|today|to|"
            r"picks?|"
            r"choice|must|top|latest|on .{0,24}|from .{0,40}|by .{0,40}|in .{0,24}|"
            rf"{_THINGS})){{0,4}}",
            r"(?:read|see|view|watch|show|load|browse|find|discover|explore|get|check out|"
            rf"click here for|learn|visit) (?:(?:all|more|our|the full|next|other|latest|related|"
            rf"{_THINGS}|here|out|now|details) ?){{1,4}}(?:(?:of|about|on|from|in|at) .{{0,40}})?",
            rf"(?:more|other|latest|all)(?: {_THINGS})? (?:from|on|by|in|about|like|for|at|"
            r"of) .{1,70}",
            r"posts? (?:about|on|tagged|in) .{1,60}|explore (?:further|more)|dig deeper|go deeper",
            r"(?:you|readers|people|others|customers) (?:may|might|also|"
            r"who)\b.{0,12}\b(?:like|liked|"
            r"enjoy|enjoyed|read|bought|viewed|be interested|have missed|want to (?:read|"
            r"see))\b.{0,60}",
            r"what (?:others|readers|people|everyone) (?:are|is) reading\b.{0,20}|"
            r"in case you missed it|from (?:the|our) archives?|(?:scroll|swipe) for .{0,40}|"
            r"(?:what to|where to|for) read next|trending(?: now| topics| stories)?|"
            r"top (?:stories|news|"
            r"posts|picks)|most[ -](?:read|popular|viewed)|editor'?s'? (?:picks?|choice)|from our "
            r"(?:partners|network|sponsors)|(?:from|around|elsewhere on) the web|"
            r"stories you .{0,40}|"
            r"promoted stories|in (?:this|other) (?:section|news|series|stories)",
            r"(?:next|previous|prev|newer|older)(?: (?:post|article|story|page|entry|entries|"
            r"chapter|"
            r"up|in .{0,40}))?s?|read more|more|show (?:more|less)|load more|see (?:more|all)|"
            r"view (?:more|all)(?: .{0,30})?|learn more|find out more|continue reading|"
            r"full (?:story|"
            r"article)|(?:read|see|view) the (?:full|whole|entire|rest of the) (?:story|"
            r"article|post|"
            r"review|interview|text|report)(?: here| now| online)?",
        ),
        exact(
            "see-also-abroad",
            "It leads to other articles.",
            r"(?:det här kan du också vara intresserad av|mer om (?:temaet|ämnet|saken)|"
            r"mere om emnet|ilgili haberler?|top stories(?: right now| now| today)?|sobre (?:este "
            r"tema|o tema|este asunto))",
            r"(?:dazu passend|passend dazu|читати також|читайте також|дивіться також)"
            r"\s?[:：].{0,160}",
        ),
        shape(
            "more-articles-abroad",
            "It leads to other articles.",
            # German
            r"(?:mehr|mehr (?:zum thema|dazu|lesen|zu .{1,40}|aus .{1,40}|von .{1,40}|"
            r"auf .{1,40}|artikel|news|nachrichten|infos?|informationen)|lesen sie (?:auch|"
            r"mehr|hier|dazu|jetzt)|lies (?:auch|hier|mehr|dazu)|auch (?:interessant|"
            r"lesenswert)|lesetipps?|passend dazu|passend zum thema|siehe auch|"
            r"weitere?(?:r)? (?:artikel|themen|nachrichten|infos?|informationen|meldungen|"
            r"beiträge|links|videos|texte)|zum thema|ähnliche (?:artikel|beiträge|themen)|"
            r"verwandte (?:artikel|themen|beiträge)|(?:das|dieses thema|das thema|"
            r"diese themen) könnten? (?:sie|dich|ihnen|"
            r"dir)(?: auch)? .{1,40}|meist(?:gelesen|gelesene|geklickt)e?(?: artikel)?|"
            r"beliebte(?:ste)? (?:artikel|beiträge)|aktuelle (?:artikel|nachrichten|beiträge|"
            r"themen)|neueste (?:artikel|beiträge)|empfehlungen(?: der redaktion| für sie)?|"
            r"weiterlesen|vorheriger (?:artikel|beitrag)|nächster (?:artikel|beitrag)|"
            r"zum (?:artikel|weiterlesen)|interessant für sie|themen in diesem artikel|"
            r"unsere empfehlungen)(?:\s?[:»>→|–—-] ?.{1,180})?",
            r"schon gelesen|auch auf .{1,40}|weitere beiträge (?:zu|von|aus).{0,40}|weiterführende "
            r"(?:links?|infos?|informationen).{0,20}|wird oft zusammen gelesen|jetzt lesen.{0,60}",
            # French, Spanish, Italian, Portuguese
            r"(?:à lire(?: aussi| également| ensuite)?|lisez (?:aussi|également)|lire (?:aussi|"
            r"la suite|également|plus|"
            r"l'article)|voir aussi|sur le même (?:sujet|thème)|articles? (?:similaires?|"
            r"liés?|connexes?|récents|suivants?|précédents?)|en savoir plus|les plus (?:lus|"
            r"populaires)|plus d'articles|ça peut vous intéresser|vous aimerez(?: aussi)?|"
            r"notre sélection|nos recommandations|à découvrir|dans la même rubrique|"
            r"pour aller plus loin|à voir aussi)(?:\s?[:»>→|–—-] ?.{1,180})?",
            r"(?:leer(?: más| también)|lea (?:también|más|además)|lee (?:también|más)|"
            r"te puede interesar|le puede interesar|te recomendamos|"
            r"también te puede (?:interesar|gustar)|más (?:información|noticias|leídas?|"
            r"leídos|vistas?|sobre .{1,40}|en .{1,40})|lo más (?:leído|visto)|"
            r"noticias relacionadas|artículos relacionados|relacionad[oa]s?|ver (?:más|"
            r"también|todo)|seguir leyendo|puedes leer|contenido relacionado|"
            r"además)(?:\s?[:»>→|–—-] ?.{1,180})?",
            r"(?:leggi (?:anche|tutto|di più|ancora)|potrebbe(?:ro)? interessarti|"
            r"articoli (?:correlati|simili|recenti)|i più letti|per approfondire|"
            r"scopri di più|guarda anche)(?:\s?[:»>→|–—-] ?.{1,180})?",
            r"(?:leia (?:mais|também|a íntegra)|veja (?:também|mais)|saiba mais|ler mais|"
            r"mais lidas?|mais (?:notícias|sobre .{1,40})|(?:artigos|notícias|matérias|"
            r"posts) relacionad[oa]s|relacionad[oa]s|continue lendo|confira(?: também)?|"
            r"você pode gostar.{0,30}|recomendad[oa]s)(?:\s?[:»>→|–—-] ?.{1,180})?",
            # Dutch, Polish, Greek, Russian
            r"(?:lees (?:ook|meer|verder)|meer (?:lezen|over .{1,40}|nieuws|artikelen)|"
            r"gerelateerd(?:e .{1,20})?|bekijk ook|meest gelezen|aanbevolen|"
            r"zie ook)(?:\s?[:»>→|–—-] ?.{1,180})?",
            r"(?:czytaj (?:też|także|więcej|dalej|również)|zobacz|zobacz (?:też|także|również|"
            r"więcej)|przeczytaj (?:też|także|również)|polecamy|powiązane(?: artykuły)?|"
            r"najczęściej czytane|najnowsze|dowiedz się więcej|czytasz.{0,60}|"
            r"więcej (?:na ten temat|o .{1,40}))(?:\s?[:»>→|"
            r"–—-] ?.{1,180})?",
            r"(?:διαβάστε (?:επίσης|περισσότερα|ακόμα|ακόμη|και)|δείτε (?:επίσης|ακόμη|"
            r"ακόμα)|σχετικά (?:άρθρα|θέματα)|δημοφιλή|τελευταία νέα|περισσότερα)(?:\s?[:»>→|"
            r"–—-] ?.{1,180})?",
            r"(?:читайте (?:также|ещё|еще|далее)|читать (?:далее|также|полностью|ещё|еще)|"
            r"смотрите также|по теме|материалы по теме|похожие (?:статьи|записи|материалы)|"
            r"популярн(?:ое|ые)(?: .{0,20})?|ещё по теме|подробнее|другие (?:новости|"
            r"материалы)(?: .{0,20})?|самое (?:читаемое|интересное))(?:\s?[:»>→|"
            r"–—-] ?.{1,180})?",
            # Swedish, Danish, Norwegian, Finnish
            r"(?:mer läsning|läs (?:också|mer|även|vidare|mera|också mer)|læs (?:også|mere|videre)|"
            r"les (?:også|også denne saken|mer|"
            r"videre|saken)|lue (?:myös(?: tämä)?|lisää)|katso myös|se (?:også|även|också)|"
            r"missa inte|"
            r"gå ikke glip av|gå ikke glip af|fler artiklar|flere artikler|flere saker|"
            r"relatere(?:ra)?de (?:artiklar|artikler|saker|emner)|relaterade (?:artiklar|ämnen)|"
            r"relaterat|anbefal(?:te|ede) (?:artikler|saker)|rekommenderade? (?:artiklar|läsning)?|"
            r"mest (?:lästa?|læste?|leste?)|luetuimmat|aiheesta (?:lisää|muualla)|lisää aiheesta|"
            r"mere? om (?:ämnet|saken|emnet|sagen)|saken oppdateres|"
            r"senaste nytt|seneste nyt|siste nytt|uusimmat)(?:\s?[:»>→|–—-] ?.{1,180})?",
            # Czech, Slovak, Hungarian, Romanian, Turkish, Ukrainian, Korean, Arabic
            r"(?:(?:čtěte|přečtěte si|prečítajte si|čítajte) (?:také|taky|též|více|dále|aj|tiež|"
            r"viac)|"
            r"mohlo by (?:vás|vas|tě) (?:také )?(?:zajímat|zaujať|zaujímať)|souvisejí?cí "
            r"(?:články|článek|zprávy)|súvisiace články|podobné články|nejčtenější(?: články)?|"
            r"dále čtěte|více k tématu|viac k téme|"
            r"olvassa? el (?:ezt is|azt is)|olvasd el ezt is|kapcsolódó (?:cikk\w*|tartal\w*|"
            r"hír\w*)|"
            r"ez is érdekelhe\w+|ezt olvasta már|ajánljuk|ajánlott (?:cikkek|olvasmány\w*)|"
            r"legolvasottabb|további cikkek|"
            r"cit(?:ește|iți|este|iti) (?:și|si|mai mult|continuarea)|vezi (?:și|si)|"
            r"articole (?:similare|"
            r"recomandate|asemănătoare)|(?:te|v) ?-?ar putea interesa(?: și)?|cele mai citite|"
            r"ilginizi çekebilir|ilgili (?:haber\w*|yazılar|içerik\w*)|ayrıca (?:oku\w*|bakınız)|"
            r"bunlar da ilginizi çekebilir|en çok okunanlar|çok okunanlar|haberin devamı|"
            r"devamını oku|"
            r"читайте (?:також|ще)|дивіться також|схожі (?:статті|новини)|вас може зацікавити|"
            r"관련 ?(?:기사|뉴스)|함께 ?(?:읽으면|보면) 좋은.{0,10}|많이 본 (?:뉴스|"
            r"기사)|추천 ?기사|"
            r"اقرأ (?:أيضا|أيضًا|أيضاً|المزيد)|مواضيع ذات صلة|أخبار ذات صلة|شاهد أيضا?ً?)"
            r"(?:\s?[:»>→|–—-] ?.{1,180})?",
            # Chinese, Japanese
            r"(?:相关(?:阅读|文章|新闻|报道|推荐|内容)|相關(?:閱讀|文章|新聞|報導)|推荐阅读|"
            r"延伸阅读|延伸閱讀|更多(?:内容|新闻|文章|阅读|"
            r"精彩)?|热门(?:文章|新闻|推荐)|熱門(?:文章|新聞)|阅读(?:全文|原文|更多)|上一篇|"
            r"下一篇|查看更多|点击查看.{0,16}|"
            r"责任编辑)(?:[:：】\] ].{0,80})?",
            r"(?:関連(?:記事|ニュース|リンク|キーワード|動画|する記事)?|あわせて読みたい|"
            r"こちらも(?:おすすめ|どうぞ)|おすすめ(?:記事|の記事)?|"
            r"人気(?:記事|ランキング|の記事)?|続きを読む|もっと(?:見る|読む)|次の記事|"
            r"前の記事|最新記事|アクセスランキング|"
            r"新着記事)(?:[:：】\] ].{0,80})?",
        ),
        label(
            "way-around",
            "It leads to another place of the page or site.",
            r"(?:back|return|go) to .{1,30}|skip (?:to|past|advert|ad|navigation|"
            r"this)\b.{0,40}|jump to\b.{0,40}|scroll to top|top of (?:the )?page|nach oben|"
            r"zurück(?: zur .{1,30}| zum .{1,30})?|zur startseite|haut de page|"
            r"retour(?: à .{1,30}| en haut)?|volver(?: arriba| al .{1,20})?|torna su|"
            r"voltar(?: ao topo)?|naar boven|наверх|回到顶部|返回顶部|ページトップへ|トップへ戻る",
            r"(?:table of contents|contents|on this page|in this (?:article|story|post|"
            r"guide)|inhalt(?:sverzeichnis)?|sommaire|índice|indice|目次|目录)",
        ),
    ),
    names=boxes(
        r"(?:\w+-){0,3}related(?:-\w+){0,4}",
        r"(?:\w+-){0,2}recirc\w*(?:-\w+){0,3}",
        r"(?:\w+-){0,2}recommend(?:ed|ations?|s|er)?(?:-\w+){0,3}",
        r"(?:\w+-){0,2}read-?(?:more|next|also|on)(?:-\w+){0,3}",
        r"(?:\w+-){0,2}more-?(?:stories|from|on|news|articles|posts|like|in|to-read|reading|"
        r"coverage|info)(?:-\w+){0,3}",
        r"(?:\w+-){0,2}most-?(?:read|popular|viewed|shared|commented|recent|watched)(?:-\w+){0,3}",
        r"(?:\w+-)?popular(?:-\w+){0,3}",
        r"(?:\w+-)?trending(?:-\w+){0,3}",
        r"(?:\w+-)?latest-?(?:news|posts|stories|articles|headlines)(?:-\w+){0,2}",
        r"(?:\w+-)?similar-?(?:posts|articles|stories|items)?(?:-\w+)?",
        r"(?:\w+-){0,2}(?:next|prev|previous)-?(?:post|article|story|stories|up)s?(?:-\w+){0,2}",
        r"up-?next(?:-\w+){0,2}",
        r"you-?(?:may|might)(?:-\w+)+",
        r"(?:\w+-)?also-?(?:like|read|see)(?:-\w+)?",
        r"see-?also(?:-\w+)?",
        r"(?:\w+-)?teasers?(?:-(?:list|box|group|grid|wrapper|container|item|row|block|small|"
        r"link|text|title|content|article))?",
        r"(?:\w+-)?promo(?:s|-box|-block|-item|-list|-container|-link|-module|-card|-wrapper)?",
        r"post-?nav(?:igation)?(?:-\w+)?",
        r"further-?reading",
        r"suggest(?:ed|ions?)(?:-\w+){0,2}",
        r"crp-related",
        r"yarpp(?:-\w+)*",
        r"onward(?:-\w+)*",
        r"inline-?(?:related|link|promo|recirc)\w*",
        r"mehr-zum-thema",
        r"lesen-?sie-?auch",
        r"article-?(?:links|list|teaser|recommendations)",
    ),
    names_reason="The page names it a list of other articles.",
)
