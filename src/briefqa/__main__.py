"""`python -m briefqa`."""

from briefqa.cli import run

if __name__ == "__main__":
    run()
