"""Copyright notices, dates, and links to other versions of the page."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="footer",
    reason="Copyright or site notice.",
    policy=Policy(
        merge_adjacent=True,
        certain_in_lists=True,
        open_wording=True,
        reports_stay=True,
    ),
    pieces={
        "DAY": r"""
            (?:(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?|mon|tue|wed|thu|fri|sat|sun|montag|
              dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)
        """,
        "MONTH": r"""
            (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|janv|févr|mars|avr|
              juin|juil|août|déc|ene|abr|ago|dic|fev|set|out|gen|mag|giu|lug|ott)\w{0,8}\.?
        """,
        "TIME": r"""
            (?:,? ?(?:at|um|à|-|–|\||·|•|/)? ?\d{1,2}[:.h]\d{2}(?::\d\d)?\s?(?:[ap]\.?m\.?|uhr|
              h)?(?: ?\(?[a-z]{2,4}\)?)?)
        """,
        "YEAR": r"(?:19|20)\d\d",
        "WRITTEN": r"{MONTH} \d{1,2}(?:st|nd|rd|th)?,? {YEAR}",
        "WRITTEN_DAY_FIRST": r"\d{1,2}(?:st|nd|rd|th|\.)? (?:de |of )?{MONTH},? (?:de )?{YEAR}",
        "IN_FIGURES": r"""
            \d{1,2}[./-]\d{1,2}[./-](?:\d\d){1,2}|{YEAR}[./-]\d{1,2}[./-]\d{1,2}|
              {YEAR}年\s?\d{1,2}月\s?\d{1,2}日
        """,
        "DATE": r"(?:(?:{DAY},? )?(?:{WRITTEN}|{WRITTEN_DAY_FIRST}|{IN_FIGURES}){TIME}?)",
    },
    lines=(
        LinePattern(
            "errors",
            {
                "lv": r"iezīmējiet tekstu un spiediet ctrl ?\+ ?enter\b.{0,80}",
                "any": r"""
                    (?:if you|you've|have you|found|spotted|если|заметили|нашли|увидели|
                      обнаружили|выделите|якщо|знайшли|помітили|jeśli|jei|iezīmējiet|atzīmējiet|
                      pamanīji|забелязахте|ако)\b.{0,100}(?:error|mistake|typo|ошибк|опечатк|
                      помилк|błąd|klaid|labojam|kļūd|грешк).{0,100}ctrl ?\+ ?enter\b.{0,80}
                    (?:tips oss|tipsa oss|har du (?:tips|et tips|ett tips)|ser du feil|
                      fejl i artiklen|hittat (?:ett )?fel|našli jste chybu|hibát talált|
                      ai găsit o greșeală)\b.{0,40}(?:@|\b(?:redaktion|redaksjon|redakc|kontakt|
                      mail|ctrl|napište|írja|írj|scrie-ne|skriv til oss|skriv till oss)).{0,80}
                """,
            },
            reason="Request to report mistakes.",
            place="always",
        ),
        LinePattern(
            "other-version-abroad",
            {
                "en": r"(?:exit|leave|close) print (?:mode|view|version)",
                "de": r"""
                    (?:zur|zu der) (?:mobilen|mobil|desktop|vollständigen)-?(?:version|
                      ansicht)?(?: version| ansicht)?(?: wechseln)?
                    druckversion
                """,
                "fr": r"version (?:imprimable|mobile|complète|ordinateur)",
                "es": r"versión (?:imprimible|para imprimir|móvil|completa|de escritorio)",
                "it": r"versione (?:stampabile|mobile|desktop)",
                "pt": r"versão (?:para impressão|móvel|desktop)",
                "pl": r"wersja (?:do druku|mobilna)",
                "ru": r"версия для печати|мобильная версия|полная версия сайта",
            },
            reason="Link to another version of the page.",
            is_exact=True,
        ),
        LinePattern(
            "other-version",
            {
                "en": r"""
                    (?:view|switch to|go to|visit|show) (?:the )?(?:full|desktop|mobile|classic|
                      web|amp|print) (?:site|version|page)(?: .{0,30})?
                    exit mobile version
                """,
                "de": r"(?:zur )?(?:desktop|mobil|klassische|web)-?(?:version|ansicht)",
                "it": r"versione (?:desktop|mobile)",
                "ru": r"(?:полная|мобильная) версия(?: сайта)?",
                "zh": r"(?:电脑|桌面|手机)版",
                "ja": r"(?:pc|モバイル|スマホ)版(?:で表示)?",
                "fr es": r"version (?:bureau|mobile|de escritorio|móvil)",
            },
            reason="Link to another version of the page.",
            place="always",
        ),
        LinePattern(
            "rights",
            {
                "en": r"""
                    copyright:? (?:{YEAR}\b|by\b).{0,160}
                    copyright(?: notice| information)?:?
                    all content\b.{0,20}\b(?:copyright|©|property)\b.{0,160}
                    (?:this|the) (?:material|article|content|story|report|text|
                      website)s? may not be (?:published|reproduced|copied|redistributed|
                      republished)\b.{0,200}
                    .{0,60}\bmay not be (?:published|reproduced|copied|broadcast|rewritten|
                      redistributed)\b.{0,160}
                    (?:do not|please do not) (?:reproduce|copy|republish)\b.{0,80}
                    (?:written|prior|express) permission (?:must be|is) (?:obtained|
                      required)\b.{0,160}
                    this (?:article|story|content|report) is (?:the )?(?:copyright\w*|
                      property)\b.{0,160}
                    (?:all |this |our )?(?:content|text|work|article|blog|site|post)s? (?:is|
                      are) licensed under\b.{0,160}
                    (?:reprints?(?: and permissions?)?|get (?:rights|permissions?)|rights (?:&|
                      and) permissions|request (?:a )?(?:reprint|permission)|order reprints|
                      license this (?:article|content))(?: .{0,60})?
                    (?:republish|reuse) (?:this|our) (?:article|story|content)s?.{0,80}
                    (?:this|the) (?:entry|post|article) was (?:posted|filed|published|written|
                      tagged) (?:on|in|by|under|at)\b.{0,240}
                    (?:registered|company registered) in .{1,40}\b(?:no|number)\b.{0,40}
                    (?:printed|print|retrieved|downloaded) (?:from|on|by)\b.{0,120}
                    (?:printer|print)[ -]friendly(?: version)?
                    url of this (?:page|article)\b.{0,120}
                    .{0,40}\brespective owners?|page \d+ of \d+|source url\b.{0,160}
                """,
                "de": r"""
                    (?:nachdruck|wiedergabe|vervielfältigung)\b.{0,60}\b(?:genehmigung|verboten|
                      gestattet)\b.{0,80}
                    dieser (?:eintrag|beitrag|artikel) wurde\b.{0,60}\b(?:veröffentlicht|
                      geschrieben|gepostet|erstellt)\b.{0,200}
                """,
                "fr": r"(?:cet article|cette entrée) a été publiée?\b.{0,200}",
                "es": r"esta entrada fue publicada\b.{0,200}",
                "zh": r"未经授权.{0,60}|.{0,60}不得转载.{0,40}",
                "any": r"""
                    (?:copyright:? ?)?(?:©|\(c\)|c\)) ?.{0,200}
                    .{0,200}\b(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|
                      todos los derechos reservados|todos os direitos reservados|
                      tutti i diritti riservati|alle rechten voorbehouden|
                      wszelkie prawa zastrzeżone|все права защищены|版权所有|版權所有|
                      無断転載(?:を)?禁|무단 ?전재.{0,20}금지|med ensamrätt|
                      všechna práva vyhrazena|minden jog fenntartva|toate drepturile rezervate|
                      tüm hakları saklıdır)\b.{0,160}
                """,
            },
            reason="Copyright notice.",
        ),
        LinePattern(
            "dateline",
            {
                "en": r"""
                    \d+ (?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?|hrs?)(?: (?:read|ago|
                      to read|reading time|listen))+
                """,
                "any": r"""
                    (?:(?:first |originally |last )?(?:published|updated|posted|modified|edited|
                      publish date|date|stand|aktualisiert|veröffentlicht|erstellt|eingestellt|
                      erstellt|zuletzt aktualisiert|publié|mis à jour|modifié|publicado|
                      actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|
                      opublikowano|aktualizacja|опубликовано|обновлено|发布时间|公開日|更新日|
                      最終更新)(?: on| at| am| le| el| em| il| op| w)?\s?[:|]?\s?)+(?:{DATE}|
                      .{0,50}\d.{0,40})
                    (?:reading time|read time|estimated reading time|lesezeit|lesedauer|
                      tempo de leitura|temps de lecture|tiempo de lectura|tempo di lettura|
                      leestijd|czas czytania|время чтения|время на чтение)\b.{0,30}
                    {DATE}(?:\s?[|/·•,–-]?\s?.{0,60})?
                """,
            },
            reason="Date, shown with the title.",
            place="margin",
        ),
    ),
    containers=r"""
        (?:article|post|entry|story)-?(?:meta|footer|date|timestamp)(?:-\w+){0,2}
        copyright(?:-\w+){0,2}
        (?:post|published|publish|entry|article)-?date(?:-\w+)?
        timestamp
        date-?line
        print-?only
        legal(?:-\w+)?
        disclaimers?
    """,
    container_reason="Marked by the page as header or footer.",
)
