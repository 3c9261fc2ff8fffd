"""Controls of players, pictures and text size, and reading times."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="player",
    reason="Player, picture or text-size control.",
    policy=Policy(veto=True, merge_adjacent=True, plain_labels=True),
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
    keywords={
        "en": """
            video player, media player, audio player, unmute, tap to unmute, unmute video,
            play video, play audio, pause video, autoplay, current time, modal window,
            escape will cancel, video tag, audio tag, video element, audio element, video format,
            audio format, not support html 0, does not support the, doesn t support the,
            video is loading, video is not available, video unavailable, video has expired,
            video not available, can not be played, cannot be played, video caption,
            media caption, image caption, image source, now playing, expand image, enlarge image,
            view image, zoom image, open image, view full size, image gallery, view gallery,
            view photos, view slideshow, min listen, minute listen, mins listen,
            listen to article, listen to this article, listen to this story, listen to story,
            audio by carbonatix, synthetic voice, computer generated voice, ai generated voice,
            text to speech, increase font size, decrease font size, font size, text size,
            load player, loading the player, to clipboard, image 0 of, photo 0 of, slide 0 of,
            sorry this video, sorry this content, this video has expired, this audio is generated,
            was read by, was narrated by, story continues, hide caption, show caption,
            toggle caption, figure caption, volume 0, media requires, loading this video,
            watching it on youtube, listen 0, automated voice, audio is generated, audio version,
            this audio, play this video, adjust text, content unavailable, loading audio,
            loading video, unable to play, replay video, replay, view larger, larger image,
            hide transcript, show transcript, view full image, audio not available,
            to this story 0, no compatible source, tap to play, video player not,
            audio unavailable, play again, tap for sound
        """,
        "de": """
            videoplayer, audioplayer, player wird geladen, video wird geladen, video abspielen,
            audio abspielen, video element, html 0 video, unterstützt das, unterstützt kein*,
            video starten, ton einschalten, bild vergrößern, bilder vergrößern, großes bild,
            bildergalerie, fotostrecke, galerie öffnen, zur galerie, schriftgröße,
            schrift vergrößern, schrift verkleinern, schrift, artikel anhören, beitrag anhören,
            audio anhören, artikel vorlesen, audioversion, zwischenablage,
            künstlicher intelligenz vertont, vertont, ki generiert*, computerstimme,
            video startet, min hören, minuten hören, kann nicht abgespielt,
            unterstützt kein html 0, bilderstrecke*, fotostrecke*, zum anhören, lesedauer,
            lesezeit, lesedauer 0, text kopiert, als audio, player konnte, artikel als audio,
            bild zu vergrößern, video nicht verfügbar, in originalgröße, originalgröße,
            artikel hören, textgröße, textgröße anpassen, in voller länge, stumm schalten,
            audio version, bildergalerie starten
        """,
        "fr": """
            lecteur vidéo, lecteur audio, navigateur ne supporte, navigateur ne prend,
            ne supporte pas, vidéo html 0, élément vidéo, élément audio, lancer la lecture,
            lecture automatique, écouter cet article, écouter l article, écoutez cet article,
            agrandir l image, taille du texte, taille de la police, presse papier, presse papiers,
            lien copié, temps de lecture, lecture en 0, min de lecture, min de,
            chargement de la vidéo, activer le son, diaporama, lecture de votre vidéo,
            image en grand, navigateur ne permet, lire cette vidéo, ne permet pas de,
            vidéo indisponible, agrandir la photo, lire la vidéo, voir en grand, version audio,
            voir le diaporama, voir la vidéo, regarder la vidéo
        """,
        "es": """
            elemento de audio, elemento de vídeo, elemento de video, navegador no soporta,
            no soporta, no admite, reproductor de vídeo, reproductor de video, reproducir video,
            reproducir vídeo, ampliar imagen, ampliar foto, ver galería, tamaño de letra,
            tamaño del texto, tamaño de fuente, escuchar este artículo, escucha este artículo,
            escuchar el artículo, escuchar noticia, escuchar la noticia, escucha la noticia,
            min de lectura, minutos de lectura, tiempo de lectura, enlace copiado, portapapeles,
            activar sonido, voz sintética, reproducir audio, descargar audio, aumentar tamaño,
            vídeo no disponible, video no disponible, imagen más grande, tamaño de texto,
            ver el vídeo, ver el video, ver vídeo, ver video, escuchar la nota, ver fotos
        """,
        "it": """
            elemento video, elemento audio, browser non supporta, non supporta, lettore video,
            lettore audio, riproduci video, riproduzione automatica, ingrandisci l immagine,
            galleria fotografica, vai alla galleria, sfoglia la gallery, ascolta questo articolo,
            ascolta l articolo, ascolta la versione audio, ascolta la notizia, tempo di lettura,
            min di lettura, minuti di lettura, negli appunti, link copiato, attiva l audio,
            dimensione del testo, dimensione carattere, guarda la gallery, guarda la galleria,
            versione audio, video non è disponibile, video non disponibile, ingrandisci foto,
            ingrandisci la foto, attiva audio, disattiva audio, guarda il video,
            guarda il filmato, sfoglia la galleria
        """,
        "pt": """
            elemento de vídeo, elemento de áudio, navegador não suporta, não suporta,
            reprodutor de vídeo, player de vídeo, reproduzir vídeo, ampliar imagem, ampliar foto,
            ver galeria, tamanho da fonte, tamanho da letra, tamanho do texto, ouvir este artigo,
            ouça este conteúdo, ouça este artigo, ouvir notícia, ouça a matéria, ouvir a notícia,
            ouça o áudio, tempo de leitura, min de leitura, minutos de leitura, link copiado,
            área de transferência, ativar o som, voz artificial, ouvir a matéria, ouvir matéria,
            aumentar fonte, vídeo indisponível, vídeo não disponível, ver vídeo, assista ao vídeo,
            veja o vídeo, veja as fotos, ver fotos
        """,
        "nl": """
            browser ondersteunt, ondersteunt deze, ondersteunt geen, videospeler, audiospeler,
            video afspelen, afspelen, vergroot afbeelding, afbeelding vergroten, fotoserie,
            bekijk fotoserie, luister naar dit, luister naar het artikel, beluister dit artikel,
            beluister artikel, lees voor, leestijd, min leestijd, minuten leestijd,
            link gekopieerd, naar klembord, klembord, lettergrootte, tekstgrootte,
            volledig scherm, geluid aan, ondertiteling, wordt geladen, video wordt geladen,
            speel video, speel video af, video niet beschikbaar, artikel beluisteren,
            artikel luisteren, vergroot foto, min lezen, minuten lezen, bekijk de video,
            bekijk de foto s, bekijk video
        """,
        "pl": """
            odtwarzacz*, odtwarzacza wideo, nie obsługuje, odtwórz wideo, powiększ zdjęcie,
            zobacz galerię, zobacz zdjęcia, czas czytania, min czytania, posłuchaj artykułu,
            posłuchaj tekstu, wysłuchaj, rozmiar tekstu, rozmiar czcionki, wielkość tekstu,
            link skopiowany, skopiowano link, do schowka, schowka, pełny ekran, włącz dźwięk,
            lektor ai, odsłuchaj*, ładowanie odtwarzacza, powiększ tekst, odtwórz film,
            wideo niedostępne, galerię zdjęć, zobacz galerię zdjęć, obejrzyj wideo, obejrzyj film
        """,
        "el": """
            ακούστε το άρθρο, ακούστε το, χρόνος ανάγνωσης, χρόνος ανάγνωσης 0, λεπτά ανάγνωσης,
            μέγεθος γραμμάτων, δεν υποστηρίζει, πρόγραμμα περιήγησης, αναπαραγωγή βίντεο,
            μεγέθυνση εικόνας, αντιγράφηκε
        """,
        "ru": """
            браузер не поддерживает, не поддерживает, видеоплеер, увеличить фото, фотогалерея,
            размер шрифта, размер текста, ссылка скопирована, время чтения, время на чтение,
            читать 0 минут, читать 0 мин, мин чтения, минут чтения, на чтение, послушать статью,
            слушать статью, озвучено, полный экран, включить звук, на весь экран, увеличить шрифт,
            уменьшить шрифт, видео недоступно, смотреть видео, смотрите видео, посмотреть видео
        """,
        "zh": """
            不支持视频, 不支持html5, 视频播放, 播放视频, 阅读时间, 閱讀時間, 阅读时长, 预计阅读,
            字号, 字號, 字体大小, 点击查看大图, 查看大图, 点击放大, 收听本文, 收聽本文, 语音朗读,
            全屏, 静音, 视频加载, 音频播放, 分钟阅读, 听新闻, 不支持音频, 音频元素, 视频无法播放
        """,
        "ja": """
            動画の再生, 再生に対応, 動画再生, 記事を印刷, 文字サイズ, 文字の大きさ, 音声で聞く,
            読み上げ, 画像を拡大, 全画面, この記事を音声, 音声読み上げ, フォトギャラリー,
            写真を見る, 分で読め, 読了時間, 音声を再生, 画像を拡大する, 動画を再生,
            再生できません, 音声で読む
        """,
    },
    weak_keywords={
        "en": """
            html 0 video, html 0, fullscreen, full screen, captions, subtitles, has expired,
            is read by, zoom in, zoom, clipboard, in your location, adjust, hear more, for sound
        """,
        "de": """
            player, html 0, vollbild, untertitel, wiedergabe, geladen werden, um das bild,
            zu vergrößern, nicht verfügbar, bild anzeigen, voller länge, stumm
        """,
        "fr": """
            html 0, agrandir, plein écran, voir les photos, en grand, va commencer, indisponible
        """,
        "es": """
            reproductor, reproducir, ampliar, galería de fotos, pantalla completa, audio generado,
            aumentar, reducir, no disponible, ver imagen, más grande
        """,
        "it": """
            riproduci, ingrandisci, schermo intero, gallery, guarda le foto, non disponibile
        """,
        "pt": """
            reproduzir, ampliar, galeria de fotos, tela cheia, aumentar, diminuir, indisponível
        """,
        "nl": "speel af, vergroten, voorlezen, video af, niet beschikbaar",
        "pl": "odtwórz, powiększ, galeria zdjęć, niedostępne",
        "el": "δείτε το βίντεο",
        "ru": """
            плеер*, воспроизвести, воспроизведение, увеличить, прослушать, шрифт, недоступно
        """,
        "zh": "播放, 大图, 不支持, 无法播放",
        "ja": "再生, 拡大",
    },
)
