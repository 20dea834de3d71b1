"""
Screening a catalogue before it is published: listings in, decisions with reasons out.
"""
