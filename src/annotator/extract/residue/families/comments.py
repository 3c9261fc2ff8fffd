"""What readers wrote under an article, and the form to write more."""

from annotator.extract.residue.family import Family, boxes, shape

FAMILY = Family(
    "comments",
    (
        shape(
            "comments",
            "It belongs to the comments of readers.",
            r"(?:\(?\d[\d.,]*\)? )?(?:reader )?(?:comments?|kommentare?|commentaires?|"
            r"comentarios?|comentários?|commenti|commento|reacties?|komentarz[ey]?|σχόλια|"
            r"комментари[ийев]+|responses?|replies|antworten|réactions?|reactions?|评论|評論|留言|"
            r"コメント)(?: ?\(?\d[\d.,]*\)?| closed| off| on .{0,60}| are closed| feed| policy|"
            r" section| rss| form| for this .{0,30}|一覧|数)?",
            r"(?:leave|post|add|write|make|submit|view|show|hide|read|see|join|load|start|"
            r"open|close|sort|cancel|be the first to)(?: (?:a|an|your|all|the|in|to|first|"
            r"\d+|more|new|older|newer))* ?(?:comments?|reply|replies|responses?|"
            r"conversation|discussion|debate|kommentare?)\b.{0,60}",
            r"(?:no|0|be the first to|comments are) (?:comments?|replies|responses|comment|"
            r"reply|closed)(?: yet| so far)?.{0,50}|comments are (?:closed|moderated|"
            r"disabled|off)\b.{0,60}|commenting is .{0,40}",
            r"(?:your|ihre|deine|su|tu|votre|il tuo|o seu) ?(?:e-?mail|adresse|dirección|"
            r"indirizzo|endereço)\b.{0,40}\b(?:not be published|nicht veröffentlicht|"
            r"pas publiée|no será publicada|non sarà pubblicato|"
            r"não será publicado)\b.{0,100}|.{0,40}\bwird nicht veröffentlicht\b.{0,100}|"
            r"required fields are marked.{0,10}|(?:erforderliche|les|los|i) .{0,20}(?:felder|"
            r"champs|campos|campi)\b.{0,60}",
            r"(?:notify me|benachrichtige mich|save my name|meinen namen|enregistrer mon nom|"
            r"guardar mi nombre|avvertimi|avisem|this site uses akismet|"
            r"learn how your comment|(?:reply|replying) to|in reply to|logged in as|"
            r"you must be logged in|log in to (?:comment|reply|leave|post))\b.{0,160}",
            r"(?:(?:noch )?keine|zeige|alle|\d+ weitere) kommentare?|(?:zu den|zum) kommentare?n?|"
            r"(?:sie müssen|du musst) (?:sich |dich )?(?:ein|an)(?:ge)?logg?\w*\b.{0,100}|"
            r"(?:aucun|pas de|sin|nessun|sem|geen|brak|нет) (?:commentaires?|comentarios?|commento|"
            r"comentários?|reacties|komentarzy|комментариев)(?: .{0,30})?",
            r"(?:einen |schreib(?:e|en)?(?: sie)? (?:einen |den ersten )?|"
            r"jetzt )?kommentar(?:e)? (?:schreiben|hinterlassen|verfassen|abgeben|hinzufügen|"
            r"lesen|anzeigen|ansehen|zu diesem .{0,30})|kommentieren|(?:laisser|ajouter|"
            r"poster) un commentaire|(?:deja|dejar|escribe|agrega|añade) (?:un |"
            r"tu )?comentario|(?:lascia|scrivi|aggiungi) un commento|deixe (?:um |"
            r"seu )?comentário|(?:plaats|geef) een reactie|(?:dodaj|"
            r"skomentuj)(?: komentarz)?|αφήστε (?:ένα )?σχόλιο|(?:оставить|добавить|"
            r"написать) комментарий|发表评论|發表評論|コメントを(?:書く|投稿|見る).{0,8}",
            r"(?:what do you think|let us know|tell us|have your say|share your (?:thoughts|"
            r"views|opinion|story)|sound off|got something to say|do you agree|"
            r"what's your (?:view|take|opinion)|weigh in)\b.{0,100}\b(?:comments?|below|"
            r"think|section|thoughts)\b.{0,60}|have your say|sound off|ihre meinung|"
            r"was meinen sie\?? .{0,40}",
            r"(?:report|flag)(?: (?:this|a|an|the) (?:comment|typo|error|mistake|post|"
            r"problem|issue)\b.{0,40})|(?:found|see|spotted|noticed) (?:a|an) (?:typo|error|"
            r"mistake)\b.{0,80}|(?:sort by|newest|oldest|best)(?: (?:first|comments|oldest|"
            r"newest))+|reply|quote|upvote|downvote|(?:show|hide) (?:replies|thread)",
            r"(?:\d+|one|two|three) thoughts? on .{0,120}|(?:please )?(?:read|see|review|"
            r"follow) (?:our|the) (?:comment\w*|community) (?:policy|guidelines|"
            r"rules)\b.{0,80}|community (?:guidelines|rules|standards)|moderation policy",
        ),
    ),
    names=boxes(
        r"(?:\w+-){0,2}comments?(?:-(?:\w+-?){1,4})?",
        r"(?:\w+-)?commentlist",
        r"disqus(?:-\w+)*",
        r"respond",
        r"reply-?(?:form|title|box|list|link)?",
        r"(?:\w+-)?replies",
        r"(?:fb|facebook)-comments(?:-\w+)*",
        r"livefyre(?:-\w+)*",
        r"(?:\w+-)?coral(?:-(?:talk|comments|container|stream))?",
        r"spot-?im(?:-\w+)*",
        r"openweb(?:-\w+)*",
        r"viafoura(?:-\w+)*",
        r"kommentare?(?:-\w+){0,3}",
        r"hyvor(?:-\w+)*",
        r"utterances",
        r"giscus",
        r"isso-thread",
        r"comment-?respond",
    ),
    names_reason="The page names it a part of the readers' comments.",
)
