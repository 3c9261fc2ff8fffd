-- Everything here can be made again from the articles' files. No semicolon but at ends.
--
-- rows.looks           fingerprint of all files in a shard, empty if each must be looked at
-- articles.signature   fingerprint of the file that was ingested, empty if it must be read again
-- articles.digest      SHA-256 of that file, to see whether a new fingerprint means new contents
-- articles.wording     identifies the words by which the article should be found ...
-- articles.worded      ... and those by which it is found now
-- articles.binned      when the first of its marks that are in the bin was deleted
-- articles.line        the line that lists print, as mark_lines has those of an article's marks
-- marks.opening        how the quote begins, for lists in the order of the quotes
-- marks_listed         has all that lists are grouped and ordered by, apart from the marks' data
-- marks.fit            how a mark fits a text that it was not made on, empty if not known yet

CREATE TABLE rows (name TEXT PRIMARY KEY, looks TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, signature TEXT NOT NULL,
    digest BLOB NOT NULL, added INTEGER NOT NULL, finished INTEGER, binned INTEGER,
    state TEXT NOT NULL, access TEXT NOT NULL, site TEXT NOT NULL, host TEXT NOT NULL,
    authors TEXT NOT NULL, doi TEXT NOT NULL, revision TEXT NOT NULL, wording TEXT NOT NULL,
    worded TEXT NOT NULL DEFAULT '', line TEXT NOT NULL, record BLOB NOT NULL);
CREATE UNIQUE INDEX articles_by_added ON articles (added, id);
CREATE INDEX articles_by_doi ON articles (doi) WHERE doi != '';
CREATE INDEX articles_by_finished ON articles (finished) WHERE finished NOT NULL;
CREATE INDEX articles_by_binned ON articles (binned) WHERE binned NOT NULL;
CREATE INDEX articles_without_words ON articles (number) WHERE wording != worded;
CREATE TABLE marks (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL, id TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
    speaker TEXT NOT NULL, author TEXT NOT NULL, proposed TEXT NOT NULL,
    created INTEGER NOT NULL, modified INTEGER NOT NULL,
    opening TEXT NOT NULL, has_note INTEGER NOT NULL, has_claim INTEGER NOT NULL,
    type TEXT NOT NULL, confidence TEXT NOT NULL, said TEXT NOT NULL, verdict TEXT NOT NULL,
    revision TEXT NOT NULL, fit TEXT NOT NULL, is_worded INTEGER NOT NULL DEFAULT 0,
    data BLOB NOT NULL);
CREATE INDEX marks_by_id ON marks (id);
CREATE INDEX marks_by_created ON marks (created, article);
CREATE INDEX marks_by_place ON marks (article, first, last, id);
CREATE INDEX marks_listed ON marks (
    status, kind, speaker, created, modified, has_note, has_claim, type, confidence, said,
    opening, author);
CREATE INDEX marks_with_verdict ON marks (number) WHERE verdict != '';
CREATE INDEX marks_without_words ON marks (number) WHERE NOT is_worded;
CREATE INDEX marks_without_place ON marks (article) WHERE fit = '';
CREATE TABLE mark_lines (article INTEGER PRIMARY KEY, lines TEXT NOT NULL);
CREATE TABLE tags (
    article INTEGER NOT NULL, mark INTEGER, key TEXT NOT NULL, name TEXT NOT NULL,
    used INTEGER NOT NULL);
CREATE INDEX tags_by_key ON tags (key, name, used, article, mark);
CREATE INDEX tags_by_article ON tags (article);
CREATE INDEX tags_by_mark ON tags (mark) WHERE mark NOT NULL;
CREATE TABLE links (
    mark INTEGER NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL,
    is_reversed INTEGER NOT NULL);
CREATE INDEX links_by_target ON links (target, mark);
CREATE INDEX links_by_mark ON links (mark);
CREATE VIRTUAL TABLE article_words USING fts5 (
    title, about, tags, text, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE mark_words USING fts5 (
    quote, note, tags, claim, prefix = '1 2 3',
    tokenize = 'porter unicode61 remove_diacritics 2');
