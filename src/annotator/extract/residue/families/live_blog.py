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
)
