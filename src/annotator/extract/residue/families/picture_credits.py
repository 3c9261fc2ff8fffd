"""Picture credits in paragraphs of their own."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="credits",
    reason="Picture credit.",
    policy=Policy(certain_in_lists=True, open_wording=True),
    lines=(
        LinePattern(
            "credit",
            {
                "en": r"""
                    (?:image|photo|picture|media) (?:source|copyright), .{1,80}
                    (?:credit|credits|courtesy(?: of)?|source image|image copyright|media caption|
                      image caption|media playback .{0,40})\s?[:：]? .{1,100}
                    (?:hide|toggle|show|enlarge|open|view|expand|zoom)(?: this| the)? (?:caption|
                      image|photo|picture|fullscreen|full screen|gallery|in gallery|slideshow|
                      all photos)
                    (?:photo|image|slide) \d+ (?:of|/) \d+
                    view gallery.{0,40}
                """,
                "de": r"symbol(?:bild|foto)|archiv(?:bild|foto)",
                "any": r"""
                    (?:photo|image|picture|foto|fotos|bild|bilder|photograph|illustration|graphic|
                      video|photo credit|image credit|picture credit|bildquelle|bildrechte|quelle|
                      bildnachweis|titelbild|symbolbild|beitragsbild|featured image|cover image|
                      header image|hero image|cover photo|lead image|image source|photo source|
                      image copyright|photographs?|crédit photo|crédits?|imagen|fotografía|imagem|
                      immagine|zdjęcie|fot|φωτογραφία|фото|写真|图片来源|圖片來源|图源|
                      画像)s?(?: (?:by|via|from|courtesy(?: of)?|credits?|source|copyright|of|von|
                      par|de|di|door))*\s?[:：/|©] ?.{1,140}
                    (?:photo|image|picture|illustration|photograph|graphic|foto)s? (?:by|
                      courtesy(?: of)?|via|von|par|por|di|door) .{1,100}
                    (?:public domain|domena publiczna|gemeinfrei|domaine public|dominio público|
                      domínio público|wikimedia(?: commons)?|creative commons)(?:[ ,/].{0,60})?
                    (?:crédits? (?:photos?|images?)|foto'?s?|photos?) ?[:：] ?.{1,100}
                    (?:getty(?: images)?|reuters|afp|ap photo|ap|associated press|shutterstock|
                      istock|dpa|epa|imago(?: images)?|picture alliance|bloomberg|unsplash|
                      pixabay|pexels|flickr|alamy)(?:\s?(?:/|via|\|)\s?.{1,60})?
                    .{1,60}(?:/|via | – | - )(?:getty images|reuters|afp|ap photo|ap|shutterstock|
                      istock|dpa|epa|bloomberg|unsplash|alamy|picture alliance|imago)
                    \d+ ?/ ?\d+(?: (?:photos?|images?))?
                """,
            },
        ),
    ),
    containers=r"""
        (?:\w+-){0,2}(?:photo|image|picture|media|figure|caption)-?(?:credits?|copyright|source|
          attribution|byline)(?:-\w+)?
        (?:credit|credits|photo-?by|photographer|bildnachweis|bildquelle|copyright-?info)
    """,
    container_reason="Marked by the page as a picture credit.",
)
