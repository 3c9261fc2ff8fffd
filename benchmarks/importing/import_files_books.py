"""Files of readers of books: Kindle in eleven languages, KOReader, Kobo, Calibre, Readest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from import_drafts import Draft, Quoted
from import_files_tables import save
from import_truth import Truth, form, item_of

KOREADER_COLOURS = ("red", "orange", "yellow", "green", "olive", "cyan", "blue", "purple", "gray")
DRAWERS = ("lighten", "underscore", "strikeout", "invert")
NAIVE = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Clippings:
    """The lines of a highlight, a note and a bookmark in a language, and its dates."""

    highlight: str
    note: str
    bookmark: str
    date: Callable[[datetime], str]


def _dates(months: str, days: str, form_of: str) -> Callable[[datetime], str]:
    """Return a function that writes dates with names of months and days in a language."""
    month_names, day_names = months.split(), days.split()

    def write(moment: datetime) -> str:
        return form_of.format(
            y=moment.year,
            m=month_names[moment.month - 1],
            w=day_names[moment.weekday()],
            d=moment.day,
            t=moment.strftime("%H:%M:%S"),
            c=f"{(moment.hour - 1) % 12 + 1}:{moment:%M:%S}",
            half=("AM", "PM")[moment.hour // 12],
            zh=("上午", "下午")[moment.hour // 12],
            ko=("오전", "오후")[moment.hour // 12],
        )

    return write


_NUMBERS = " ".join(str(number) for number in range(1, 13))
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "zh": "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    "ja": "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
    "ko": "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
}
KINDLE: dict[str, Clippings] = {
    "en": Clippings(
        "Your Highlight on page {p} | Location {a}-{b} | Added on {date}",
        "Your Note on page {p} | Location {b} | Added on {date}",
        "Your Bookmark on page {p} | Location {a} | Added on {date}",
        _dates(_MONTHS["en"], _DAYS["en"], "{w}, {m} {d}, {y} {c} {half}"),
    ),
    "en-old": Clippings(
        "Highlight Loc. {a}-{b} | Added on {date}",
        "Note Loc. {b} | Added on {date}",
        "Bookmark Loc. {a} | Added on {date}",
        _dates(_MONTHS["en"], _DAYS["en"], "{w}, {m} {d}, {y}, {c} {half}"),
    ),
    "en-gb": Clippings(
        "Your Highlight at location {a}-{b} | Added on {date}",
        "Your Note at location {b} | Added on {date}",
        "Your Bookmark at location {a} | Added on {date}",
        _dates(_MONTHS["en"], _DAYS["en"], "{w}, {d} {m} {y} {t}"),
    ),
    "es": Clippings(
        "Tu subrayado en la página {p} | posición {a}-{b} | Añadido el {date}",
        "La nota en la página {p} | posición {b} | Añadido el {date}",
        "El marcador en la posición {a} | Añadido el {date}",
        _dates(_MONTHS["es"], _DAYS["es"], "{w}, {d} de {m} de {y} {t}"),
    ),
    "pt": Clippings(
        "Seu destaque na página {p} | posição {a}-{b} | Adicionado: {date}",
        "Sua nota ou posição {b} | Adicionado: {date}",
        "Seu marcador ou posição {a} | Adicionado: {date}",
        _dates(_MONTHS["pt"], _DAYS["pt"], "{w}, {d} de {m} de {y} {t}"),
    ),
    "de": Clippings(
        "Ihre Markierung auf Seite {p} | bei Position {a}-{b} | Hinzugefügt am {date}",
        "Ihre Notiz bei Position {b} | Hinzugefügt am {date}",
        "Ihr Lesezeichen bei Position {a} | Hinzugefügt am {date}",
        _dates(_MONTHS["de"], _DAYS["de"], "{w}, {d}. {m} {y} {t}"),
    ),
    "fr": Clippings(
        "Votre surlignement sur la page {p} | emplacement {a}-{b} | Ajouté le {date}",
        "Votre note à l’emplacement {b} | Ajouté le {date}",
        "Votre signet à l’emplacement {a} | Ajouté le {date}",
        _dates(_MONTHS["fr"], _DAYS["fr"], "{w} {d} {m} {y} {t}"),
    ),
    "it": Clippings(
        "La tua evidenziazione a pagina {p} | posizione {a}-{b} | Aggiunto in data {date}",
        "La tua nota alla posizione {b} | Aggiunto in data {date}",
        "Il tuo segnalibro alla posizione {a} | Aggiunto in data {date}",
        _dates(_MONTHS["it"], _DAYS["it"], "{w} {d} {m} {y} {t}"),
    ),
    "nl": Clippings(
        "Uw markering op pagina {p} | locatie {a}-{b} | Toegevoegd op {date}",
        "Uw notitie op locatie {b} | Toegevoegd op {date}",
        "Uw bladwijzer op locatie {a} | Toegevoegd op {date}",
        _dates(_MONTHS["nl"], _DAYS["nl"], "{w} {d} {m} {y} {t}"),
    ),
    "zh": Clippings(
        "您在第 {p} 页（位置 #{a}-{b}）的标注 | 添加于 {date}",
        "您在位置 #{b} 的笔记 | 添加于 {date}",
        "您在位置 #{a} 的书签 | 添加于 {date}",
        _dates(_NUMBERS, _DAYS["zh"], "{y}年{m}月{d}日{w} {zh}{c}"),
    ),
    "ja": Clippings(
        "{p}ページ|位置No. {a}-{b}のハイライト | 作成日: {date}",
        "位置No. {b}のメモ | 追加日: {date}",
        "位置No. {a}のブックマーク | 作成日: {date}",
        _dates(_NUMBERS, _DAYS["ja"], "{y}年{m}月{d}日{w} {t}"),
    ),
    "ko": Clippings(
        "{p}페이지 | 위치 {a}-{b}의 내 하이라이트 | 추가됨: {date}",
        "위치 {b}의 내 메모 | 추가됨: {date}",
        "위치 {a}의 내 북마크 | 추가됨: {date}",
        _dates(_NUMBERS, _DAYS["ko"], "{y}년 {m}월 {d}일 {w} {ko} {c}"),
    ),
    "ru": Clippings(
        "Ваше выделение на странице {p} | место {a}–{b} | Добавлено: {date}",
        "Ваша заметка в месте {b} | Добавлено: {date}",
        "Ваша закладка в месте {a} | Добавлено: {date}",
        _dates(_MONTHS["ru"], _DAYS["ru"], "{w}, {d} {m} {y} г. в {t}"),
    ),
}


def _kindle(drafts: Sequence[Draft], truth: Truth, languages: Sequence[str]) -> str:
    parts = []
    for number, draft in enumerate(drafts):
        style = KINDLE[languages[number % len(languages)]]
        marks = tuple(
            replace(mark, quote=" ".join(mark.quote.split()), note=" ".join(mark.note.split()))
            for mark in draft.highlights
        )
        head = " ".join(f"{draft.title} ({'; '.join(draft.authors)})".split())
        title = head.rpartition(" (")[0]
        truth.add(item_of(replace(draft, title=title, highlights=marks), "title", "note created"))
        head = f"\ufeff{head}" if number % 3 != 1 else head
        for at, mark in enumerate(marks):
            first = 100 + at * 50
            when = style.date(mark.created)
            place = {"p": at + 4, "a": first, "b": first + 3, "date": when}
            rows = [f"{head}\n- {style.highlight.format(**place)}\n\n{mark.quote}\n"]
            if mark.note:
                rows.insert(at % 2, f"{head}\n- {style.note.format(**place)}\n\n{mark.note}\n")
            if at % 3 == 1:
                grown = f"{head}\n- {style.highlight.format(**{**place, 'b': first + 1})}\n\n"
                rows.insert(0, f"{grown}{mark.quote[: len(mark.quote) // 2]}\n")
            parts += rows
        if number % 4 == 3:  # noqa: PLR2004 - a book in four
            place = {"p": 1, "a": 9000, "b": 9001, "date": style.date(draft.saved)}
            parts.append(f"{head}\n- {style.bookmark.format(**place)}\n\n\n")
            parts.append(f"{head}\n- {style.highlight.format(**place)}\n\n\n")
    return "\r\n".join("".join(f"{part}==========\n" for part in parts).split("\n"))


def _register(name: str, languages: Sequence[str]) -> None:
    @form(name, "highlights")
    def write(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
        return save(folder, "My Clippings.txt", _kindle(drafts, truth, languages))


for _language in KINDLE:
    _register(f"kindle-{_language}", [_language])
_register("kindle-mixed", list(KINDLE))


def lua(value: object, depth: int = 1) -> str:
    """Return a value as the Lua that KOReader writes."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            inner = value.replace("\\", "\\\\").replace('"', '\\"')
            return '"' + inner.replace("\n", "\\\n").replace("\r", "\\r") + '"'
        case list():
            return lua(dict(enumerate(value, 1)), depth)
        case dict():
            pad = "    " * depth
            rows = [
                f"{pad}[{key if isinstance(key, int) else lua(key)}] = {lua(row, depth + 1)},\n"
                for key, row in value.items()
            ]
            return "{\n" + "".join(rows) + "    " * (depth - 1) + "}"
        case _:
            return repr(value)


def _koreader_mark(mark: Quoted, at: int) -> dict[str, object]:
    row: dict[str, object] = {
        "chapter": 'Ch. [[1]] -- "it\'s"',
        "color": KOREADER_COLOURS[at % len(KOREADER_COLOURS)],
        "datetime": mark.created.strftime(NAIVE),
        "drawer": DRAWERS[at % len(DRAWERS)],
        "page": f"/body/DocFragment[{at + 3}]/body/p[4]/text().{mark.start}",
        "pageno": at + 12,
        "pos0": f"/body/DocFragment[{at + 3}]/body/p[4]/text().{mark.start}",
        "pos1": f"/body/DocFragment[{at + 3}]/body/p[4]/text().{mark.end}",
        "text": mark.quote,
    }
    if mark.note:
        row["note"] = mark.note
    return row


@form("koreader", "highlights")
def write_koreader(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write sidecar files of KOReader in their folders."""
    for draft in drafts:
        item = item_of(draft, "title authors progress", "note created")
        for at, true in enumerate(item.highlights):
            true.colour = KOREADER_COLOURS[at % len(KOREADER_COLOURS)]
        truth.add(item)
        rows: list[object] = [_koreader_mark(mark, at) for at, mark in enumerate(draft.highlights)]
        page = {"datetime": "2024-01-01 10:00:00", "page": "/body/p[1]", "text": "in Chapter 1"}
        value = {
            "annotations": [*rows, page],
            "annotations_externally_modified": False,
            "doc_props": {
                "title": draft.title,
                "authors": "\n".join(draft.authors),
                "language": draft.language,
            },
            "percent_finished": draft.progress,
            "summary": {"status": "reading", "modified": "2024-05-01"},
        }
        sidecar = folder / f"book-{draft.number}.sdr"
        sidecar.mkdir()
        text = f"-- /sdcard/Books/book-{draft.number}.sdr/metadata.epub.lua\nreturn {lua(value)}\n"
        save(sidecar, "metadata.epub.lua", text)
    return folder


@form("koreader-old", "highlights")
def write_old_koreader(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write sidecar files of before 2024, with bookmarks and highlights in two tables."""
    for draft in drafts:
        truth.add(item_of(draft, "title authors progress", "note created"))
        bookmarks = [
            {
                "chapter": "One",
                "datetime": mark.created.strftime(NAIVE),
                "highlighted": True,
                "notes": mark.quote,
                "page": f"/body/DocFragment[3]/body/p[{at}]/text().0",
                "pos0": f"/body/DocFragment[3]/body/p[{at}]/text().0",
                "pos1": f"/body/DocFragment[3]/body/p[{at}]/text().9",
                "text": mark.note or f"Page 4 {mark.quote} @ {mark.created.strftime(NAIVE)}",
            }
            for at, mark in enumerate(draft.highlights)
        ]
        marks = [
            {"chapter": "One", "datetime": mark.created.strftime(NAIVE), "drawer": "lighten"}
            | {"pos0": "/body/p[1]/text().0", "pos1": "/body/p[1]/text().9", "text": mark.quote}
            for mark in draft.highlights
        ]
        props = {"title": draft.title, "authors": "\n".join(draft.authors)}
        value = {
            "bookmarks": bookmarks,
            "doc_props": props,
            "highlight": {4: marks},
            "percent_finished": draft.progress,
        }
        sidecar = folder / f"book-{draft.number}.sdr"
        sidecar.mkdir()
        save(sidecar, "metadata.fb2.lua", f"-- we can read Lua syntax here!\nreturn {lua(value)}\n")
    return folder
