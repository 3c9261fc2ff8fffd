-- we can read Lua syntax here!
return {
    ["bookmarks"] = {
        [1] = {
            ["chapter"] = "One",
            ["datetime"] = "2014-03-31 11:35:02",
            ["highlighted"] = true,
            ["notes"] = "した。「誰にも聞かれなかった」と、月に1077円の家賃を払うパン屋の主人は話す。図書館の古い本1080冊は、川沿いの新しい建物に移された。",
            ["page"] = "/body/DocFragment[3]/body/p[0]/text().0",
            ["pos0"] = "/body/DocFragment[3]/body/p[0]/text().0",
            ["pos1"] = "/body/DocFragment[3]/body/p[0]/text().9",
            ["text"] = "Wirklich? Siehe auch Seite 12; „später“ nachsehen.",
        },
        [2] = {
            ["chapter"] = "One",
            ["datetime"] = "2014-03-31 11:40:02",
            ["highlighted"] = true,
            ["notes"] = "「誰にも聞かれなかった」と、月に1085円の家賃を払うパン屋の主人は話す。図書館の古い本1088冊は、川沿いの新しい建物に移された。渡し船は一日に1091人を運ぶが、霧の日は午前の便だけになる",
            ["page"] = "/body/DocFragment[3]/body/p[1]/text().0",
            ["pos0"] = "/body/DocFragment[3]/body/p[1]/text().0",
            ["pos1"] = "/body/DocFragment[3]/body/p[1]/text().9",
            ["text"] = "First line of a note\
and its second line, with a comma; and a semicolon",
        },
        [3] = {
            ["chapter"] = "One",
            ["datetime"] = "2014-03-31 11:45:02",
            ["highlighted"] = true,
            ["notes"] = "は一日に1099人を運ぶが、霧の日は午前の便だけになる。町は新しい橋を渡る自転車を1102台数え、去年より8台多かったと発表した。\
\
渡し船は一日に1107人を運ぶが、霧の日は午前の便だけになる。町は新しい橋を渡る自転車を1110台数え、",
            ["page"] = "/body/DocFragment[3]/body/p[2]/text().0",
            ["pos0"] = "/body/DocFragment[3]/body/p[2]/text().0",
            ["pos1"] = "/body/DocFragment[3]/body/p[2]/text().9",
            ["text"] = "要確認 ✅",
        },
    },
    ["doc_props"] = {
        ["title"] = "橋と渡し船の町　その3",
        ["authors"] = "橋本 渡",
    },
    ["highlight"] = {
        [4] = {
            [1] = {
                ["chapter"] = "One",
                ["datetime"] = "2014-03-31 11:35:02",
                ["drawer"] = "lighten",
                ["pos0"] = "/body/p[1]/text().0",
                ["pos1"] = "/body/p[1]/text().9",
                ["text"] = "した。「誰にも聞かれなかった」と、月に1077円の家賃を払うパン屋の主人は話す。図書館の古い本1080冊は、川沿いの新しい建物に移された。",
            },
            [2] = {
                ["chapter"] = "One",
                ["datetime"] = "2014-03-31 11:40:02",
                ["drawer"] = "lighten",
                ["pos0"] = "/body/p[1]/text().0",
                ["pos1"] = "/body/p[1]/text().9",
                ["text"] = "「誰にも聞かれなかった」と、月に1085円の家賃を払うパン屋の主人は話す。図書館の古い本1088冊は、川沿いの新しい建物に移された。渡し船は一日に1091人を運ぶが、霧の日は午前の便だけになる",
            },
            [3] = {
                ["chapter"] = "One",
                ["datetime"] = "2014-03-31 11:45:02",
                ["drawer"] = "lighten",
                ["pos0"] = "/body/p[1]/text().0",
                ["pos1"] = "/body/p[1]/text().9",
                ["text"] = "は一日に1099人を運ぶが、霧の日は午前の便だけになる。町は新しい橋を渡る自転車を1102台数え、去年より8台多かったと発表した。\
\
渡し船は一日に1107人を運ぶが、霧の日は午前の便だけになる。町は新しい橋を渡る自転車を1110台数え、",
            },
        },
    },
    ["percent_finished"] = 0.26,
}
