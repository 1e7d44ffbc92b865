"""Write the briefing with common programs: `python tests/written/make.py`.

Needs pandoc, LibreOffice and openpyxl. Their files are in the repository, so that the tests need
none of them.
"""

import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from test_formats import TITLE, as_email, as_markdown, as_subtitles  # noqa: E402

PANDOC: dict[str, tuple[str, ...]] = {
    "adoc": ("--to=asciidoc",),
    "docx": (),
    "epub": (),
    "html": (),
    "md": ("--to=gfm",),
    "odt": (),
    "org": ("--wrap=none",),
    "pptx": (),
    "rst": (),
    "rtf": (),
}
"""The formats that pandoc writes, by suffix, with its options."""
PRICES: list[list[object]] = [
    ["Prices of the ferries"],
    [],
    ["Route", "Price", "Since", "Share", "Open"],
    ["Oslo - Bergen", 12.5, date(2023, 4, 10), 0.25, True],
    ["Moss - Horten", 9, date(2023, 4, 11), 0.3, False],
    ["Larvik, old quay", 1200, datetime(2019, 1, 1, 9, 30), 0.05, True],
]
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


def workbook(path: Path) -> None:
    """Write a workbook with openpyxl, which need not be installed for the tests."""
    import openpyxl

    book = openpyxl.Workbook()
    prices, crew = book.active, book.create_sheet("Crew")
    prices.title = "Ferry prices"
    for row in PRICES:
        prices.append(row)
    for number in range(4, 7):
        prices.cell(number, 2).number_format = '#,##0.00 "kr"'
        prices.cell(number, 4).number_format = "0%"
    for fields in (["Name", "Ann Lee"], ["Ship", "Petrel"], ["Phone", "555 0199"]):
        crew.append(fields)
    crew["D1"] = "=SUM(1,2)"
    book.save(path)


def sheets(folder: Path) -> None:
    """Write the workbooks of `tests/sheets/`."""
    target = HERE.parent / "sheets"
    workbook(target / "openpyxl.xlsx")
    source = libreoffice(target / "openpyxl.xlsx", "ods", folder)
    source.replace(target / "libreoffice.ods")
    written = libreoffice(target / "libreoffice.ods", "xlsx", folder)
    written.replace(target / "libreoffice.xlsx")


def main() -> None:
    """Write all files."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        sheets(folder)
        source = folder / "briefing.md"
        _, _, body = as_markdown().decode().partition("\n\n")
        source.write_text(body, encoding="utf-8")
        for kind, options in PANDOC.items():
            pandoc(source, HERE / f"pandoc.{kind}", *options)
        # A notebook has no title but its first heading.
        source.write_bytes(as_markdown())
        pandoc(source, HERE / "pandoc.ipynb")
        source.write_text(body, encoding="utf-8")
        office = folder / "libreoffice.odt"
        pandoc(source, office)
        for kind in ("pdf", "docx", "html", "rtf", "odt"):
            written = libreoffice(office, kind, folder)
            written.replace(HERE / written.name)
    (HERE / "library.eml").write_bytes(as_email())
    (HERE / "hand.vtt").write_bytes(as_subtitles())


if __name__ == "__main__":
    main()
