"""
From data files to the index, and from one index to the next.

`parts` reads files, each for itself; `base` is what an index knows already; `checking` merges, resolves and checks what
differs; `writing` puts it into tables. Without a base everything differs: there is one path for the first build and
for all others.
"""
