-- /sdcard/Books/book-3.sdr/metadata.epub.lua
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "Ch. [[1]] -- \"it's\"",
            ["color"] = "red",
            ["datetime"] = "2014-04-01 04:35:03",
            ["drawer"] = "lighten",
            ["page"] = "/body/DocFragment[3]/body/p[4]/text().0",
            ["pageno"] = 12,
            ["pos0"] = "/body/DocFragment[3]/body/p[4]/text().0",
            ["pos1"] = "/body/DocFragment[3]/body/p[4]/text().194",
            ["text"] = "أحصت البلدة 1111 دراجة على الجسر الجديد، أي أكثر بـ 5 من العام الماضي. قال الخباز الذي يدفع 1114 دينارا في الشهر: «لم يسألنا أحد». تنقل العبارة 1117 راكبا في اليوم، ولا تعمل في الضباب إلا صباحا.",
            ["note"] = "First line of a note\
and its second line, with a comma; and a semicolon",
        },
        [2] = {
            ["chapter"] = "Ch. [[1]] -- \"it's\"",
            ["color"] = "orange",
            ["datetime"] = "2014-04-01 04:40:03",
            ["drawer"] = "underscore",
            ["page"] = "/body/DocFragment[4]/body/p[4]/text().256",
            ["pageno"] = 13,
            ["pos0"] = "/body/DocFragment[4]/body/p[4]/text().256",
            ["pos1"] = "/body/DocFragment[4]/body/p[4]/text().476",
            ["text"] = "تنقل العبارة 1125 راكبا في اليوم، ولا تعمل في الضباب إلا صباحا. نقلت المكتبة 1128 كتابا قديما إلى المبنى الجديد قرب النهر.\
\
تنقل العبارة 1133 راكبا في اليوم، ولا تعمل في الضباب إلا صباحا. نقلت المكتبة 1136 كتابا قديما إل",
            ["note"] = "要確認 ✅",
        },
        [3] = {
            ["chapter"] = "Ch. [[1]] -- \"it's\"",
            ["color"] = "yellow",
            ["datetime"] = "2014-04-01 04:45:03",
            ["drawer"] = "strikeout",
            ["page"] = "/body/DocFragment[5]/body/p[4]/text().444",
            ["pageno"] = 14,
            ["pos0"] = "/body/DocFragment[5]/body/p[4]/text().444",
            ["pos1"] = "/body/DocFragment[5]/body/p[4]/text().571",
            ["text"] = "نقلت المكتبة 1136 كتابا قديما إلى المبنى الجديد قرب النهر. أحصت البلدة 1139 دراجة على الجسر الجديد، أي أكثر بـ 9 من العام الماض",
            ["note"] = "порівняти з <b>минулим</b> роком & іншим",
        },
        [4] = {
            ["chapter"] = "Ch. [[1]] -- \"it's\"",
            ["color"] = "green",
            ["datetime"] = "2014-04-01 04:50:03",
            ["drawer"] = "invert",
            ["page"] = "/body/DocFragment[6]/body/p[4]/text().575",
            ["pageno"] = 15,
            ["pos0"] = "/body/DocFragment[6]/body/p[4]/text().575",
            ["pos1"] = "/body/DocFragment[6]/body/p[4]/text().761",
            ["text"] = "نقلت المكتبة 1144 كتابا قديما إلى المبنى الجديد قرب النهر. أحصت البلدة 1147 دراجة على الجسر الجديد، أي أكثر بـ 9 من العام الماضي. قال الخباز الذي يدفع 1150 دينارا في الشهر: «لم يسألنا أح",
        },
        [5] = {
            ["datetime"] = "2024-01-01 10:00:00",
            ["page"] = "/body/p[1]",
            ["text"] = "in Chapter 1",
        },
    },
    ["annotations_externally_modified"] = false,
    ["doc_props"] = {
        ["title"] = "حكاية الجسر والعبارة 4",
        ["authors"] = "ليلى الجسر\
Second O. Author",
        ["language"] = "ar",
    },
    ["percent_finished"] = 0.39,
    ["summary"] = {
        ["status"] = "reading",
        ["modified"] = "2024-05-01",
    },
}
