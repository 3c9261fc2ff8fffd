"""The tables of the index. All of them can be made again from the files of the articles."""

import sqlite3

VERSION = 3  # raise it whenever a table, or what is put into one, changes: older files are dropped

# rows.looks is how the files of the articles in one folder looked when all of them had
# been read, empty if each must be looked at. articles.signature is how one looked when it
# was read, empty if it must be read again, and digest tells whether it then says anything
# new. wording stands for the words that should find the article, worded for those that do.
# line, and mark_lines for all marks of an article at once, are what lists print. A mark's
# fit is empty until it was looked for in a text that it was not made on.
_TABLES = """
CREATE TABLE rows (name TEXT PRIMARY KEY, looks TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, signature TEXT NOT NULL,
    digest BLOB NOT NULL, added INTEGER NOT NULL, state TEXT NOT NULL, access TEXT NOT NULL,
    site TEXT NOT NULL, host TEXT NOT NULL, authors TEXT NOT NULL, revision TEXT NOT NULL,
    wording TEXT NOT NULL, worded TEXT NOT NULL DEFAULT '', line TEXT NOT NULL,
    record BLOB NOT NULL);
CREATE INDEX articles_by_added ON articles (added, id);
CREATE INDEX articles_without_words ON articles (number) WHERE wording != worded;
CREATE TABLE marks (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL, id TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
    speaker TEXT NOT NULL, has_note INTEGER NOT NULL, has_claim INTEGER NOT NULL,
    revision TEXT NOT NULL, fit TEXT NOT NULL, is_worded INTEGER NOT NULL DEFAULT 0,
    data BLOB NOT NULL);
CREATE INDEX marks_by_id ON marks (id);
CREATE INDEX marks_by_place ON marks (article, first, last, id);
CREATE INDEX marks_without_words ON marks (number) WHERE NOT is_worded;
CREATE INDEX marks_without_place ON marks (article) WHERE fit = '';
CREATE TABLE mark_lines (article INTEGER PRIMARY KEY, lines TEXT NOT NULL);
CREATE TABLE tags (
    article INTEGER NOT NULL, mark INTEGER, key TEXT NOT NULL, name TEXT NOT NULL,
    used INTEGER NOT NULL);
CREATE INDEX tags_by_key ON tags (key, name, used, article, mark);
CREATE INDEX tags_by_article ON tags (article);
CREATE INDEX tags_by_mark ON tags (mark) WHERE mark NOT NULL;
CREATE TABLE links (mark INTEGER NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL);
CREATE INDEX links_by_target ON links (target, mark);
CREATE INDEX links_by_mark ON links (mark);
CREATE VIRTUAL TABLE article_words USING fts5 (
    title, about, tags, text, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE mark_words USING fts5 (
    quote, note, tags, claim, tokenize = 'porter unicode61 remove_diacritics 2');
"""


def is_current(connection: sqlite3.Connection) -> bool:
    """Tell whether the file has the tables of this version."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == VERSION)


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty file, unless another program was first."""
    connection.execute("BEGIN IMMEDIATE")
    if not is_current(connection):
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
