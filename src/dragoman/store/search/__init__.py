"""Search over facts and sentences: one language, one typed query, one compiler for both databases.

    text --parser--> syntax.Query --compile--> SQL over a word index --results--> facts or sentences, with facets

What is looked for by words or codes stands in the word index (`documents.py` says how); days are checked on the rows.
"""
