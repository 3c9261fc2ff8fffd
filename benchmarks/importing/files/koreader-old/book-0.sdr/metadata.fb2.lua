-- we can read Lua syntax here!
return {
    ["bookmarks"] = {
        [1] = {
            ["chapter"] = "One",
            ["datetime"] = "2014-03-30 01:35:00",
            ["highlighted"] = true,
            ["notes"] = "obody asked us,” said the baker on the corner, who pays 1003 dollars a month in rent. It’s not clear whether the river will rise again; the gauge stood at 1006 centimetres.",
            ["page"] = "/body/DocFragment[3]/body/p[0]/text().0",
            ["pos0"] = "/body/DocFragment[3]/body/p[0]/text().0",
            ["pos1"] = "/body/DocFragment[3]/body/p[0]/text().9",
            ["text"] = "Page 4 obody asked us,” said the baker on the corner, who pays 1003 dollars a month in rent. It’s not clear whether the river will rise again; the gauge stood at 1006 centimetres. @ 2014-03-30 01:35:00",
        },
    },
    ["doc_props"] = {
        ["title"] = "How a small town counts its bicycles, part 1",
        ["authors"] = "Maud O’Kinley\
Second O. Author",
    },
    ["highlight"] = {
        [4] = {
            [1] = {
                ["chapter"] = "One",
                ["datetime"] = "2014-03-30 01:35:00",
                ["drawer"] = "lighten",
                ["pos0"] = "/body/p[1]/text().0",
                ["pos1"] = "/body/p[1]/text().9",
                ["text"] = "obody asked us,” said the baker on the corner, who pays 1003 dollars a month in rent. It’s not clear whether the river will rise again; the gauge stood at 1006 centimetres.",
            },
        },
    },
    ["percent_finished"] = 0.0,
}
