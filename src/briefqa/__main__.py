"""`python -m briefqa`."""

import sys

from briefqa.cli import run

if __name__ == "__main__":
    sys.exit(run())
