-- /sdcard/Books/book-0.sdr/metadata.epub.lua
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "Ch. [[1]] -- \"it's\"",
            ["color"] = "red",
            ["datetime"] = "2014-03-30 01:35:00",
            ["drawer"] = "lighten",
            ["page"] = "/body/DocFragment[3]/body/p[4]/text().85",
            ["pageno"] = 12,
            ["pos0"] = "/body/DocFragment[3]/body/p[4]/text().85",
            ["pos1"] = "/body/DocFragment[3]/body/p[4]/text().257",
            ["text"] = "obody asked us,” said the baker on the corner, who pays 1003 dollars a month in rent. It’s not clear whether the river will rise again; the gauge stood at 1006 centimetres.",
        },
        [2] = {
            ["datetime"] = "2024-01-01 10:00:00",
            ["page"] = "/body/p[1]",
            ["text"] = "in Chapter 1",
        },
    },
    ["annotations_externally_modified"] = false,
    ["doc_props"] = {
        ["title"] = "How a small town counts its bicycles, part 1",
        ["authors"] = "Maud O’Kinley\
Second O. Author",
        ["language"] = "en",
    },
    ["percent_finished"] = 0.0,
    ["summary"] = {
        ["status"] = "reading",
        ["modified"] = "2024-05-01",
    },
}
