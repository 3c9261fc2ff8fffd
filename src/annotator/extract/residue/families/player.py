"""Controls of players, pictures and text size, and reading times."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="player",
    reason="Player, picture or text-size control.",
    policy=Policy(
        veto=True,
        merge_adjacent=True,
    ),
    pieces={
        "TIME": r"\d{1,2}:\d\d(?::\d\d)?",
    },
    lines=(
        LinePattern(
            "control",
            {
                "en": r"""
                    (?:current time|duration|remaining time|elapsed)[ :]+-?{TIME}(?:[ /|
                      ,-]+(?:duration |remaining time )?-?{TIME})*
                    (?:media|audio|video) playback is (?:not |un)supported.{0,60}
                    (?:media|image|video|picture|photo) (?:caption|source)
                    (?:article |link |url |text )?copied(?: to(?: the| your)? clipboard)?
                    click to copy(?: (?:the )?(?:link|url))?
                    (?:tap|click) (?:to|for) (?:unmute|play|enlarge|expand|
                      zoom)(?: (?:the )?(?:video|image|photo|map))?
                    (?:text|font|letter)[ -]?size[: ]*(?:a[+ -]*){0,3}
                    (?:estimated |average )?(?:read|reading|listening) time[: ]*\d{1,3} ?min\w*
                    (?:ad|video|advertisement) (?:ends|starts|begins) in \d.{0,20}
                """,
                "de": r"""
                    (?:das |dieses )?(?:video|audio|bild) (?:konnte|
                      kann) (?:leider )?nicht (?:geladen|abgespielt|angezeigt) werden
                    (?:la|cette) vidéo n'est (?:plus|pas) disponible.{0,40}
                    (?:el|este) v[ií]deo no está disponible.{0,40}
                    (?:kleine|große|normale) schrift(?: (?:kleine|große|normale) schrift)*
                """,
                "pl": r"przeczytasz w \d{1,3} min\w*",
                "zh": r"""
                    读完(?:需要|需)? ?约? ?\d{1,3} ?分钟
                    字(?:号|號|体大小|體大小)[:： ]*[大中小 ]*
                    (?:阅读|閱讀|预计阅读|收听)(?:时间|時間|时长|
                      時長)[:： ]*约? ?\d{1,3} ?分[钟鐘]?
                    全文共? ?\d+ ?字.{0,20}
                """,
                "ja": r"""
                    文字(?:サイズ|の大きさ)[:： ]*[大中小標準 ]*
                    約?\d{1,3}分で読め(?:る|ます)|読了時間[:： ]*約?\d{1,3}分
                """,
                "fi": r"selaimesi ei tue .{1,40}",
                "cs": r"(?:přehrát|poslechnout)(?: si)?(?: (?:audio|video|článek))?",
                "hu": r"(?:cikk )?meghallgatása",
                "ro": r"ascultă articolul",
                "tr": r"haberi dinle",
                "uk": r"прослухати(?: статтю)?",
                "ko": r"""
                    (?:이 )?기사(?:를)? ?(?:음성으로 )?듣기
                    음성으로 듣기|글자 ?크기.{0,10}
                """,
                "ar": r"استمع إلى (?:المقال|الخبر).{0,12}",
                "en de": r"""
                    (?:text|schrift|font)[ -]?(?:größe|size)? (?:vergrößern|verkleinern|ändern|
                      increase|decrease)
                """,
                "en de nl": r"""
                    \d{1,3}[ -]?(?:min|mins|minute|minutes|minuten)\.? (?:read|to read|lezen|
                      lesen|lesezeit)
                """,
                "de nl": r"(?:lesezeit|lesedauer|leestijd)[: ]*(?:ca\.? ?)?\d{1,3} ?min\w*\.?",
                "sv da nb": r"""
                    (?:din|dit|ditt) (?:webbläsare|browser|nettleser) (?:stöder|støtter|
                      understøtter)\b.{0,60}
                    (?:videospelaren|videoen|videon) (?:laddas|indlæses|laster)
                """,
                "any": r"""
                    (?:0?0:00|0?0:00:00)(?: ?[/|–-] ?| ){TIME}
                    (?:playback speed|playback rate|speed)[: ]*(?:[012](?:[.,]\d{1,2})?x[ /|,]*)+
                    (?:0[.,]\d{1,2}|1)x(?:[ /|,]+[12](?:[.,]\d{1,2})?x)+
                    \d{1,3} ?(?:min|mins|minutes?|minuten|sec)\.? (?:listen|listening time|audio|
                      watch|video|hören|d'écoute|de lecture|de lectura|de leitura|di lettura|
                      leestijd|lesezeit|czytania|чтения)
                    (?:lyssna(?: på)?|lyt(?: til)?|lytt(?: til)?|kuuntele|hør|del|dela|skriv ut|
                      udskriv|jaa|tulosta|läs upp|læs op|les opp) (?:artikeln|artiklen|artikkelen|
                      artikkeli|saken|juttu|texten|teksten|podden|podcasten|denne artikkelen|
                      denne artikel)(?: her| här| nå)?(?: \d.{0,12})?
                    (?:lästid|læsetid|lesetid|lukuaika|doba čtení|čas čtení|olvasási idő|
                      timp de (?:citire|lectură)|okuma süresi|час читання)[: ]*(?:ca\.?|cirka|
                      n\.)? ?\d.{0,16}
                    (?:a[+-] ?){2,3}
                """,
            },
            is_exact=True,
        ),
    ),
    containers=r"""
        (?:vjs|plyr|jw|jwplayer|mejs|brightcove|bc-player|kaltura)(?:-\w+)*
        (?:audio|video|media|podcast)-?player-?(?:controls?|bar|time|progress|error|message|nojs|
          loading)(?:-\w+)*
        (?:text|font)-?(?:resizer?|size-?(?:switch(?:er)?|controls?|buttons?))
    """,
    container_reason="Marked by the page as part of a player.",
)
