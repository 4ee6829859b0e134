"""Other engines on the passages and questions that `wendu eval retrieval` is measured on.

    retrieval.py POOL PASSAGES QUESTIONS [--split-documents]

prints one JSON object a line: {"engine": ..., "pool": ..., figures}. English is stemmed by each
engine's own English analyser; Chinese is given to all of them as character pairs, since none of them
cuts Chinese by itself.
"""

import json
import sqlite3
import sys

import bm25s
import Stemmer
import tantivy

from rows import DEPTH, Pool, is_han, pairs


def with_bm25s(pool, chinese):
    stemmer = None if chinese else Stemmer.Stemmer("english")
    cut = lambda texts: (
        [pairs(text) for text in texts]
        if chinese
        else bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False, return_ids=False)
    )
    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index(cut(pool.texts), show_progress=False)

    def search(text):
        tokens = cut([text])
        if not tokens[0]:
            return []
        found, _ = index.retrieve(tokens, k=DEPTH, show_progress=False)
        return [int(n) for n in found[0]]

    return search


def with_tantivy(pool, chinese):
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("number", stored=True)
    schema.add_text_field("text", tokenizer_name="whitespace" if chinese else "en_stem")
    index = tantivy.Index(schema.build())
    writer = index.writer(num_threads=1)
    for number, text in enumerate(pool.texts):
        writer.add_document(tantivy.Document(number=number, text=cut_for(text, chinese)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text):
        query, _ = index.parse_query_lenient(cut_for(plain(text), chinese), ["text"])
        hits = searcher.search(query, DEPTH).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return search


def with_fts5(pool, chinese):
    base = sqlite3.connect(":memory:")
    tokenizer = "unicode61" if chinese else "porter unicode61"
    base.execute(f"create virtual table passage using fts5(text, tokenize = '{tokenizer}')")
    rows = ((number, cut_for(text, chinese)) for number, text in enumerate(pool.texts))
    base.executemany("insert into passage(rowid, text) values (?, ?)", rows)

    def search(text):
        words = dict.fromkeys(cut_for(plain(text), chinese).split())
        query = " OR ".join(f'"{word}"' for word in words)
        if not query:
            return []
        sql = "select rowid from passage where passage match ? order by bm25(passage, 1.2, 0.75) limit ?"
        return [number for (number,) in base.execute(sql, (query, DEPTH))]

    return search


def cut_for(text, chinese):
    return " ".join(pairs(text)) if chinese else text


def plain(text):
    """A question without the signs that a query language reads as commands."""
    return "".join(c if c.isalnum() else " " for c in text)


def main():
    name, passages, questions = sys.argv[1:4]
    pool = Pool(name, passages, questions, "--split-documents" in sys.argv)
    chinese = any(map(is_han, pool.questions[0]["question"]))
    engines = {"bm25s": with_bm25s, "tantivy-py": with_tantivy, "SQLite FTS5": with_fts5}
    for engine, build in engines.items():
        print(json.dumps({"engine": engine, "pool": name} | pool.measure(build(pool, chinese))), flush=True)


main()
