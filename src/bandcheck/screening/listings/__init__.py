"""
From a seller's file to listings: CSV, TSV, JSON, JSONL, Parquet. A bad row is told and left out; a bad file is one
error.
"""
