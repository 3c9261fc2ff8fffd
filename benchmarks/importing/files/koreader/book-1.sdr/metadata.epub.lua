-- /sdcard/Books/book-1.sdr/metadata.epub.lua
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "Ch. [[1]] -- \"it's\"",
            ["color"] = "red",
            ["datetime"] = "2014-03-30 18:35:01",
            ["drawer"] = "lighten",
            ["page"] = "/body/DocFragment[3]/body/p[4]/text().0",
            ["pageno"] = 12,
            ["pos0"] = "/body/DocFragment[3]/body/p[4]/text().0",
            ["pos1"] = "/body/DocFragment[3]/body/p[4]/text().245",
            ["text"] = "Im Rathaus lagen 1037 Anträge, doch nur 3 davon wurden in diesem Jahr bearbeitet. „Das reicht nicht“, sagte die Gärtnerin, die 1040 Beete ohne Hilfe gießen muss. Der Fußweg über die Brücke bleibt geschlossen, weil 1043 Bretter durchgefault sind.",
            ["note"] = "Check this number.",
        },
        [2] = {
            ["chapter"] = "Ch. [[1]] -- \"it's\"",
            ["color"] = "orange",
            ["datetime"] = "2014-03-30 18:40:01",
            ["drawer"] = "underscore",
            ["page"] = "/body/DocFragment[4]/body/p[4]/text().327",
            ["pageno"] = 13,
            ["pos0"] = "/body/DocFragment[4]/body/p[4]/text().327",
            ["pos1"] = "/body/DocFragment[4]/body/p[4]/text().483",
            ["text"] = "Der Fußweg über die Brücke bleibt geschlossen, weil 1051 Bretter durchgefault sind. Für größere Höfe gilt die Regel erst, wenn sie mehr als 1054 Kühe halten",
            ["note"] = "Wirklich? Siehe auch Seite 12; „später“ nachsehen.",
        },
        [3] = {
            ["datetime"] = "2024-01-01 10:00:00",
            ["page"] = "/body/p[1]",
            ["text"] = "in Chapter 1",
        },
    },
    ["annotations_externally_modified"] = false,
    ["doc_props"] = {
        ["title"] = "Über Brücken, Bäume und „große“ Pläne, Folge 2 (revised)",
        ["authors"] = "Jörg Weißhaupt",
        ["language"] = "de",
    },
    ["percent_finished"] = 0.13,
    ["summary"] = {
        ["status"] = "reading",
        ["modified"] = "2024-05-01",
    },
}
