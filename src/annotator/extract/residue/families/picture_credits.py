"""Credits of pictures that stand as paragraphs."""

from annotator.extract.residue.family import Family, boxes, shape

FAMILY = Family(
    "credits",
    (
        shape(
            "credit",
            "It names the maker of a picture.",
            r"(?:photo|image|picture|foto|fotos|bild|bilder|photograph|illustration|graphic|"
            r"video|photo credit|image credit|picture credit|bildquelle|bildrechte|quelle|"
            r"bildnachweis|titelbild|symbolbild|beitragsbild|featured image|cover image|"
            r"header image|hero image|cover photo|lead image|image source|photo source|"
            r"image copyright|photographs?|crédit photo|crédits?|imagen|fotografía|imagem|"
            r"immagine|zdjęcie|fot|φωτογραφία|фото|写真|图片来源|圖片來源|图源|画像)s?"
            r"(?: (?:by|via|from|courtesy(?: of)?|credits?|source|copyright|of|von|par|de|di|"
            r"door))*\s?[:：/|©] ?.{1,140}",
            r"(?:photo|image|picture|illustration|photograph|graphic|foto)s? (?:by|"
            r"courtesy(?: of)?|via|von|par|por|di|door) .{1,100}",
            r"(?:image|photo|picture|media) (?:source|copyright), .{1,80}",
            r"(?:credit|credits|courtesy(?: of)?|source image|image copyright|media caption|"
            r"image caption|media playback .{0,40})\s?[:：]? .{1,100}",
            r"(?:public domain|domena publiczna|gemeinfrei|domaine public|dominio público|domínio "
            r"público|wikimedia(?: commons)?|creative commons)(?:[ ,/].{0,60})?",
            r"(?:crédits? (?:photos?|images?)|foto'?s?|photos?) ?[:：] ?.{1,100}",
            r"(?:getty(?: images)?|reuters|afp|ap photo|ap|associated press|shutterstock|"
            r"istock|dpa|epa|imago(?: images)?|picture alliance|bloomberg|unsplash|pixabay|"
            r"pexels|flickr|alamy)(?:\s?(?:/|via|\|)\s?.{1,60})?",
            r".{1,60}(?:/|via | – | - )(?:getty images|reuters|afp|ap photo|ap|shutterstock|"
            r"istock|dpa|epa|bloomberg|unsplash|alamy|picture alliance|imago)",
            r"(?:hide|toggle|show|enlarge|open|view|expand|zoom)(?: this| the)? (?:caption|"
            r"image|photo|picture|fullscreen|full screen|gallery|in gallery|slideshow|"
            r"all photos)|(?:photo|image|slide) \d+ (?:of|/) \d+|\d+ ?/ ?\d+(?: (?:photos?|"
            r"images?))?|view gallery.{0,40}|symbol(?:bild|foto)|archiv(?:bild|foto)",
        ),
    ),
    names=boxes(
        r"(?:\w+-){0,2}(?:photo|image|picture|media|figure|caption)-?(?:credits?|copyright|"
        r"source|attribution|byline)(?:-\w+)?",
        r"(?:credit|credits|photo-?by|photographer|bildnachweis|bildquelle|copyright-?info)",
    ),
    names_reason="The page names it a picture's credit.",
)
