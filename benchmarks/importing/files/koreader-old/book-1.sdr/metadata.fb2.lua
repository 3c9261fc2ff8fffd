-- we can read Lua syntax here!
return {
    ["bookmarks"] = {
        [1] = {
            ["chapter"] = "One",
            ["datetime"] = "2014-03-30 18:35:01",
            ["highlighted"] = true,
            ["notes"] = "Im Rathaus lagen 1037 Anträge, doch nur 3 davon wurden in diesem Jahr bearbeitet. „Das reicht nicht“, sagte die Gärtnerin, die 1040 Beete ohne Hilfe gießen muss. Der Fußweg über die Brücke bleibt geschlossen, weil 1043 Bretter durchgefault sind.",
            ["page"] = "/body/DocFragment[3]/body/p[0]/text().0",
            ["pos0"] = "/body/DocFragment[3]/body/p[0]/text().0",
            ["pos1"] = "/body/DocFragment[3]/body/p[0]/text().9",
            ["text"] = "Check this number.",
        },
        [2] = {
            ["chapter"] = "One",
            ["datetime"] = "2014-03-30 18:40:01",
            ["highlighted"] = true,
            ["notes"] = "Der Fußweg über die Brücke bleibt geschlossen, weil 1051 Bretter durchgefault sind. Für größere Höfe gilt die Regel erst, wenn sie mehr als 1054 Kühe halten",
            ["page"] = "/body/DocFragment[3]/body/p[1]/text().0",
            ["pos0"] = "/body/DocFragment[3]/body/p[1]/text().0",
            ["pos1"] = "/body/DocFragment[3]/body/p[1]/text().9",
            ["text"] = "Wirklich? Siehe auch Seite 12; „später“ nachsehen.",
        },
    },
    ["doc_props"] = {
        ["title"] = "Über Brücken, Bäume und „große“ Pläne, Folge 2 (revised)",
        ["authors"] = "Jörg Weißhaupt",
    },
    ["highlight"] = {
        [4] = {
            [1] = {
                ["chapter"] = "One",
                ["datetime"] = "2014-03-30 18:35:01",
                ["drawer"] = "lighten",
                ["pos0"] = "/body/p[1]/text().0",
                ["pos1"] = "/body/p[1]/text().9",
                ["text"] = "Im Rathaus lagen 1037 Anträge, doch nur 3 davon wurden in diesem Jahr bearbeitet. „Das reicht nicht“, sagte die Gärtnerin, die 1040 Beete ohne Hilfe gießen muss. Der Fußweg über die Brücke bleibt geschlossen, weil 1043 Bretter durchgefault sind.",
            },
            [2] = {
                ["chapter"] = "One",
                ["datetime"] = "2014-03-30 18:40:01",
                ["drawer"] = "lighten",
                ["pos0"] = "/body/p[1]/text().0",
                ["pos1"] = "/body/p[1]/text().9",
                ["text"] = "Der Fußweg über die Brücke bleibt geschlossen, weil 1051 Bretter durchgefault sind. Für größere Höfe gilt die Regel erst, wenn sie mehr als 1054 Kühe halten",
            },
        },
    },
    ["percent_finished"] = 0.13,
}
