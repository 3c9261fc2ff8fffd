-- /sdcard/Books/book-2.sdr/metadata.epub.lua
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "Ch. [[1]] -- \"it's\"",
            ["color"] = "red",
            ["datetime"] = "2014-03-31 11:35:02",
            ["drawer"] = "lighten",
            ["page"] = "/body/DocFragment[3]/body/p[4]/text().34",
            ["pageno"] = 12,
            ["pos0"] = "/body/DocFragment[3]/body/p[4]/text().34",
            ["pos1"] = "/body/DocFragment[3]/body/p[4]/text().103",
            ["text"] = "した。「誰にも聞かれなかった」と、月に1077円の家賃を払うパン屋の主人は話す。図書館の古い本1080冊は、川沿いの新しい建物に移された。",
            ["note"] = "Wirklich? Siehe auch Seite 12; „später“ nachsehen.",
        },
        [2] = {
            ["chapter"] = "Ch. [[1]] -- \"it's\"",
            ["color"] = "orange",
            ["datetime"] = "2014-03-31 11:40:02",
            ["drawer"] = "underscore",
            ["page"] = "/body/DocFragment[4]/body/p[4]/text().105",
            ["pageno"] = 13,
            ["pos0"] = "/body/DocFragment[4]/body/p[4]/text().105",
            ["pos1"] = "/body/DocFragment[4]/body/p[4]/text().201",
            ["text"] = "「誰にも聞かれなかった」と、月に1085円の家賃を払うパン屋の主人は話す。図書館の古い本1088冊は、川沿いの新しい建物に移された。渡し船は一日に1091人を運ぶが、霧の日は午前の便だけになる",
            ["note"] = "First line of a note\
and its second line, with a comma; and a semicolon",
        },
        [3] = {
            ["chapter"] = "Ch. [[1]] -- \"it's\"",
            ["color"] = "yellow",
            ["datetime"] = "2014-03-31 11:45:02",
            ["drawer"] = "strikeout",
            ["page"] = "/body/DocFragment[5]/body/p[4]/text().236",
            ["pageno"] = 14,
            ["pos0"] = "/body/DocFragment[5]/body/p[4]/text().236",
            ["pos1"] = "/body/DocFragment[5]/body/p[4]/text().355",
            ["text"] = "は一日に1099人を運ぶが、霧の日は午前の便だけになる。町は新しい橋を渡る自転車を1102台数え、去年より8台多かったと発表した。\
\
渡し船は一日に1107人を運ぶが、霧の日は午前の便だけになる。町は新しい橋を渡る自転車を1110台数え、",
            ["note"] = "要確認 ✅",
        },
        [4] = {
            ["datetime"] = "2024-01-01 10:00:00",
            ["page"] = "/body/p[1]",
            ["text"] = "in Chapter 1",
        },
    },
    ["annotations_externally_modified"] = false,
    ["doc_props"] = {
        ["title"] = "橋と渡し船の町　その3",
        ["authors"] = "橋本 渡",
        ["language"] = "ja",
    },
    ["percent_finished"] = 0.26,
    ["summary"] = {
        ["status"] = "reading",
        ["modified"] = "2024-05-01",
    },
}
