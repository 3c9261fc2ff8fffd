"""The frame of a live report: when an entry came, what is pinned, how to load more."""

from annotator.extract.residue.family import Family, boxes, label

_UNIT = (
    r"(?:s|sec|secs|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|sekunden?|minuten?|stunden?|"
    r"tag(?:en)?|minutes?|heures?|jours?|minutos?|horas?|días?|dias?|minut[oi]|or[ae]|giorn[oi]|"
    r"minuut|uur|dagen|minut[ay]?|godzin[ay]?|dni|λεπτ[άό]|ώρ(?:α|ες)|μέρες|минуты?у?|час(?:а|ов)?|"
    r"дн(?:я|ей))"
)

FAMILY = Family(
    "live_blog",
    (
        label(
            "time-ago",
            "It says how long ago the page showed something.",
            rf"(?:(?:last |zuletzt )?(?:updated?|posted|published|aktualisiert|actualizado|"
            rf"aggiornato|atualizado|bijgewerkt|mis à jour|обновлено)\s?:? )?"
            rf"\d{{1,2}}\s?{_UNIT} (?:ago|fa|geleden|temu|назад|atrás)",
            rf"(?:vor|il y a|hace|há|πριν(?: από)?)(?: etwa| environ)? \d{{1,2}}\s?{_UNIT}",
            r"\d{1,2}\s?(?:分钟前|分鐘前|小时前|小時前|天前|分前|時間前|日前)",
            r"just now|gerade eben|à l'instant|ahora mismo|adesso|agora mesmo|zojuist|"
            r"przed chwilą|только что|刚刚|たった今",
        ),
        label(
            "live",
            "It belongs to the frame of a live report.",
            r"live(?:[ -]?(?:blog|ticker|updates?|feed|coverage|reporting|stream|now))?|"
            r"pinned(?: (?:post|update|entry))?|key (?:events?|moments?|points?|updates?)|"
            r"(?:newest|oldest|latest) first|(?:what (?:we know|you need to know)(?: so far)?)|"
            r"load(?:ing)? (?:more|new|older) (?:updates?|posts?|entries)|"
            r"(?:\d+ )?new (?:updates?|posts?|entries)|live blog closed",
            r"en direct|en directo|en vivo|in diretta|ao vivo|em direto|na żywo|"
            r"ζωντανά|directo|прямая трансляция|прямой эфир|онлайн-трансляция|"
            r"直播|实时更新|ライブ更新",
        ),
    ),
    names=boxes(
        r"(?:live-?blog|liveblog|live)-?(?:header|meta|time|timestamp|controls?|filters?|toolbar|"
        r"refresh|toast|summary-?nav|pinned-?label|load-?more|status)(?:-\w+)*",
        r"key-?events?(?:-(?:nav|list|carousel|menu|toggle))(?:-\w+)*",
    ),
    names_reason="The page names it a part of the frame of a live report.",
)
