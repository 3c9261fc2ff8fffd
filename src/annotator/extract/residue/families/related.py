"""Links to other articles: related, most read, read more."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="related",
    reason="Links to other articles.",
    policy=Policy(
        merge_adjacent=True,
        ends_article=True,
        open_wording=True,
        may_be_page=True,
        names_articles=True,
    ),
    pieces={
        "THINGS": r"""
            (?:stories|articles|posts?|news|content|reading|topics|links?|videos?|coverage|items|
              recipes|pages|products|story|article|post|video|analysis|reads|columns?|essays|
              reviews?|guides?|episodes?|podcasts?|galleries|photos|headlines|features?|
              interviews?)
        """,
    },
    lines=(
        LinePattern(
            "see-also",
            {
                "en": r"""
                    (?:related|read|read (?:more|next|also|on|this(?: next)?|now)|see|see (?:also|
                      more)|also|also (?:read|on|see|in|watch)|watch|watch (?:also|more|next|now|
                      this|below)|more|more (?:on|from|about|in|like|to (?:read|explore|come)|
                      here|info\w*|details?|coverage)|recommended(?: for you| reading)?|
                      you (?:may|might)(?: also)? (?:like|enjoy)|don't miss|up next|next(?: up)?|
                      previous(?:ly)?|further reading|in other news|icymi|go deeper|
                      from the archives?|in case you missed it|dig deeper|what to read(?: next)?|
                      learn more|background|listen)(?: (?:this |these |our |other |more |
                      all )?{THINGS})*(?: (?:on|about|from|in) [\w' ]{1,24})?\s?[:»>→|
                      ▶►] ?.{1,180}
                    (?:related|read (?:more|next|also)|see also|also read|recommended|don't miss|
                      up next)(?: {THINGS})?\s?[–—-] ?.{1,180}
                """,
            },
            reason="Link to another article.",
        ),
        LinePattern(
            "more-articles",
            {
                "en": r"""
                    (?:related|recommended|similar|suggested|featured|popular|trending|latest|
                      recent|top|more|other|our|all|new|hot|must|editor'?s'?|editors'|today's|
                      most|best|staff)(?: (?:read|viewed|popular|shared|commented|recent|
                      discussed|watched|emailed|for you|now|today|to|picks?|choice|must|top|
                      latest|on .{0,24}|from .{0,40}|by .{0,40}|in .{0,24}|{THINGS})){0,4}
                    (?:read|see|view|watch|show|load|browse|find|discover|explore|get|check out|
                      click here for|learn|visit) (?:(?:all|more|our|the full|next|other|latest|
                      related|{THINGS}|here|out|now|details) ?){1,4}(?:(?:of|about|on|from|in|
                      at) .{0,40})?
                    (?:more|other|latest|all)(?: {THINGS})? (?:from|on|by|in|about|like|for|at|
                      of) .{1,70}
                    posts? (?:about|on|tagged|in) .{1,60}
                    (?:you|readers|people|others|customers) (?:may|might|also|
                      who)\b.{0,12}\b(?:like|liked|enjoy|enjoyed|read|bought|viewed|be interested|
                      have missed|want to (?:read|see))\b.{0,60}
                    what (?:others|readers|people|everyone) (?:are|is) reading\b.{0,20}
                    from our (?:partners|network|sponsors)
                    (?:from|around|elsewhere on) the web
                    in (?:this|other) (?:section|news|series|stories)
                    (?:next|previous|prev|newer|older)(?: (?:post|article|story|page|entry|
                      entries|chapter|up|in .{0,40}))?s?
                    (?:read|see|view) the (?:full|whole|entire|rest of the) (?:story|article|post|
                      review|interview|text|report)(?: here| now| online)?
                    explore (?:further|more)|dig deeper|go deeper|in case you missed it
                    from (?:the|our) archives?|(?:scroll|swipe) for .{0,40}
                    (?:what to|where to|for) read next|trending(?: now| topics| stories)?
                    top (?:stories|news|posts|picks)|most[ -](?:read|popular|viewed)
                    editor'?s'? (?:picks?|choice)|stories you .{0,40}|promoted stories|read more
                    more|show (?:more|less)|load more|see (?:more|all)
                    view (?:more|all)(?: .{0,30})?|learn more|find out more|continue reading
                    full (?:story|article)
                """,
            },
            is_label=True,
        ),
        LinePattern(
            "see-also-abroad",
            {
                "de uk": r"""
                    (?:dazu passend|passend dazu|читати також|читайте також|
                      дивіться також)\s?[:：].{0,160}
                """,
                "any": r"""
                    det här kan du också vara intresserad av
                    top stories(?: right now| now| today)?
                    sobre (?:este tema|o tema|este asunto)
                    mer om (?:temaet|ämnet|saken)|mere om emnet|ilgili haberler?
                """,
            },
            is_exact=True,
        ),
        LinePattern(
            "more-articles-abroad",
            {
                "de": r"""
                    (?:mehr|mehr (?:zum thema|dazu|lesen|zu .{1,40}|aus .{1,40}|von .{1,40}|
                      auf .{1,40}|artikel|news|nachrichten|infos?|informationen)|
                      lesen sie (?:auch|mehr|hier|dazu|jetzt)|lies (?:auch|hier|mehr|dazu)|
                      auch (?:interessant|lesenswert)|lesetipps?|passend dazu|passend zum thema|
                      siehe auch|weitere?(?:r)? (?:artikel|themen|nachrichten|infos?|
                      informationen|meldungen|beiträge|links|videos|texte)|zum thema|
                      ähnliche (?:artikel|beiträge|themen)|verwandte (?:artikel|themen|beiträge)|
                      (?:das|dieses thema|das thema|diese themen) könnten? (?:sie|dich|ihnen|
                      dir)(?: auch)? .{1,40}|meist(?:gelesen|gelesene|geklickt)e?(?: artikel)?|
                      beliebte(?:ste)? (?:artikel|beiträge)|aktuelle (?:artikel|nachrichten|
                      beiträge|themen)|neueste (?:artikel|beiträge)|
                      empfehlungen(?: der redaktion| für sie)?|weiterlesen|vorheriger (?:artikel|
                      beitrag)|nächster (?:artikel|beitrag)|zum (?:artikel|weiterlesen)|
                      interessant für sie|themen in diesem artikel|
                      unsere empfehlungen)(?:\s?[:»>→|–—-] ?.{1,180})?
                    weitere beiträge (?:zu|von|aus).{0,40}
                    weiterführende (?:links?|infos?|informationen).{0,20}
                    schon gelesen|auch auf .{1,40}|wird oft zusammen gelesen|jetzt lesen.{0,60}
                """,
                "fr": r"""
                    (?:à lire(?: aussi| également| ensuite)?|lisez (?:aussi|également)|
                      lire (?:aussi|la suite|également|plus|l'article)|voir aussi|
                      sur le même (?:sujet|thème)|articles? (?:similaires?|liés?|connexes?|
                      récents|suivants?|précédents?)|en savoir plus|les plus (?:lus|populaires)|
                      plus d'articles|ça peut vous intéresser|vous aimerez(?: aussi)?|
                      notre sélection|nos recommandations|à découvrir|dans la même rubrique|
                      pour aller plus loin|à voir aussi)(?:\s?[:»>→|–—-] ?.{1,180})?
                """,
                "es": r"""
                    (?:leer(?: más| también)|lea (?:también|más|además)|lee (?:también|más)|
                      te puede interesar|le puede interesar|te recomendamos|
                      también te puede (?:interesar|gustar)|más (?:información|noticias|leídas?|
                      leídos|vistas?|sobre .{1,40}|en .{1,40})|lo más (?:leído|visto)|
                      noticias relacionadas|artículos relacionados|relacionad[oa]s?|ver (?:más|
                      también|todo)|seguir leyendo|puedes leer|contenido relacionado|
                      además)(?:\s?[:»>→|–—-] ?.{1,180})?
                """,
                "it": r"""
                    (?:leggi (?:anche|tutto|di più|ancora)|potrebbe(?:ro)? interessarti|
                      articoli (?:correlati|simili|recenti)|i più letti|per approfondire|
                      scopri di più|guarda anche)(?:\s?[:»>→|–—-] ?.{1,180})?
                """,
                "pt": r"""
                    (?:leia (?:mais|também|a íntegra)|veja (?:também|mais)|saiba mais|ler mais|
                      mais lidas?|mais (?:notícias|sobre .{1,40})|(?:artigos|notícias|matérias|
                      posts) relacionad[oa]s|relacionad[oa]s|continue lendo|confira(?: também)?|
                      você pode gostar.{0,30}|recomendad[oa]s)(?:\s?[:»>→|–—-] ?.{1,180})?
                """,
                "nl": r"""
                    (?:lees (?:ook|meer|verder)|meer (?:lezen|over .{1,40}|nieuws|artikelen)|
                      gerelateerd(?:e .{1,20})?|bekijk ook|meest gelezen|aanbevolen|
                      zie ook)(?:\s?[:»>→|–—-] ?.{1,180})?
                """,
                "pl": r"""
                    (?:czytaj (?:też|także|więcej|dalej|również)|zobacz|zobacz (?:też|także|
                      również|więcej)|przeczytaj (?:też|także|również)|polecamy|
                      powiązane(?: artykuły)?|najczęściej czytane|najnowsze|dowiedz się więcej|
                      czytasz.{0,60}|więcej (?:na ten temat|o .{1,40}))(?:\s?[:»>→|
                      –—-] ?.{1,180})?
                """,
                "el": r"""
                    (?:διαβάστε (?:επίσης|περισσότερα|ακόμα|ακόμη|και)|δείτε (?:επίσης|ακόμη|
                      ακόμα)|σχετικά (?:άρθρα|θέματα)|δημοφιλή|τελευταία νέα|
                      περισσότερα)(?:\s?[:»>→|–—-] ?.{1,180})?
                """,
                "ru": r"""
                    (?:читайте (?:также|ещё|еще|далее)|читать (?:далее|также|полностью|ещё|еще)|
                      смотрите также|по теме|материалы по теме|похожие (?:статьи|записи|
                      материалы)|популярн(?:ое|ые)(?: .{0,20})?|ещё по теме|подробнее|
                      другие (?:новости|материалы)(?: .{0,20})?|самое (?:читаемое|
                      интересное))(?:\s?[:»>→|–—-] ?.{1,180})?
                """,
                "zh": r"""
                    (?:相关(?:阅读|文章|新闻|报道|推荐|内容)|相關(?:閱讀|文章|新聞|報導)|推荐阅读|
                      延伸阅读|延伸閱讀|更多(?:内容|新闻|文章|阅读|精彩)?|热门(?:文章|新闻|推荐)|
                      熱門(?:文章|新聞)|阅读(?:全文|原文|更多)|上一篇|下一篇|查看更多|
                      点击查看.{0,16}|责任编辑)(?:[:：】\] ].{0,80})?
                """,
                "ja": r"""
                    (?:関連(?:記事|ニュース|リンク|キーワード|動画|する記事)?|あわせて読みたい|
                      こちらも(?:おすすめ|どうぞ)|おすすめ(?:記事|の記事)?|人気(?:記事|ランキング|
                      の記事)?|続きを読む|もっと(?:見る|読む)|次の記事|前の記事|最新記事|
                      アクセスランキング|新着記事)(?:[:：】\] ].{0,80})?
                """,
                "sv da nb fi": r"""
                    (?:mer läsning|läs (?:också|mer|även|vidare|mera|också mer)|læs (?:også|mere|
                      videre)|les (?:også|også denne saken|mer|videre|saken)|
                      lue (?:myös(?: tämä)?|lisää)|katso myös|se (?:også|även|också)|missa inte|
                      gå ikke glip av|gå ikke glip af|fler artiklar|flere artikler|flere saker|
                      relatere(?:ra)?de (?:artiklar|artikler|saker|emner)|relaterade (?:artiklar|
                      ämnen)|relaterat|anbefal(?:te|ede) (?:artikler|saker)|
                      rekommenderade? (?:artiklar|läsning)?|mest (?:lästa?|læste?|leste?)|
                      luetuimmat|aiheesta (?:lisää|muualla)|lisää aiheesta|mere? om (?:ämnet|
                      saken|emnet|sagen)|saken oppdateres|senaste nytt|seneste nyt|siste nytt|
                      uusimmat)(?:\s?[:»>→|–—-] ?.{1,180})?
                """,
                "any": r"""
                    (?:(?:čtěte|přečtěte si|prečítajte si|čítajte) (?:také|taky|též|více|dále|aj|
                      tiež|viac)|mohlo by (?:vás|vas|tě) (?:také )?(?:zajímat|zaujať|zaujímať)|
                      souvisejí?cí (?:články|článek|zprávy)|súvisiace články|podobné články|
                      nejčtenější(?: články)?|dále čtěte|více k tématu|viac k téme|
                      olvassa? el (?:ezt is|azt is)|olvasd el ezt is|kapcsolódó (?:cikk\w*|
                      tartal\w*|hír\w*)|ez is érdekelhe\w+|ezt olvasta már|ajánljuk|
                      ajánlott (?:cikkek|olvasmány\w*)|legolvasottabb|további cikkek|cit(?:ește|
                      iți|este|iti) (?:și|si|mai mult|continuarea)|vezi (?:și|si)|
                      articole (?:similare|recomandate|asemănătoare)|(?:te|
                      v) ?-?ar putea interesa(?: și)?|cele mai citite|ilginizi çekebilir|
                      ilgili (?:haber\w*|yazılar|içerik\w*)|ayrıca (?:oku\w*|bakınız)|
                      bunlar da ilginizi çekebilir|en çok okunanlar|çok okunanlar|haberin devamı|
                      devamını oku|читайте (?:також|ще)|дивіться також|схожі (?:статті|новини)|
                      вас може зацікавити|관련 ?(?:기사|뉴스)|함께 ?(?:읽으면|보면) 좋은.{0,10}|
                      많이 본 (?:뉴스|기사)|추천 ?기사|اقرأ (?:أيضا|أيضًا|أيضاً|المزيد)|
                      مواضيع ذات صلة|أخبار ذات صلة|شاهد أيضا?ً?)(?:\s?[:»>→|–—-] ?.{1,180})?
                """,
            },
        ),
        LinePattern(
            "way-around",
            {
                "en": r"""
                    skip (?:to|past|advert|ad|navigation|this)\b.{0,40}
                    (?:back|return|go) to .{1,30}|jump to\b.{0,40}|scroll to top
                    top of (?:the )?page
                """,
                "de": r"""
                    zurück(?: zur .{1,30}| zum .{1,30})?
                    nach oben|zur startseite
                """,
                "fr": r"haut de page|retour(?: à .{1,30}| en haut)?",
                "es": r"volver(?: arriba| al .{1,20})?",
                "it": r"torna su",
                "pt": r"voltar(?: ao topo)?",
                "nl": r"naar boven",
                "ru": r"наверх",
                "zh": r"回到顶部|返回顶部",
                "ja": r"ページトップへ|トップへ戻る",
                "any": r"""
                    in this (?:article|story|post|guide)
                    table of contents|contents|on this page|inhalt(?:sverzeichnis)?|sommaire
                    índice|indice|目次|目录
                """,
            },
            reason="Link to another part of the page or site.",
            is_label=True,
        ),
    ),
    containers=r"""
        (?:\w+-){0,3}related(?:-\w+){0,4}
        (?:\w+-){0,2}recirc\w*(?:-\w+){0,3}
        (?:\w+-){0,2}recommend(?:ed|ations?|s|er)?(?:-\w+){0,3}
        (?:\w+-){0,2}read-?(?:more|next|also|on)(?:-\w+){0,3}
        (?:\w+-){0,2}more-?(?:stories|from|on|news|articles|posts|like|in|to-read|reading|
          coverage|info)(?:-\w+){0,3}
        (?:\w+-){0,2}most-?(?:read|popular|viewed|shared|commented|recent|watched)(?:-\w+){0,3}
        (?:\w+-)?popular(?:-\w+){0,3}
        (?:\w+-)?trending(?:-\w+){0,3}
        (?:\w+-)?latest-?(?:news|posts|stories|articles|headlines)(?:-\w+){0,2}
        (?:\w+-)?similar-?(?:posts|articles|stories|items)?(?:-\w+)?
        (?:\w+-){0,2}(?:next|prev|previous)-?(?:post|article|story|stories|up)s?(?:-\w+){0,2}
        up-?next(?:-\w+){0,2}
        you-?(?:may|might)(?:-\w+)+
        (?:\w+-)?also-?(?:like|read|see)(?:-\w+)?
        see-?also(?:-\w+)?
        (?:\w+-)?teasers?(?:-(?:list|box|group|grid|wrapper|container|item|row|block|small|link|
          text|title|content|article))?
        (?:\w+-)?promo(?:s|-box|-block|-item|-list|-container|-link|-module|-card|-wrapper)?
        post-?nav(?:igation)?(?:-\w+)?
        further-?reading
        suggest(?:ed|ions?)(?:-\w+){0,2}
        crp-related
        yarpp(?:-\w+)*
        onward(?:-\w+)*
        inline-?(?:related|link|promo|recirc)\w*
        mehr-zum-thema
        lesen-?sie-?auch
        article-?(?:links|list|teaser|recommendations)
    """,
    container_reason="Marked by the page as links to other articles.",
)
