"""What stands at the foot: rights, print notes, dates."""

from annotator.extract.residue.family import Family, boxes, exact, shape

_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?|mon|tue|wed|thu|fri|sat|sun|montag|"
    r"dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)"
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|janv|févr|mars|avr|juin|"
    r"juil|août|déc|ene|abr|ago|dic|fev|set|out|gen|mag|giu|lug|ott)\w{0,8}\.?"
)
_TIME = (
    r"(?:,? ?(?:at|um|à|-|–|\||·|•|/)? ?\d{1,2}[:.h]\d{2}(?::\d\d)?\s?(?:[ap]\.?m\.?|uhr|"
    r"h)?(?: ?\(?[a-z]{2,4}\)?)?)"
)
_YEAR = r"(?:19|20)\d\d"
_WRITTEN = rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}"
_WRITTEN_DAY_FIRST = rf"\d{{1,2}}(?:st|nd|rd|th|\.)? (?:de |of )?{_MONTH},? (?:de )?{_YEAR}"
_IN_FIGURES = (
    rf"\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d\d){{1,2}}|{_YEAR}[./-]\d{{1,2}}[./-]\d{{1,2}}|"
    rf"{_YEAR}年\s?\d{{1,2}}月\s?\d{{1,2}}日"
)
_DATE = rf"(?:(?:{_DAY},? )?(?:{_WRITTEN}|{_WRITTEN_DAY_FIRST}|{_IN_FIGURES}){_TIME}?)"

FAMILY = Family(
    "footer",
    (
        shape(
            "errors",
            "It asks readers to report errors.",
            r"(?:if you|you've|have you|found|spotted|если|заметили|нашли|увидели|обнаружили|"
            r"выделите|якщо|знайшли|помітили|jeśli|jei|iezīmējiet|atzīmējiet|pamanīji|"
            r"забелязахте|ако)\b.{0,100}(?:error|mistake|typo|ошибк|опечатк|помилк|błąd|"
            r"klaid|labojam|kļūd|грешк).{0,100}ctrl ?\+ ?enter\b.{0,80}|"
            r"iezīmējiet tekstu un spiediet ctrl ?\+ ?enter\b.{0,80}",
            r"(?:tips oss|tipsa oss|har du (?:tips|et tips|ett tips)|ser du feil|fejl i artiklen|"
            r"hittat (?:ett )?fel|našli jste chybu|hibát talált|ai găsit o greșeală)\b.{0,40}"
            r"(?:@|\b(?:redaktion|redaksjon|redakc|kontakt|mail|ctrl|napište|írja|írj|"
            r"scrie-ne|skriv til oss|skriv till oss)).{0,80}",
            place="always",
        ),
        exact(
            "other-version-abroad",
            "It leads to another version of the page.",
            r"(?:exit|leave|close) print (?:mode|view|version)|(?:zur|zu der) (?:mobilen|mobil|"
            r"desktop|vollständigen)-?(?:version|ansicht)?(?: version| ansicht)?(?: wechseln)?|"
            r"version (?:imprimable|mobile|complète|ordinateur)|versión (?:imprimible|para "
            r"imprimir|móvil|completa|de escritorio)|versione (?:stampabile|mobile|desktop)|"
            r"versão (?:para impressão|móvel|desktop)|druckversion|wersja (?:do druku|mobilna)|"
            r"версия для печати|мобильная версия|полная версия сайта",
        ),
        shape(
            "other-version",
            "It leads to another version of the page.",
            r"exit mobile version|(?:view|switch to|go to|visit|show) (?:the )?(?:full|"
            r"desktop|mobile|classic|web|amp|print) (?:site|version|page)(?: .{0,30})?",
            r"(?:zur )?(?:desktop|mobil|klassische|web)-?(?:version|ansicht)|"
            r"version (?:bureau|mobile|de escritorio|móvil)|versione (?:desktop|mobile)|"
            r"(?:полная|мобильная) версия(?: сайта)?|(?:电脑|桌面|手机)版|(?:pc|モバイル|"
            r"スマホ)版(?:で表示)?",
            place="always",
        ),
        shape(
            "rights",
            "It states rights in the text, and is no part of it.",
            r"(?:copyright:? ?)?(?:©|\(c\)|c\)) ?.{0,200}|"
            rf"copyright:? (?:{_YEAR}\b|by\b).{{0,160}}|copyright(?: notice| information)?:?|"
            r"all content\b.{0,20}\b(?:copyright|©|property)\b.{0,160}",
            r".{0,200}\b(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|"
            r"todos los derechos reservados|todos os direitos reservados|"
            r"tutti i diritti riservati|alle rechten voorbehouden|wszelkie prawa zastrzeżone|"
            r"все права защищены|版权所有|版權所有|無断転載(?:を)?禁|무단 ?전재"
            r".{0,20}금지|med ensamrätt|"
            r"všechna práva vyhrazena|minden jog fenntartva|toate drepturile rezervate|"
            r"tüm hakları saklıdır)\b.{0,160}",
            r"(?:this|the) (?:material|article|content|story|report|text|"
            r"website)s? may not be (?:published|reproduced|copied|redistributed|"
            r"republished)\b.{0,200}|.{0,60}\bmay not be (?:published|reproduced|copied|"
            r"broadcast|rewritten|redistributed)\b.{0,160}|(?:do not|"
            r"please do not) (?:reproduce|copy|republish)\b.{0,80}",
            r"(?:written|prior|express) permission (?:must be|is) (?:obtained|required)\b.{0,160}|"
            r"this (?:article|story|content|report) is (?:the )?(?:copyright\w*|"
            r"property)\b.{0,160}|"
            r"(?:all |this |our )?(?:content|text|work|article|blog|site|post)s? (?:is|"
            r"are) licensed "
            r"under\b.{0,160}|(?:nachdruck|wiedergabe|vervielfältigung)\b.{0,60}\b(?:genehmigung|"
            r"verboten|gestattet)\b.{0,80}|未经授权.{0,60}|.{0,60}不得转载.{0,40}",
            r"(?:reprints?(?: and permissions?)?|get (?:rights|permissions?)|rights (?:&|"
            r"and) permissions|request (?:a )?(?:reprint|permission)|order reprints|"
            r"license this (?:article|content))(?: .{0,60})?|(?:republish|reuse) (?:this|"
            r"our) (?:article|story|content)s?.{0,80}",
            r"(?:this|the) (?:entry|post|article) was (?:posted|filed|published|written|tagged) "
            r"(?:on|in|by|under|at)\b.{0,240}|dieser (?:eintrag|beitrag|artikel) wurde\b.{0,60}"
            r"\b(?:veröffentlicht|geschrieben|gepostet|erstellt)\b.{0,200}|(?:cet article|cette "
            r"entrée) a été publiée?\b.{0,200}|esta entrada fue publicada\b.{0,200}",
            r"(?:registered|company registered) in .{1,40}\b(?:no|number)\b.{0,40}|"
            r".{0,40}\brespective owners?|"
            r"(?:printed|print|retrieved|downloaded) (?:from|on|by)\b.{0,120}|"
            r"page \d+ of \d+|source url\b.{0,160}|(?:printer|"
            r"print)[ -]friendly(?: version)?|url of this (?:page|article)\b.{0,120}",
        ),
        shape(
            "dateline",
            "It is the date of the page, which stands with the title.",
            r"(?:(?:first |originally |last )?(?:published|updated|posted|modified|edited|"
            r"publish date|date|stand|aktualisiert|veröffentlicht|erstellt|eingestellt|erstellt|"
            r"zuletzt aktualisiert|publié|mis à jour|modifié|publicado|actualizado|"
            r"atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|opublikowano|"
            r"aktualizacja|опубликовано|обновлено|发布时间|公開日|更新日|最終更新)(?: on| at|"
            r" am| le| el|"
            rf" em| il| op| w)?\s?[:|]?\s?)+(?:{_DATE}|.{{0,50}}\d.{{0,40}})",
            rf"{_DATE}(?:\s?[|/·•,–-]?\s?.{{0,60}})?",
            r"\d+ (?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?|hrs?)(?: (?:read|ago|"
            r"to read|reading time|listen))+|(?:reading time|read time|"
            r"estimated reading time|lesezeit|lesedauer|tempo de leitura|temps de lecture|"
            r"tiempo de lectura|tempo di lettura|leestijd|czas czytania|время чтения|"
            r"время на чтение)\b.{0,30}",
            place="margin",
        ),
    ),
    names=boxes(
        r"(?:article|post|entry|story)-?(?:meta|footer|date|timestamp)(?:-\w+){0,2}",
        r"copyright(?:-\w+){0,2}",
        r"(?:post|published|publish|entry|article)-?date(?:-\w+)?",
        r"timestamp",
        r"date-?line",
        r"print-?only",
        r"legal(?:-\w+)?",
        r"disclaimers?",
    ),
    names_reason="The page names it a note at the head or foot, no part of the text.",
)
