"""Names of months in the languages of most pages, and their short forms."""

_MONTHS = {
    "Jan": "jan january januar jänner janvier enero janeiro gennaio januari stycznia января "
    "ιανουαρίου",
    "Feb": "feb february februar février febrero fevereiro febbraio februari lutego февраля "
    "φεβρουαρίου",
    "Mar": "mar march mär märz maerz mars marzo março marco maart mrt marca марта μαρτίου",
    "Apr": "apr april avril avr abril abr aprile kwietnia апреля απριλίου",
    "May": "may mai mayo maio maggio mei maja мая μαΐου μαϊου",
    "Jun": "jun june juni juin junio junho giugno czerwca июня ιουνίου",
    "Jul": "jul july juli juillet juil julio julho luglio lipca июля ιουλίου",
    "Aug": "aug august août aout agosto ago augustus sierpnia августа αυγούστου",
    "Sep": "sep sept september septembre septiembre setiembre setembro set settembre września "
    "сентября σεπτεμβρίου",
    "Oct": "oct okt october oktober octobre octubre outubro out ottobre października октября "
    "οκτωβρίου",
    "Nov": "nov november novembre noviembre novembro listopada ноября νοεμβρίου",
    "Dec": "dec dez december dezember décembre diciembre dic dezembro dicembre grudnia декабря "
    "δεκεμβρίου",
}

MONTH_OF = {word: month for month, names in _MONTHS.items() for word in names.split()}
