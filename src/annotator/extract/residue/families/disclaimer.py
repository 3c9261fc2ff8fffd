"""Notes on whose opinion an article is, and where it was first published."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="disclaimer",
    reason="Opinion or republication note.",
    policy=Policy(edges_only=True, names_people=True, full_sentences=True, several_signs=True),
    lines=(
        LinePattern(
            "own-opinion",
            {
                "en": r"""
                    (?:all )?(?:views|opinions)(?:,? (?:and|or) (?:views|
                      opinions))?(?: expressed)?(?: are|:) (?:strictly |solely |purely |
                      entirely )?(?:personal|(?:my|his|her|their|the (?:author|writer)'?s'?) own)
                    this (?:article|story|post|piece|essay|column|op-ed|
                      interview) (?:was )?(?:originally|first) (?:appeared|published|posted|ran|
                      featured) (?:on|in|at|by|as) .{1,60}
                    \(?(?:with )?inputs from .{1,40}
                """,
                "de": r"dieser (?:text|artikel|beitrag) (?:ist |erschien |wurde )zuerst .{1,60}",
                "fr": r"""
                    (?:cet article|ce texte) (?:est (?:initialement )?paru|a (?:d'abord |
                      initialement )?été publié) .{1,60}
                """,
                "es": r"""
                    este (?:artículo|texto) (?:se publicó|fue publicado) (?:originalmente|
                      primero) .{1,60}
                """,
                "it": r"questo articolo è (?:apparso|stato pubblicato) originariamente .{1,60}",
                "zh": r"""
                    (?:本文|文章|该文|此文|该文观点|以上)(?:内容|內容|观点|觀點|言论)?(?:仅|僅|
                      只)代表.{1,40}
                """,
                "ja": r"(?:観点|見解)は(?:筆者|著者|個人).{0,30}",
                "fi": r"(?:kirjoittajan|kirjoituksen) mielipite\w+\b.{0,80}",
                "cs": r"""
                    (?:názory|názor) autor\w*\b.{0,20}\b(?:nemusí|nemusejí|se nemusí)\b.{0,80}
                """,
                "hu": r"""
                    (?:a|az) (?:cikkben|írásban) (?:szereplő|megjelent|
                      kifejtett)\b.{0,60}\bvélemény\w*\b.{0,80}
                """,
                "ro": r"opiniile exprimate\b.{0,60}\baparțin\b.{0,60}",
                "tr": r"(?:bu )?(?:yazıda|makalede)\b.{0,40}\b(?:görüşler|yazarına)\b.{0,80}",
                "uk": r"""
                    (?:думка|погляди) (?:автора|редакції)\b.{0,40}\b(?:не збіга\w+|
                      збігатися)\b.{0,60}
                """,
                "sv da nb": r"""
                    (?:det här|detta|dette) er? ?(?:är )?(?:en|ett|et) (?:åsiktstext|
                      debattartikel|insändare|debatindlæg|debattinnlegg|meningsytring|ledare|
                      krönika|kommentar|debattinlägg|læserbrev|opinionstext|leder|
                      kronikk)\b.{0,140}
                    (?:åsikterna|holdningerne|meningene|meninger i (?:teksten|
                      artikkelen))\b.{0,60}\b(?:egna|egne|regning|skribent\w*|
                      forfatter\w*)\b.{0,60}
                """,
            },
            is_exact=True,
        ),
    ),
    keywords={
        "en": """
            opinions expressed, views expressed, opinion expressed, opinions of, author s own,
            writer s own, authors own, writers own, columnist s own, contributor s own,
            necessarily reflect, necessarily those of, necessarily the views, those of the author,
            those of the authors, those of the writer, solely those of, are personal,
            strictly personal, author s opinion*, author s view*, author s opinions and,
            writer s opinion*, writer s view*, author alone, author and do not, his or her own,
            views of the author, opinions of the author, views of the writer, editorial stance,
            editorial position, editorial policy, editorial views, investment advice,
            informational purposes, information purposes, educational purposes, for informational,
            disclaimer, opinion column, opinion section, syndicated, syndicated feed, wire feed,
            agency feed, auto generated, no position in, positions in any, holds no position,
            any of the stocks, any of the companies, any of the securities, our disclosure policy,
            not advice, recommendation to buy, op ed, oped, author s, business relationship,
            herein, content partnership, inputs from agencies, with inputs from, agency inputs,
            stock is mentioned, not necessarily reflect, not necessarily represent,
            the authors own, those of the, represents the opinion, represents the views,
            as advice, sole responsibility, of the newspaper, of the paper, of the publisher,
            of this newspaper, of this website, view of the paper, views of the newspaper,
            does not constitute, should be construed, be construed as, legal or medical advice,
            as investment advice, as financial advice, as legal advice, the paper s position,
            guest contribution*, companies mentioned, own and do not, are their own, are my own,
            necessarily endorse, not necessarily endorse, views of their writers, views of its,
            the columnist s own
        """,
        "de": """
            meinung der verfasser, meinung der redaktion, ansicht der redaktion,
            namentlich gekennzeichnete, gastbeitrag*, gastkommentar*, haftungsausschluss,
            keine anlageberatung, anlageempfehlung*, keine haftung, ersetzt keine, ersetzt nicht,
            geäußerte meinung, meinungsbeitrag*, ausschließlich die meinung, genannten aktien,
            denen der redaktion, gastbeitr*, ansicht des verfassers, meinung des autors wieder,
            meinung der autorin wieder, meinung des verfassers wieder,
            meinung der verfasserin wieder, ansicht des verfassers wieder,
            meinung der autoren wieder, ansicht des autors wieder, auffassung der redaktion,
            ersetzen keine, keine ärztliche, ärztliche beratung, kaufempfehlung*,
            keine kaufempfehlung, anlageempfehlung, verfasser verantwortlich,
            autor verantwortlich, ist der verfasser, ist der autor verantwortlich,
            für den inhalt ist
        """,
        "fr": """
            opinions exprimées, propos tenus, propos exprimés, points de vue exprimés,
            n engagent que, n engage que, que son auteur, que leurs auteurs,
            opinion de son auteur, celle de la rédaction, celles de la rédaction,
            ne reflètent pas nécessairement, reflète pas nécessairement, à titre informatif,
            conseil en investissement, conseil financier, ne remplace pas, de ses auteurs,
            à titre personnel, titre personnel, n engagent pas, n engage pas, avis médical,
            avis d un médecin, responsabilité de leurs, n engagent que la
        """,
        "es": """
            opiniones expresadas, opiniones vertidas, opiniones de los colaboradores,
            opinión de los autores, responsabilidad exclusiva, exclusiva responsabilidad,
            responsabilidad del autor, responsabilidad de sus autores, no reflejan necesariamente,
            no refleja necesariamente, asesoramiento financiero, asesoría financiera,
            fines informativos, carácter informativo, columna de opinión, sus autores,
            artículo de opinión, texto expresa, expresa la opinión, responsabilidad de sus,
            es responsabilidad de, de sus autores, no constituye una, recomendación de inversión,
            las del autor, de este medio, este medio, consejo médico
        """,
        "it": """
            opinioni espresse, opinioni degli autori, linea editoriale,
            non riflettono necessariamente, scopo informativo, scopi informativi,
            consulenza finanziaria, esclusivamente dell autore, responsabilità dell autore,
            responsabilità degli autori, riflette l opinione, articoli firmati,
            opinione degli autori, esprimono l opinione, non sostituiscono, parere del medico,
            consulenza medica, l articolo riflette
        """,
        "pt": """
            opiniões expressas, opiniões emitidas, opinião do site, exclusiva responsabilidade,
            responsabilidade exclusiva, responsabilidade do autor,
            responsabilidade de seus autores, inteira responsabilidade, não reflete, não refletem,
            fins informativos, caráter informativo, aconselhamento financeiro,
            recomendação de investimento, reflete a opinião, não reflete a, é de responsabilidade,
            aqui expressas
        """,
        "nl": """
            mening van de auteurs, niet noodzakelijkerwijs, geen financieel advies,
            beleggingsadvies, disclaimer, opiniestuk, opinieartikel, opiniebijdrage,
            persoonlijke titel, de auteur schrijft, schreef dit stuk, die van de redactie,
            medisch advies
        """,
        "pl": """
            poglądy wyrażone, opinie wyrażone, wyrażone w artykule, stanowisko redakcji,
            stanowiska redakcji, stanowiskiem redakcji, nie muszą odzwierciedlać,
            nie odzwierciedla*, nie zawsze odzwierciedla*, wyłącznie opinie,
            charakter informacyjny, charakter wyłącznie informacyjny, nie stanowi porady,
            nie stanowi rekomendacji, porady inwestycyjnej, doradztwa inwestycyjnego,
            nie zastępuje porady, wyraża opinie, własne poglądy, wyraża własne, osobiste poglądy,
            nie ponosi odpowiedzialności, odpowiedzialności za treść, wyraża osobiste,
            prywatnymi opiniami, poglądy prezentowane, opiniami autora
        """,
        "el": """
            απόψεις που εκφράζονται, απόψεις των συντακτών, δεν αντιπροσωπεύουν, δεν απηχούν,
            απηχούν, αποποίηση ευθύνης, επενδυτική συμβουλή, εκφράζουν τις απόψεις,
            των συντακτών τους, δεν εκφράζει απαραίτητα, άποψη της εφημερίδας
        """,
        "ru": """
            мнение редакции, мнением редакции, позиция редакции, позицией редакции,
            точка зрения редакции, не совпадать с мнением, может не совпадать, могут не совпадать,
            не совпадает с мнением, не является инвестиционной,
            индивидуальной инвестиционной рекомендацией, инвестиционной рекомендацией,
            авторская колонка, личное мнение, может не разделять, не разделять мнение,
            точка зрения авторов, точка зрения автора, не несет ответственности,
            не несёт ответственности, автор несёт ответственность, автор несет ответственность,
            ответственность за содержание
        """,
        "zh": """
            仅代表作者, 僅代表作者, 仅代表, 僅代表, 本人观点, 不代表本, 不代表, 不代表本网立场,
            投資建議, 不构成, 不構成, 仅供参考, 僅供參考, 免责声明, 免責聲明, 文责自负, 文責自負,
            与本网站无关, 本网站无关, 投资有风险, 不构成投资建议, 作者本人, 平台立场, 文章只代表,
            只代表作者, 作者个人意见, 仅为作者, 个人意见, 本报立场
        """,
        "ja": """
            筆者個人の, 個人的な見解, 公式見解, 立場を示す, 投資助言, 投資勧誘, 免責事項,
            所属組織, 所属する組織, 筆者個人, 投資助言を目的, 助言を目的
        """,
    },
    weak_keywords={
        "en": """
            expressed, own opinion, opinion of, not necessarily, their own, does not represent,
            do not represent, does not reflect, do not reflect, official policy,
            official position, not constitute, financial advice, legal advice, medical advice,
            professional advice, opinion piece, own research, any liability, no liability,
            stocks mentioned, buy or sell, opinions, views, reflect, reflects, necessarily,
            personal, solely, in this column, of the author, of the authors, of the writer,
            of the writers, the author s, the writer s, authors, writers, columnists,
            contributors, represents, represent, expressed in this, expressed here, expresses,
            guest post, guest column, general information, not intended, intended as, own,
            independent of, responsibility of, the editors, of the editors, its editors,
            editorial board, the publisher, of the publication, the paper s, outside contributor,
            holds shares in, owns shares in, in partnership with, presented in this,
            does not necessarily endorse, of its columnists, of their authors, of their writers,
            letters
        """,
        "de": """
            meinung des autors, meinung der autorin, meinungen des autors, meinungen der autoren,
            meinung der autoren, meinung des verfassers, ansichten des autors, ansicht des autors,
            sicht des autors, sicht der autorin, persönliche meinung, eigene meinung,
            nicht unbedingt, nicht notwendigerweise, nicht zwingend, anlageberatung, ohne gewähr,
            rechtsberatung, geäußerte, geäußerten, meinung, meinungen, ansicht, ansichten,
            gibt die, geben die, wieder, wider, spiegelt, spiegeln, entspricht, entsprechen,
            unbedingt, ausschließlich, persönliche ansicht, des autors, der autorin,
            positionen in den, übereinstimmen, autor, autoren, autorin, verfasser*,
            des verfassers, der autoren, eigene, eigenen, stellt keine, stellen keine, stellt,
            meinungsbeitr*, persönliche, persönlichen, kolumne, herausgeber, auffassung,
            kauf oder verkauf, verantwortlich
        """,
        "fr": """
            leurs auteurs, leur auteur, son auteur, de son auteur, que l auteur,
            opinion de l auteur, opinions de l auteur, pas nécessairement, pas forcément,
            ligne éditoriale, à titre indicatif, tribune, opinion, opinions, propos, reflète,
            reflètent, engage, engagent, nécessairement, auteur, auteurs, expression de,
            sur ce blog, s exprime, s expriment, exprime, expriment, responsable, rubrique,
            ne constitue pas, ne constituent pas, ne constitue, tribunes, responsabilité de son
        """,
        "es": """
            opinión del autor, opiniones del autor, opiniones de los autores, punto de vista del,
            necesariamente, línea editorial, no representan, no representa, no constituye,
            expresadas, opinión, opiniones, refleja, reflejan, postura, postura de, del autor,
            de su autor, autor, autores, único responsable, responsable, responsables, vertidas,
            expresa, expresan, opinión de, recomendación
        """,
        "it": """
            opinione dell autore, opinioni dell autore, sono dell autore, posizione del giornale,
            non rappresentano, necessariamente, non costituisce, non costituiscono,
            non sostituisce, espresse, opinioni, opinione, riflettono, dell autore,
            linea del sito, sono quelle, autore, autori, riflette, contenuto di questo,
            rispecchia*, esprime, esprimono, informazioni contenute, esclusivamente
        """,
        "pt": """
            opinião do autor, opiniões do autor, opinião dos autores, opinião do jornal,
            necessariamente, linha editorial, não constitui, não substitui, expressas,
            não representam, não representa, opinião, opiniões, reflete, refletem, opinião da,
            opinião do, do autor, textos publicados, autor, autores, expressam, expressa,
            colunistas, posição da empresa
        """,
        "nl": """
            meningen in dit, meningen zijn die, die van de auteur, van de auteur zijn,
            mening van de auteur, mening van de redactie, standpunt van de redactie,
            niet noodzakelijk, niet per se, financieel advies, ter informatie,
            op persoonlijke titel, ingezonden, mening, meningen, weerspiegelt, weerspiegelen,
            van de auteur, auteur, auteurs, op persoonlijke, schrijft op, dit stuk, vervangt geen
        """,
        "pl": """
            poglądami autora, poglądy autora, opinią autora, opinia autora, opinie autora,
            opinie autorów, poglądy autorów, niekoniecznie, opinie, opinię, poglądy, poglądów,
            stanowisko, odzwierciedlać, odzwierciedla, wyraża, autora, autor, własne, w tekście,
            osobiste, ponosi, treść komentarzy, prywatnymi, opiniami, prezentowane
        """,
        "el": """
            απόψεις του συντάκτη, άποψη του συντάκτη, εκφράζονται, δεν εκφράζουν, απαραίτητα,
            υιοθετεί, απόψεις, άποψη, συντακτών, εκφράζει, η άποψη του
        """,
        "ru": """
            мнение автора, мнения авторов, мнение авторов, не отражает, колонке,
            ответственности за, мнение, мнения, мнением, позицией, совпадать, совпадает, отражает,
            выражает, выражают, личное, автор, авторы, которое может, разделять,
            ответственность за
        """,
        "zh": """
            个人观点, 個人觀點, 作者观点, 作者觀點, 立场, 立場, 投资建议, 观点, 以上内容, 无关
        """,
        "ja": "個人の見解, 筆者の見解, 著者の見解, 見解, 目的とするもの, 個人のもの",
    },
)
