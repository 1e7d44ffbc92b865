"""Fuzz one target: in `tests`, `python -m fuzz.run TARGET -max_total_time=300`.

Needs atheris (`pip install atheris`; Linux and macOS). Further arguments are those of libFuzzer. It
writes failing inputs to the working folder; add them to the corpus once the fault is fixed.
"""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent


def main() -> None:
    """Run the command line."""
    import atheris

    with atheris.instrument_imports(include=["briefqa"]):
        from briefqa import readers
        from fuzz.targets import TARGETS

        # They are imported on first use, which would be too late for instrumentation.
        for module in iter_modules(readers.__path__, "briefqa.readers."):
            import_module(module.name)
    name, *arguments = sys.argv[1:]
    with TemporaryDirectory() as found:
        atheris.Setup([sys.argv[0], *arguments, found, str(HERE / "corpus")], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
