"""
`bands/` as people write it: YAML read strictly, its structure checked, its one form.
"""
