"""Sentences, titles and names in thirteen languages, for the files that the import is tried on.

`{n}` and `{m}` are numbers, so that no two articles say the same.
"""

SENTENCES: dict[str, tuple[str, ...]] = {
    "en": (
        "The town counted {n} cyclists on the new bridge, which is {m} more than a year ago.",
        "“Nobody asked us,” said the baker on the corner, who pays {n} dollars a month in rent.",
        "It’s not clear whether the river will rise again; the gauge stood at {n} centimetres.",
        "Half of the {n} trees that were planted in spring – mostly limes – died in July.",
    ),
    "de": (
        "Im Rathaus lagen {n} Anträge, doch nur {m} davon wurden in diesem Jahr bearbeitet.",
        "„Das reicht nicht“, sagte die Gärtnerin, die {n} Beete ohne Hilfe gießen muss.",
        "Der Fußweg über die Brücke bleibt geschlossen, weil {n} Bretter durchgefault sind.",
        "Für größere Höfe gilt die Regel erst, wenn sie mehr als {n} Kühe halten.",
    ),
    "fr": (
        "La bibliothèque a prêté {n} livres en mai, soit {m} de moins qu’au printemps dernier.",
        "« Nous n’avons rien reçu », assure la fleuriste, qui emploie {n} personnes.",
        "Le train de nuit roulera de nouveau ; il comptera {n} places et une voiture-bar.",
        "À l’école du village, {n} élèves déjeunent désormais avec des légumes du potager.",
    ),
    "es": (
        "El mercado cerró {n} puestos en otoño, y solo {m} volvieron a abrir en primavera.",
        "«¿Quién paga la obra?», preguntó el panadero, que debe {n} euros al ayuntamiento.",
        "La señal del faro se ve a {n} kilómetros cuando no hay niebla sobre la bahía.",
        "Según el informe, {n} de cada mil vecinos cambió el coche por la bicicleta.",
    ),
    "pt": (
        "A padaria vendeu {n} pães no sábado, mais {m} do que na semana anterior.",
        "“Não é verdade”, disse o pescador, que perdeu {n} redes na última tempestade.",
        "O jardim tem {n} espécies de orquídeas, e nenhuma delas floresce no inverno.",
        "A câmara prometeu reparar {n} passeios até ao fim do próximo mês.",
    ),
    "it": (
        "Il teatro ha venduto {n} biglietti, cioè {m} in più rispetto alla scorsa stagione.",
        "«Non c’è fretta», dice il falegname, che ripara {n} sedie ogni settimana.",
        "La funivia trasporta {n} persone all’ora, ma soltanto quando il vento è debole.",
        "Perché l’orto dia frutti servono {n} litri d’acqua al giorno.",
    ),
    "nl": (
        "De veerpont vervoerde {n} fietsers, dat zijn er {m} meer dan vorig jaar.",
        "‘Dat kan niet kloppen’, zei de molenaar, die {n} zakken meel per dag maalt.",
        "Het park krijgt {n} nieuwe banken, omdat de oude niet meer te repareren zijn.",
        "Volgens de gemeente staan er nog {n} huizen in de wijk leeg.",
    ),
    "zh": (
        "这座小城去年新种了{n}棵树，其中有{m}棵没有活过夏天。",
        "“没有人问过我们，”面包师说，他每个月要付{n}元的房租。",
        "渡船每天运送{n}名乘客；遇到大雾时，只开上午的班次。",
        "图书馆的{n}本旧书被搬到了河边的新楼里，读者可以免费借阅。",
    ),
    "ja": (
        "町は新しい橋を渡る自転車を{n}台数え、去年より{m}台多かったと発表した。",
        "「誰にも聞かれなかった」と、月に{n}円の家賃を払うパン屋の主人は話す。",
        "図書館の古い本{n}冊は、川沿いの新しい建物に移された。",
        "渡し船は一日に{n}人を運ぶが、霧の日は午前の便だけになる。",
    ),
    "ko": (
        "시장은 새 다리를 건너는 자전거가 {n}대로 작년보다 {m}대 늘었다고 밝혔다.",
        "“아무도 묻지 않았다”고 매달 {n}원의 월세를 내는 빵집 주인이 말했다.",
        "도서관의 오래된 책 {n}권은 강가의 새 건물로 옮겨졌다.",
        "나룻배는 하루에 {n}명을 태우지만 안개 낀 날에는 오전에만 다닌다.",
    ),
    "ru": (
        "Город насчитал {n} велосипедистов на новом мосту, на {m} больше, чем год назад.",
        "«Нас никто не спросил», — сказал пекарь, который платит {n} рублей в месяц.",
        "Паром перевозит {n} человек в день, но в туман ходит только утром.",
        "Библиотека перевезла {n} старых книг в новое здание у реки.",
    ),
    "uk": (
        "Місто нарахувало {n} велосипедистів на новому мосту, на {m} більше, ніж торік.",
        "«Нас ніхто не питав», — каже пекар, який сплачує {n} гривень щомісяця.",
        "Пором перевозить {n} людей щодня, але в туман він ходить лише вранці.",
        "Із {n} дерев, що їх посадили навесні, до осені дожила тільки половина.",
    ),
    "ar": (
        "أحصت البلدة {n} دراجة على الجسر الجديد، أي أكثر بـ {m} من العام الماضي.",
        "قال الخباز الذي يدفع {n} دينارا في الشهر: «لم يسألنا أحد».",
        "تنقل العبارة {n} راكبا في اليوم، ولا تعمل في الضباب إلا صباحا.",
        "نقلت المكتبة {n} كتابا قديما إلى المبنى الجديد قرب النهر.",
    ),
}

TITLES: dict[str, str] = {
    "en": "How a small town counts its bicycles, part {n}",
    "de": "Über Brücken, Bäume und „große“ Pläne, Folge {n}",
    "fr": "Le retour du train de nuit : épisode {n}",
    "es": "¿Quién paga la obra del faro? Entrega {n}",
    "pt": "Pão, redes e orquídeas: crónica {n}",
    "it": "La funivia, l’orto e il falegname – parte {n}",
    "nl": "De veerpont en de molen, deel {n}",
    "zh": "小城的树与渡船（之{n}）",
    "ja": "橋と渡し船の町　その{n}",
    "ko": "강가의 도서관 이야기 {n}",
    "ru": "Мост, паром и библиотека: часть {n}",
    "uk": "Міст, пором і пекар: частина {n}",
    "ar": "حكاية الجسر والعبارة {n}",
}

NAMES: dict[str, str] = {
    "en": "Maud O’Kinley",
    "de": "Jörg Weißhaupt",
    "fr": "Élodie Bélanger",
    "es": "Íñigo Peña Ruiz",
    "pt": "Conceição Brandão",
    "it": "Niccolò Dell’Orto",
    "nl": "Sjoerd van ’t Hoog",
    "zh": "林小河",
    "ja": "橋本 渡",
    "ko": "강다리",
    "ru": "Пётр Мостовой",
    "uk": "Ївга Поромна",
    "ar": "ليلى الجسر",
}
