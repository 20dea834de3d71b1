"""
Importers: each reads one kind of source and writes one folder, `bands/imported/NAME`. `frame` says what one is;
`store` compares, checks and writes what it found.
"""
