"""Recognise corrections and notes of the editors, which are part of an article wherever they are.

Such a note begins with its name and a colon, a dash or a date, or has brackets
around it: "Correction, March 4: …", "[Ed. note: …]", "訂正：…".
"""

import re

from annotator.extract.families import compile_patterns

LONGEST_NAME = 60  # characters up to the colon

_NAMES = {
    "en": r"""
        corrections?(?: appended)?|clarifications?|corrections? and clarifications?|retraction
        (?:an? )?(?:editor'?s?'?|ed\.?|publisher'?s|author'?s|writer'?s|translator'?s) notes?
        note (?:from|by|to) (?:the )?(?:editors?|readers?)|erratum|errata
    """,
    "de": r"""
        korrektur(?:hinweis)?|berichtigung|richtigstellung|klarstellung|korrigendum
        (?:anmerkung|anm\.|hinweis) (?:der|d\.) (?:red(?:aktion|\.)|verfasser\w*|autor\w*)
        transparenzhinweis|in eigener sache
    """,
    "fr": r"""
        rectificatif|correction|erratum|mise au point|précision|rectification
        (?:note|ndlr|n\.d\.l\.r\.)(?: (?:de la|du) (?:rédaction|rédac\w*|traduct\w+))?
    """,
    "es": r"""
        (?:fe de erratas?|corrección|aclaración|rectificación)
        nota (?:de la redacción|del? editor(?:es)?|de la editora|aclaratoria|del autor)
    """,
    "it": r"""
        rettifica|errata corrige|correzione|precisazione
        (?:nota|n\.d\.r\.|ndr)(?: (?:della redazione|dell'editore|dell'autor\w+))?
    """,
    "pt": r"""
        correção|corrigenda|errata|esclarecimento|retificação|erramos
        nota (?:da redação|do editor|da editora|do autor)
    """,
    "nl": r"""
        correcties?(?: en aanvullingen)?|rectificatie|verduidelijking|aanvulling
        (?:noot|naschrift) (?:van de )?redactie|redactionele noot
    """,
    "pl": "sprostowanie|korekta|errata|wyjaśnienie|od redakcji|(?:przypis|uwaga) redakcji",
    "el": "διόρθωση|διευκρίνιση|επανόρθωση|σημείωση (?:της )?(?:σύνταξης|συντάκτη)",
    "ru": r"""
        исправление|уточнение|поправка|опровержение|от редакции
        (?:примечание|прим\.) (?:редакции|редактора|ред\.|автора)
    """,
    "uk": r"""
        виправлення|уточнення|спростування|від редакції
        (?:примітка|прим\.) (?:редакції|редактора|ред\.|автора)
    """,
    "sv": r"""
        rättelser?|förtydligande|korrigering|fotnot|(?:redaktionens|red\.?) (?:anm\w*|not\w*)
        redaktionell kommentar
    """,
    "da": r"rettelser?|præcisering|berigtigelse|(?:redaktionens|red\.) (?:note|bemærkning|anm\w*)",
    "no": r"rettelser?|presisering|(?:redaksjonens|red\.) (?:merknad|anm\w*|kommentar)|fotnote",
    "is": "leiðrétting|athugasemd ritstjór\\w+",
    "fi": r"oikaisu|korjaus|tarkennus|toimituksen (?:huomautus|huomio|kommentti)",
    "tr": r"düzeltme|tekzip|açıklama|editörün notu|editör notu|yazarın notu",
    "cs": r"oprava|upřesnění|omluva|poznámka (?:redakce|editora|autora)|pozn\. red\.?",
    "hu": r"helyesbítés|helyreigazítás|pontosítás|(?:a )?szerkesztő(?:ség)? megjegyzése",
    "ro": r"erată|rectificare|precizare|nota (?:redacției|editorului)|n\.r\.",
    "ar": r"تصحيح|تصويب|توضيح|تنويه|ملاحظة (?:من )?(?:المحرر|التحرير|الناشر|هيئة التحرير)",
    "he": "תיקון|הבהרה|תיקון טעות|הערת (?:המערכת|העורך|העורכת|המחבר)",
    "ko": "바로잡습니다|정정(?:합니다|보도문)?|정정 및 반론보도|알립니다|편집자 ?주|반론보도",
    "ja": r"訂正(?:とお(?:詫|わ)び)?|お(?:詫|わ)びと訂正|編集部(?:注|より|から)|編集注|追記",
    "zh": "更正|勘误|勘誤|澄清|编者按|編者按|编者注|編者註|编辑注|編按",
}
_OPENS = re.compile(
    rf"[\[(（【*※\s]*(?:{compile_patterns(_NAMES.values()).pattern})"
    r"(?:\s*[:：\]）】)]|\s*[—–-]\s|[,，、(（ ][^:：]{0,40}[:：])",
    re.IGNORECASE,
)


def is_editors_note(text: str) -> bool:
    """Return whether a text opens as a correction or a note of the editors does."""
    return _OPENS.match(text[: 2 * LONGEST_NAME].replace("’", "'")) is not None
