"""MDX: Markdown with components and code of JavaScript in it."""

from __future__ import annotations

import re

from briefqa.readers.blocks import Reading
from briefqa.readers.decoding import decode_document
from briefqa.readers.markdown import markdown_reading

__all__ = ["read_mdx"]

FENCE = re.compile(r"[ \t]{0,3}(`{3,}|~{3,})")
MODULE = re.compile(
    r"import\b.*\bfrom\b|import\s*+[\"'{*]|export\s++(?:default|const|let|function|\*|\{)"
)
"""How statements begin that import and export; they end with a blank line."""


def read_mdx(name: str, data: bytes) -> Reading:
    """Read MDX as Markdown, without what is not shown: imports, exports and comments.

    Args:
        name: the document's path, for error messages.
        data: its bytes.

    Raises:
        NotADocumentError: the bytes are no text.
    """
    text = _without_comments(decode_document(name, data))
    lines = []
    fence = ""
    in_module = False
    for line in text.split("\n"):
        mark = FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        in_module = bool(line.strip()) and (in_module or (not fence and bool(MODULE.match(line))))
        lines.append("" if in_module else line)
    return markdown_reading("\n".join(lines))


def _without_comments(text: str) -> str:
    """Return a text without what stands between `{/*` and `*/}`, line by line."""
    pieces = []
    end = 0
    while (start := text.find("{/*", end)) >= 0 and (close := text.find("*/}", start)) >= 0:
        pieces += [text[end:start], "\n" * text.count("\n", start, close)]
        end = close + len("*/}")
    return "".join([*pieces, text[end:]])
