"""Names of months in the languages of most pages, as dates have them, and their short forms."""

_MONTHS = {
    "Jan": """jan january januar jänner janvier janv enero ene janeiro gennaio gen januari styczeń
        stycznia sty янв январь января ιανουάριος ιανουαρίου ιαν tammikuu tammikuuta janúar leden
        ledna január januára ianuarie ian ocak oca січень січня січ януари ינואר يناير""",
    "Feb": """feb february februar feber février févr febrero fevereiro fev febbraio februari luty
        lutego lut февр февраль февраля φεβρουάριος φεβρουαρίου φεβ helmikuu helmikuuta febrúar
        únor února február februára februarie şubat şub лютий лютого лют февруари פברואר
        فبراير""",
    "Mar": """mar march mär märz maerz mars marzo março marco maart mrt marzec marca март марта
        μάρτιος μαρτίου μαρ marts maaliskuu maaliskuuta březen března marec március márc martie
        mart березень березня бер מרץ מרס مارس""",
    "Apr": """apr april avril avr abril abr aprile kwiecień kwietnia kwi апр апрель апреля
        απρίλιος απριλίου απρ huhtikuu huhtikuuta apríl apríla duben dubna április ápr aprilie
        nisan nis квітень квітня квіт април אפריל أبريل ابريل إبريل""",
    "May": """may mai mayo maio maggio mag mei maj maja май мая μάιος μαΐου μαϊου μαΐ toukokuu
        toukokuuta maí květen května máj mája május mayıs травень травня трав מאי مايو""",
    "Jun": """jun june juni juin junio junho giugno giu czerwiec czerwca cze июнь июня июн ιούνιος
        ιουνίου ιουν kesäkuu kesäkuuta júní červen června jún júna június iunie iun haziran haz
        червень червня черв юни יוני يونيو يونيه""",
    "Jul": """jul july juli juillet juil julio julho luglio lug lipiec lipca июль июля июл ιούλιος
        ιουλίου ιουλ heinäkuu heinäkuuta júlí červenec července júl júla július iulie iul temmuz
        tem липень липня лип юли יולי يوليو يوليه""",
    "Aug": """aug august août aout agosto ago augustus augusti sierpień sierpnia sie авг август
        августа αύγουστος αυγούστου αυγ elokuu elokuuta ágúst srpen srpna augusta augusztus
        ağustos ağu серпень серпня серп אוגוסט أغسطس اغسطس""",
    "Sep": """sep sept september septembre septiembre setiembre setembro set settembre wrzesień
        września wrz сент сентябрь сентября σεπτέμβριος σεπτεμβρίου σεπ syyskuu syyskuuta září
        septembra szeptember szept septembrie eylül eyl вересень вересня вер септември ספטמבר
        سبتمبر""",
    "Oct": """oct okt october oktober octobre octubre outubro out ottobre ott październik
        października paź окт октябрь октября οκτώβριος οκτωβρίου οκτ lokakuu lokakuuta október
        októbra říjen října octombrie ekim eki жовтень жовтня жовт октомври אוקטובר أكتوبر
        اكتوبر""",
    "Nov": """nov november novembre noviembre novembro listopad listopada нояб ноябрь ноября
        νοέμβριος νοεμβρίου νοε marraskuu marraskuuta nóvember listopadu novembra noiembrie kasım
        kas листопад листопада лист ноември נובמבר نوفمبر""",
    "Dec": """dec dez december dezember décembre déc diciembre dic dezembro dicembre grudzień
        grudnia gru дек декабрь декабря δεκέμβριος δεκεμβρίου δεκ desember des joulukuu
        joulukuuta prosinec prosince decembra decembrie aralık ara грудень грудня груд декември
        דצמבר ديسمبر""",
}

MONTH_OF = {word: month for month, names in _MONTHS.items() for word in names.split()}
