"""
`python -m bandcheck`.
"""

import sys

from bandcheck.cli import main

if __name__ == "__main__":
    sys.exit(main())
