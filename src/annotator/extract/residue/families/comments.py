"""Comment sections, their forms, and invitations to comment."""

from annotator.extract.residue.family import Family, LinePattern, Policy

FAMILY = Family(
    name="comments",
    reason="Comment prompt.",
    policy=Policy(
        merge_adjacent=True,
        ends_article=True,
        follows_article=True,
        may_be_page=True,
    ),
    lines=(
        LinePattern(
            "comments",
            {
                "en": r"""
                    (?:no|0|be the first to|comments are) (?:comments?|replies|responses|comment|
                      reply|closed)(?: yet| so far)?.{0,50}
                    comments are (?:closed|moderated|disabled|off)\b.{0,60}
                    (?:what do you think|let us know|tell us|have your say|share your (?:thoughts|
                      views|opinion|story)|sound off|got something to say|do you agree|
                      what's your (?:view|take|opinion)|weigh in)\b.{0,100}\b(?:comments?|below|
                      think|section|thoughts)\b.{0,60}
                    (?:report|flag)(?: (?:this|a|an|the) (?:comment|typo|error|mistake|post|
                      problem|issue)\b.{0,40})
                    (?:found|see|spotted|noticed) (?:a|an) (?:typo|error|mistake)\b.{0,80}
                    (?:sort by|newest|oldest|best)(?: (?:first|comments|oldest|newest))+
                    (?:\d+|one|two|three) thoughts? on .{0,120}
                    (?:please )?(?:read|see|review|follow) (?:our|the) (?:comment\w*|
                      community) (?:policy|guidelines|rules)\b.{0,80}
                    community (?:guidelines|rules|standards)
                    commenting is .{0,40}|required fields are marked.{0,10}|have your say
                    sound off|reply|quote|upvote|downvote|(?:show|hide) (?:replies|thread)
                    moderation policy
                """,
                "de": r"""
                    .{0,40}\bwird nicht veröffentlicht\b.{0,100}
                    (?:(?:noch )?keine|zeige|alle|\d+ weitere) kommentare?
                    (?:sie müssen|du musst) (?:sich |dich )?(?:ein|an)(?:ge)?logg?\w*\b.{0,100}
                    (?:einen |schreib(?:e|en)?(?: sie)? (?:einen |den ersten )?|
                      jetzt )?kommentar(?:e)? (?:schreiben|hinterlassen|verfassen|abgeben|
                      hinzufügen|lesen|anzeigen|ansehen|zu diesem .{0,30})
                    (?:zu den|zum) kommentare?n?|kommentieren|ihre meinung
                    was meinen sie\?? .{0,40}
                """,
                "fr": r"(?:laisser|ajouter|poster) un commentaire",
                "es": r"(?:deja|dejar|escribe|agrega|añade) (?:un |tu )?comentario",
                "it": r"(?:lascia|scrivi|aggiungi) un commento",
                "pt": r"deixe (?:um |seu )?comentário",
                "nl": r"(?:plaats|geef) een reactie",
                "pl": r"(?:dodaj|skomentuj)(?: komentarz)?",
                "el": r"αφήστε (?:ένα )?σχόλιο",
                "ru": r"(?:оставить|добавить|написать) комментарий",
                "zh": r"发表评论|發表評論",
                "ja": r"コメントを(?:書く|投稿|見る).{0,8}",
                "en de": r"""
                    (?:leave|post|add|write|make|submit|view|show|hide|read|see|join|load|start|
                      open|close|sort|cancel|be the first to)(?: (?:a|an|your|all|the|in|to|first|
                      \d+|more|new|older|newer))* ?(?:comments?|reply|replies|responses?|
                      conversation|discussion|debate|kommentare?)\b.{0,60}
                """,
                "any": r"""
                    (?:\(?\d[\d.,]*\)? )?(?:reader )?(?:comments?|kommentare?|commentaires?|
                      comentarios?|comentários?|commenti|commento|reacties?|komentarz[ey]?|σχόλια|
                      комментари[ийев]+|responses?|replies|antworten|réactions?|reactions?|评论|
                      評論|留言|コメント)(?: (?:closed|off|on .{0,60}|are closed|feed|policy|
                      section|rss|form|for this .{0,30})| ?\(?\d[\d.,]*\)?|一覧|数)?
                    (?:your|ihre|deine|su|tu|votre|il tuo|o seu) ?(?:e-?mail|adresse|dirección|
                      indirizzo|endereço)\b.{0,40}\b(?:not be published|nicht veröffentlicht|
                      pas publiée|no será publicada|non sarà pubblicato|
                      não será publicado)\b.{0,100}
                    (?:erforderliche|les|los|i) .{0,20}(?:felder|champs|campos|campi)\b.{0,60}
                    (?:notify me|benachrichtige mich|save my name|meinen namen|
                      enregistrer mon nom|guardar mi nombre|avvertimi|avisem|
                      this site uses akismet|learn how your comment|(?:reply|replying) to|
                      in reply to|logged in as|you must be logged in|log in to (?:comment|reply|
                      leave|post))\b.{0,160}
                    (?:aucun|pas de|sin|nessun|sem|geen|brak|нет) (?:commentaires?|comentarios?|
                      commento|comentários?|reacties|komentarzy|комментариев)(?: .{0,30})?
                """,
            },
        ),
    ),
    containers=r"""
        (?:\w+-){0,2}comments?(?:-(?:\w+-?){1,4})?
        (?:\w+-)?commentlist
        disqus(?:-\w+)*
        respond
        reply-?(?:form|title|box|list|link)?
        (?:\w+-)?replies
        (?:fb|facebook)-comments(?:-\w+)*
        livefyre(?:-\w+)*
        (?:\w+-)?coral(?:-(?:talk|comments|container|stream))?
        spot-?im(?:-\w+)*
        openweb(?:-\w+)*
        viafoura(?:-\w+)*
        kommentare?(?:-\w+){0,3}
        hyvor(?:-\w+)*
        utterances
        giscus
        isso-thread
        comment-?respond
    """,
    container_reason="Marked by the page as comments.",
)
