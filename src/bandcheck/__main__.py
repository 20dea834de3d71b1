"""
`python -m bandcheck`.
"""

from bandcheck.cli import run

if __name__ == "__main__":
    run()
