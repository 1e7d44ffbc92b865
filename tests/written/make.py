"""Write the briefing with common programs: `python tests/written/make.py`.

Needs pandoc and LibreOffice. Their files are in the repository, so that the tests need neither.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from test_formats import TITLE, as_email, as_markdown, as_subtitles  # noqa: E402

ENVIRONMENT = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}


def pandoc(source: Path, target: Path, *options: str) -> None:
    """Convert with pandoc."""
    words: list[str | Path] = [
        "pandoc",
        "--standalone",
        f"--metadata=title:{TITLE}",
        *options,
        "-o",
        target,
        source,
    ]
    subprocess.run(words, check=True, env=ENVIRONMENT)


def libreoffice(source: Path, kind: str, folder: Path) -> Path:
    """Convert with LibreOffice."""
    words: list[str | Path] = [
        "soffice",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        folder,
        source,
    ]
    subprocess.run(words, check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    return folder / source.with_suffix(f".{kind}").name


def main() -> None:
    """Write all files."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "briefing.md"
        _, _, body = as_markdown().decode().partition("\n\n")
        source.write_text(body, encoding="utf-8")
        for kind, options in {"html": (), "docx": (), "epub": (), "md": ("--to=gfm",)}.items():
            pandoc(source, HERE / f"pandoc.{kind}", *options)
        office = folder / "libreoffice.odt"
        pandoc(source, office)
        for kind in ("pdf", "docx", "html"):
            written = libreoffice(office, kind, folder)
            written.replace(HERE / written.name)
    (HERE / "library.eml").write_bytes(as_email())
    (HERE / "hand.vtt").write_bytes(as_subtitles())


if __name__ == "__main__":
    main()
