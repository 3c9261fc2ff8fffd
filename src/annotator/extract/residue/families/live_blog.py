"""The frame of a live blog: times of entries, pinned entries, buttons to load more."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="live_blog",
    reason="Part of a live blog's frame.",
    policy=Policy(open_wording=True),
    pieces={
        "UNIT": r"""
            (?:s|sec|secs|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|sekunden?|minuten?|
              stunden?|tag(?:en)?|minutes?|heures?|jours?|minutos?|horas?|días?|dias?|minut[oi]|
              or[ae]|giorn[oi]|minuut|uur|dagen|minut[ay]?|godzin[ay]?|dni|λεπτ[άό]|ώρ(?:α|ες)|
              μέρες|минуты?у?|час(?:а|ов)?|дн(?:я|ей))
        """,
    },
    lines=(
        LinePattern(
            "time-ago",
            {
                "en": r"just now",
                "de": r"gerade eben",
                "fr": r"à l'instant",
                "es": r"ahora mismo",
                "it": r"adesso",
                "pt": r"agora mesmo",
                "nl": r"zojuist",
                "pl": r"przed chwilą",
                "ru": r"только что",
                "zh": r"刚刚",
                "ja": r"たった今",
                "zh ja": r"\d{1,2}\s?(?:分钟前|分鐘前|小时前|小時前|天前|分前|時間前|日前)",
                "any": r"""
                    (?:(?:last |zuletzt )?(?:updated?|posted|published|aktualisiert|actualizado|
                      aggiornato|atualizado|bijgewerkt|mis à jour|
                      обновлено)\s?:? )?\d{1,2}\s?{UNIT} (?:ago|fa|geleden|temu|назад|atrás)
                    (?:vor|il y a|hace|há|πριν(?: από)?)(?: etwa| environ)? \d{1,2}\s?{UNIT}
                """,
            },
            reason="Time of an entry in a live blog.",
            is_label=True,
        ),
        LinePattern(
            "live",
            {
                "en": r"""
                    live(?:[ -]?(?:blog|ticker|updates?|feed|coverage|reporting|stream|now))?
                    key (?:events?|moments?|points?|updates?)
                    what (?:we know|you need to know)(?: so far)?
                    load(?:ing)? (?:more|new|older) (?:updates?|posts?|entries)
                    (?:\d+ )?new (?:updates?|posts?|entries)
                    pinned(?: (?:post|update|entry))?|(?:newest|oldest|latest) first
                    live blog closed
                """,
                "fr": r"en direct",
                "es": r"en directo|en vivo|directo",
                "it": r"in diretta",
                "pt": r"ao vivo|em direto",
                "pl": r"na żywo",
                "el": r"ζωντανά",
                "ru": r"прямая трансляция|прямой эфир|онлайн-трансляция",
                "zh": r"直播|实时更新",
                "ja": r"ライブ更新",
            },
            is_label=True,
        ),
    ),
    containers=r"""
        (?:live-?blog|liveblog|live)-?(?:header|meta|time|timestamp|controls?|filters?|toolbar|
          refresh|toast|summary-?nav|pinned-?label|load-?more|status)(?:-\w+)*
        key-?events?(?:-(?:nav|list|carousel|menu|toggle))(?:-\w+)*
    """,
    container_reason="Marked by the page as part of a live blog's frame.",
    keywords={
        "en": """
            live blog, liveblog, live updates, live feed, live coverage, live reporting,
            key events, key moments, key points, pinned post, pinned update, newest first,
            oldest first, last updated, auto refresh, min ago, mins ago, hrs ago, new updates,
            new posts, load more, as it happened
        """,
        "de": """
            liveticker, live ticker, liveblog, live blog, neueste zuerst, älteste zuerst,
            aktualisieren, aktualisierung*, angepinnt, wichtigste ereignisse, weitere einträge,
            neue beiträge, newsblog
        """,
        "fr": """
            en direct, temps forts, actualisé*, actualiser, plus récents, plus anciens, épinglé*,
            charger plus, nouveaux messages, fil info
        """,
        "es": """
            minuto a minuto, última hora, actualizaciones, actualizar, cargar más, más reciente,
            más recientes, más antiguo*, momentos clave
        """,
        "it": """
            tempo reale, ora fa, minuto fa, aggiornamenti, aggiorna, carica altri, più recenti,
            meno recenti, in primo piano, momenti chiave, ultim ora
        """,
        "pt": """
            tempo real, minuto a minuto, atualizações, atualizar, carregar mais, mais recentes,
            mais antigos, fixado, última hora, momentos chave
        """,
        "nl": """
            liveblog, minuut geleden, vernieuw, nieuwste eerst, oudste eerst, meer laden,
            vastgezet, belangrijkste momenten
        """,
        "pl": """
            minut temu, minuty temu, godzin temu, godziny temu, zaktualizowan*, odśwież, załaduj,
            najstarsze, przypięt*, kluczowe wydarzenia
        """,
        "el": """
            ανανέωση, φόρτωση, νεότερα πρώτα, παλαιότερα, καρφιτσωμέν*, τελευταία ενημέρωση,
            τελευταίες ενημερώσεις
        """,
        "ru": """
            прямая трансляция, прямой эфир, минут назад, минуты назад, минуту назад, часа назад,
            час назад, обновить, загрузить ещё, загрузить еще, сначала новые, сначала старые,
            закреплен*, главные события, ключевые события
        """,
        "zh": """
            分钟前, 分鐘前, 小时前, 小時前, 刚刚, 加载更多, 載入更多, 最新更新, 置顶, 置頂,
            即时更新
        """,
        "ja": "分前, 時間前, さらに読み込む, 読み込む, 最新順, 古い順, 新しい順, 随時更新",
    },
    weak_keywords={
        "en": """
            live, pinned, newest, oldest, updates, update, updated, refresh, minutes ago,
            minute ago, hours ago, hour ago, days ago, h ago, m ago, ago, latest, timeline
        """,
        "de": """
            live, ticker, einträge, vor minuten, aktualisiert, minuten, minute, stunden, stunde
        """,
        "fr": """
            direct, live, il y a, minutes, minute, heures, heure, mis à jour, mise à jour,
            mises à jour, le fil
        """,
        "es": """
            en directo, en vivo, directo, hace, minutos, minuto, horas, hora, actualizado,
            actualización, fijado, destacado
        """,
        "it": "in diretta, diretta, live, minuti fa, ore fa, fa, aggiornato, aggiornamento",
        "pt": "ao vivo, em direto, minutos, minuto, há, horas, hora, atualizado, atualização",
        "nl": "live, minuten geleden, uur geleden, geleden, updates, update, bijgewerkt",
        "pl": "na żywo, relacja, temu, aktualizacj*, najnowsze, wpisy, wpis",
        "el": "ζωντανά, live, λεπτά, λεπτό, ώρες, ώρα, πριν, ενημέρωση, ενημερώσεις",
        "ru": "трансляция, онлайн, часов назад, назад, обновлен*, лента, хроника",
        "zh": "直播, 更新, 最新, 实时, 滚动, 最早",
        "ja": "ライブ, 速報, 更新, 固定, 最新",
    },
)
