"""Advertisements, their labels, and notices of affiliate links."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="ads",
    reason="Advertisement or affiliate-link notice.",
    policy=Policy(
        veto=True,
        trusted_container=True,
        edges_only=True,
        names_people=True,
        plain_labels=True,
        full_sentences=True,
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
    keywords={
        "en": """
            advert, adverts, advertisement*, advertiser*, sponsored, sponsored content, paid post,
            paid content, paid partnership, affiliate*, ad blocker*, adblocker*, ad block,
            ad blocking, advertorial, paid promotion, partner content, after the ad,
            after advertisement, below advertisement, after the advertisement,
            earn us a commission, ads by, advertising partner, advertising partners,
            affiliate link*, affiliate commission*, affiliate partner*, amazon associate,
            amazon associates, amazon affiliate, qualifying purchases, earn a commission,
            earn commission*, receive a commission, small commission, affiliate disclosure,
            advertiser disclosure, advertising disclosure, referral fee*, get a commission,
            make a commission, paid a commission, independently chosen, price as of, prices as of,
            prices correct, prices and availability, price and availability,
            pricing and availability, view deal, see deal, view at amazon, buy at amazon,
            buy on amazon, share of sales, see at amazon, see it at, links we provide,
            accurate at the time, availability were accurate, prices were correct, our links,
            through our links, affiliate, how we make money, a small fee, we may be compensated,
            prices and availability were, best price we found, we may be paid,
            may earn money from, earn money from, we may earn money, buy from a link,
            buy from our links, might earn a commission
        """,
        "de": """
            gesponsert*, affiliate*, adblocker*, werbeblocker*, partnerlinks,
            bezahlte partnerschaft, advertorial, nach der werbung, nach der anzeige,
            unter der anzeige, affiliate link*, affiliate links, affiliatelink*, provisionslink*,
            provisions link*, amazon partner, amazon product advertising, als amazon,
            qualifizierten verkäufen, qualifizierten käufen, eine provision, kleine provision,
            mit einem sternchen, partnerlink*, partner link*, partnerprogramm*, werbelink*,
            sponsored, unbezahlte werbung, letzte aktualisierung am, bilder von der amazon,
            anzeige fortgesetzt, artikel wird nach, affiliate, provision, transparenzhinweis,
            preis jetzt prüfen, preis prüfen, links zu partnern, über unsere links, unsere links,
            text geht unter, geht unter der werbung, unter der werbung
        """,
        "fr": """
            sponsorisé*, sponsor*, contenu de marque, affilié*, affiliation,
            bloqueur de publicité*, adblock*, après la publicité, après cette publicité,
            sous la publicité, contenu proposé par, notre partenaire, liens affiliés,
            lien affilié, liens d affiliation, lien d affiliation, affiliés, partenaire amazon,
            touchons une commission, toucher une commission, percevoir une commission,
            achats remplissant, liens sponsorisés, liens rémunérés, notre contenu continue,
            contenu continue ci dessous, votre contenu continue, prix mentionnés, donnés à titre,
            titre indicatif, lien commercial, liens commerciaux
        """,
        "es": """
            publicitario*, patrocinad*, contenido patrocinado, bloqueador de anuncios, afiliad*,
            promocionado, contenido de marca, después de la publicidad, tras la publicidad,
            enlaces de afiliado, enlaces de afiliados, enlace de afiliado, enlaces afiliados,
            afiliado de amazon, compras adscritas, recibimos una comisión, recibir una comisión,
            llevarnos una comisión, ganar una comisión, programa de afiliados,
            enlaces patrocinados, precio en amazon, precios pueden variar, compra a través,
            ganamos una comisión
        """,
        "it": """
            pubblicitario, pubblicitari, sponsorizzat*, adblock*, affiliazione, affiliati,
            contenuto sponsorizzato, in collaborazione con, dopo la pubblicità,
            link di affiliazione, link affiliati, link affiliato, affiliato amazon,
            affiliazione amazon, affiliat*, acquisti idonei, ricevere una commissione,
            ricevo un guadagno, percepire una commissione, link sponsorizzati,
            programma di affiliazione, acquista su amazon, piccola commissione, acquisti tramite,
            riceviamo una commissione
        """,
        "pt": """
            publicitário*, patrocinad*, conteúdo patrocinado, bloqueador de anúncios, afiliad*,
            informe publicitário, conteúdo de marca, depois da publicidade, após a publicidade,
            links de afiliados, link de afiliado, links afiliados, links de afiliação,
            programa de afiliados, comissão pelas compras, receber uma comissão,
            recebemos uma comissão, ganhar uma comissão, afiliado da amazon, associado da amazon,
            compras qualificadas, comprar pelos links
        """,
        "nl": """
            gesponsord*, adblocker*, advertorial, partnerbijdrage, na de advertentie,
            onder de advertentie, affiliate*, affiliate link*, affiliatelink*, partnerlink*,
            kleine commissie, ontvangen wij een, verdienen we, amazon partner, bol com partner,
            kwalificerende aankopen, tekst gaat verder, tekst loopt door, loopt door onder,
            gaat verder onder, gaat verder na, artikel gaat verder, lees verder onder,
            kleine vergoeding, via deze link, via deze links, via onze links,
            verdienen een commissie, onze links
        """,
        "pl": """
            sponsorowan*, materiał sponsorowany, artykuł sponsorowany, materiał partnera,
            adblock*, autopromocja, pod reklamą, po reklamie, ciąg dalszy tekstu,
            pod materiałem wideo, ciąg dalszy artykułu, linki afiliacyjne, link afiliacyjny,
            linków afiliacyjnych, afiliacyj*, linki partnerskie, prowizj*, pod materiałem,
            pod wideo, pod filmem, dalsza część artykułu, dalsza część tekstu, reszta tekstu,
            reszta artykułu, nasze linki, przez nasze linki, otrzymać prowizję
        """,
        "el": """
            διαφημιστικ*, adblock*, μετά τη διαφήμιση, χορηγούμενο, χορηγούμενο περιεχόμενο,
            συνεργαζόμενοι σύνδεσμοι, affiliate*, συνεχίζεται μετά, συνεχίζεται κάτω
        """,
        "ru": """
            рекламн*, партнёрск*, партнерск*, на правах рекламы, блокировщик*, после рекламы,
            партнёрские ссылки, партнерские ссылки, партнёрских ссылок, реферальные ссылки,
            продолжение после рекламы, реклама продолжение, erid
        """,
        "zh": """
            廣告, 贊助, 推廣, 赞助商, 推广内容, 广告之后, 广告后, 广告之后更精彩, 联盟链接,
            聯盟連結, 佣金, 分销链接, 返利, 继续往下阅读, 广告请继续, 推广链接, 部分链接
        """,
        "ja": """
            pr, 広告ブロック, アフィリエイト, 広告の後, 広告の後に, スポンサーコンテンツ,
            アフィリエイト広告, アフィリエイトリンク, アフィリエイトプログラム,
            プロモーションが含まれ, プロモーションを含み, 広告を含み, 広告が含まれ, prを含み,
            広告の後に続きます, 商品を購入, 収益, 売上の一部, 商品リンク, 還元, 還元される,
            リンクから購入, 手数料, 支払われる, 支払われること, リンク先の商品
        """,
    },
    weak_keywords={
        "en": """
            advertising, ad, ads, sponsor, sponsors, promoted, commission*, associate*,
            compensation, compensated, independently selected, independently review*,
            prices accurate, product prices, time of publication, time of publishing, check price,
            best price, shop now, buy now, cut of the sale, revenue from, earn money, portion of,
            pricing, prices were accurate, buy something, buy via, buy through, purchase through,
            small fee, links we, shopping through, make money, best price at, buy it from,
            from amazon, choose what they recommend
        """,
        "de": """
            anzeige, anzeigen, werbung, werbe*, *werbung, sponsor*, provision*, bezahlter,
            einkaufswagen, versandkosten, zzgl, mwst, inkl, links, kauf, markierten, markierte,
            mehrkosten, vergütung, jetzt prüfen, zum angebot, zum shop, partnern, eventuell
        """,
        "fr": """
            publicité*, publicitaire*, pub, partenaire, annonce, annonces, une commission,
            commission, commissions, conditions requises, voir le prix, voir l offre,
            meilleur prix, achats, liens, prix, rémunérer, susceptibles
        """,
        "es": """
            publicidad, anuncio, anuncios, patrocina, comisión, obtengo ingresos, una comisión,
            ver oferta, ver precio, mejor precio, enlaces, compras, pueden variar, precio,
            precios, estos enlaces, hacer una compra
        """,
        "it": """
            pubblicità, sponsor, annuncio, annunci, commissione, una commissione, vedi offerta,
            prezzo migliore, acquisti, link, per i quali
        """,
        "pt": """
            publicidade, anúncio, anúncios, patrocínio, comissão, uma comissão, ver oferta,
            ver preço, melhor preço, compras, pelos links, links
        """,
        "nl": """
            advertentie*, reclame*, sponsor*, betaalde, commissie, een commissie,
            bekijk aanbieding, bekijk prijs, beste prijs, vergoeding, bestelt, koopt, via onze
        """,
        "pl": """
            reklam*, sponsor*, ogłoszeni*, partnerskie, kupisz przez, sprawdź cenę, zobacz ofertę,
            najlepsza cena, pod zdjęciem, dalszy ciąg, ciąg dalszy, kupując, wspierasz, za które,
            linki w tekście
        """,
        "el": "διαφήμιση*, διαφημίσ*, χορηγ*, προμήθεια",
        "ru": """
            реклам*, спонсор*, промо, комиссию, комиссия, узнать цену, покупая, по ссылкам,
            ссылкам
        """,
        "zh": "广告, 赞助, 推广",
        "ja": "広告, スポンサー, 提供, プロモーション",
    },
)
