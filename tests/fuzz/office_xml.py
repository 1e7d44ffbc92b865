"""Elements that the readers of office documents and books know, in any order."""

__all__ = ["xml_of"]

KNOWN = (
    "p r t tbl tr tc tcPr gridSpan vMerge pPr rPr pStyle numPr numId ilvl outlineLvl b del ins"
    " tab br footnote footnoteReference comment commentReference txbxContent docPr style basedOn"
    " name num abstractNum abstractNumId lvl numFmt lvlText start lvlOverride startOverride"
    " tblHeader sdt row c v is si rPh pane autoFilter cellXfs xf numFmt sheet workbookPr sp ph"
    " pic cNvPr sldId body text table table-row table-cell covered-table-cell table-header-rows"
    " list list-item list-style list-level-style-number outline-style outline-level-style span h"
    " s line-break note note-body annotation creator date frame text-box title desc page notes"
    " presentation style text-properties date-time tracked-changes shapes rootfile item itemref"
).split()
"""Elements of office documents and books."""
KNOWN_ATTRIBUTES = (
    "val id r s numFmtId formatCode styleId type state ySplit ref abstractNumId ilvl c name"
    " style-name outline-level start-value level display-levels num-format number-rows-repeated"
    " number-columns-repeated number-columns-spanned parent-style-name font-weight class"
).split()
VALUES = (
    "", "0", "1", "2", "9", "300", "99999999", "-1", "1e300", "nan", "oak", "a b", "bold", "frozen",
    "s", "b", "n", "title", "lowerRoman", "%1.%2", "yyyy", "[h]:mm", "A1", "XFD1048576", "AAA9:B2",
    "x&#10;y", "&#x202e;",
)  # fmt: skip
"""Values of attributes, and texts."""


def xml_of(data: bytes) -> bytes:
    """Make well-formed XML of the elements and attributes that the readers know."""
    pieces, open_elements = ["<x>"], ["x"]
    for kind, place in zip(data[::2], data[1::2], strict=False):
        name = KNOWN[place % len(KNOWN)]
        if kind % 4 == 0 and len(open_elements) > 1:
            pieces.append(f"</{open_elements.pop()}>")
        elif kind % 4 == 1:
            pieces.append(VALUES[place % len(VALUES)])
        else:
            value = VALUES[kind // 4 % len(VALUES)]
            attributes = " ".join(f'{each}="{value}"' for each in KNOWN_ATTRIBUTES)
            pieces.append(f"<{name} {attributes}>")
            open_elements.append(name)
    closing = "".join(f"</{name}>" for name in reversed(open_elements))
    return ("".join(pieces) + closing).encode()
