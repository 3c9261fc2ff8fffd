"""What controls a player, the size of a picture or of the text."""

from annotator.extract.residue.family import Family, boxes, exact

_TIME = r"\d{1,2}:\d\d(?::\d\d)?"

FAMILY = Family(
    "player",
    (
        exact(
            "control",
            "It is a control of a player, a picture or the text.",
            # How far a recording has been played, how fast and how loud.
            rf"(?:0?0:00|0?0:00:00)(?: ?[/|–-] ?| ){_TIME}|(?:current time|duration|remaining "
            rf"time|elapsed)[ :]+-?{_TIME}"
            rf"(?:[ /|,-]+(?:duration |remaining time )?-?{_TIME})*|"
            r"(?:playback speed|playback rate|speed)[: ]*"
            r"(?:[012](?:[.,]\d{1,2})?x[ /|,]*)+|(?:0[.,]\d{1,2}|1)x(?:[ /|"
            r",]+[12](?:[.,]\d{1,2})?x)+|(?:media|audio|video) playback is (?:not |un)"
            r"supported.{0,60}|\d{1,3} ?(?:min|mins|minutes?|minuten|"
            r"sec)\.? "
            r"(?:listen|listening time|audio|watch|video|hören|d'écoute|de lecture|de lectura|"
            r"de leitura|di lettura|leestijd|lesezeit|czytania|чтения)",
            r"(?:media|image|video|picture|photo) (?:caption|source)|(?:article |link |url |text )?"
            r"copied(?: to(?: the| your)? clipboard)?|click to copy(?: (?:the )?(?:link|url))?|"
            r"(?:tap|click) (?:to|for) (?:unmute|play|enlarge|expand|zoom)(?: (?:the )?"
            r"(?:video|image|photo|map))?",
            r"(?:das |dieses )?(?:video|audio|bild) (?:konnte|kann) (?:leider )?nicht (?:geladen|"
            r"abgespielt|angezeigt) werden|(?:la|cette) vidéo n'est (?:plus|pas) disponible"
            r".{0,40}|(?:el|este) v[ií]deo no está disponible"
            r".{0,40}|(?:kleine|große|normale) schrift(?: (?:kleine|große|normale) schrift)*",
            r"读完(?:需要|需)? ?约? ?\d{1,3} ?分钟",
            r"(?:text|font|letter)[ -]?size[: ]*(?:a[+ -]*){0,3}|(?:text|schrift|"
            r"font)[ -]?(?:größe|size)?"
            r" (?:vergrößern|verkleinern|ändern|increase|decrease)|字(?:号|號|体大小|體大小)"
            r"[:： ]*[大中小 ]*|文字(?:サイズ|の大きさ)[:： ]*[大中小標準 ]*",
            r"(?:阅读|閱讀|预计阅读|收听)(?:时间|時間|时长|時長)[:： ]*约? ?\d{1,3} ?分[钟鐘]?|"
            r"全文共? ?\d+ ?字.{0,20}|約?\d{1,3}分で読め(?:る|ます)|読了時間[:： ]*約?\d{1,3}分",
            r"(?:estimated |average )?(?:read|reading|listening) time[: ]*\d{1,3} ?min\w*|"
            r"\d{1,3}[ -]?"
            r"(?:min|mins|minute|minutes|minuten)\.? (?:read|to read|lezen|lesen|lesezeit)|"
            r"(?:lesezeit|lesedauer|leestijd)[: ]*(?:ca\.? ?)?\d{1,3} ?min\w*\.?|"
            r"przeczytasz w \d{1,3} min\w*|"
            r"(?:ad|video|advertisement) (?:ends|starts|begins) in \d.{0,20}|(?:a[+-] ?){2,3}",
            # Swedish, Danish, Norwegian, Finnish
            r"(?:lyssna(?: på)?|lyt(?: til)?|lytt(?: til)?|kuuntele|hør|del|dela|skriv ut|udskriv|"
            r"jaa|"
            r"tulosta|läs upp|læs op|les opp) (?:artikeln|artiklen|artikkelen|artikkeli|saken|"
            r"juttu|"
            r"texten|teksten|podden|podcasten|denne artikkelen|denne artikel)(?: her| här| nå)?"
            r"(?: \d.{0,12})?",
            r"(?:lästid|læsetid|lesetid|lukuaika|doba čtení|čas čtení|olvasási idő|"
            r"timp de (?:citire|lectură)|okuma süresi|час читання)[: ]*(?:ca\.?|cirka|"
            r"n\.)? ?\d.{0,16}",
            r"(?:din|dit|ditt) (?:webbläsare|browser|nettleser) (?:stöder|støtter|"
            r"understøtter)\b.{0,60}|"
            r"selaimesi ei tue .{1,40}|(?:videospelaren|videoen|videon) (?:laddas|indlæses|laster)",
            # Czech, Hungarian, Romanian, Turkish, Ukrainian, Korean, Arabic
            r"(?:přehrát|poslechnout)(?: si)?(?: (?:audio|video|článek))?|(?:cikk )?meghallgatása|"
            r"ascultă articolul|haberi dinle|прослухати(?: статтю)?|(?:이 )?기사(?:를)?"
            r" ?(?:음성으로 )?"
            r"듣기|음성으로 듣기|글자 ?크기.{0,10}|استمع إلى (?:المقال|الخبر).{0,12}",
        ),
    ),
    names=boxes(
        r"(?:vjs|plyr|jw|jwplayer|mejs|brightcove|bc-player|kaltura)(?:-\w+)*",
        r"(?:audio|video|media|podcast)-?player-?(?:controls?|bar|time|progress|error|message|nojs|"
        r"loading)(?:-\w+)*",
        r"(?:text|font)-?(?:resizer?|size-?(?:switch(?:er)?|controls?|buttons?))",
    ),
    names_reason="The page names it a control of a player.",
)
