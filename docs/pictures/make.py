"""Draw the pictures of the documentation: `python docs/pictures/make.py`.

Each is what the command prints on a terminal of 100 columns, as SVG, the same on each run.
"""

import re
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from briefqa import Assistant
from briefqa.output import Layout, Reply, renderer

HERE = Path(__file__).parent
BRIEFING = "seeds/000_1c0b0a5638379c89.txt"
QUESTION = "Where is Toyota planning a factory?"
WIDTH = 100
REMOTE_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def ask_picture() -> str:
    """Return the SVG of `briefqa ask` answering from the sample briefing."""
    answer = Assistant.open([BRIEFING]).ask(QUESTION)
    layout = Layout(color=True, width=WIDTH)
    drawn = "".join(renderer("text")([Reply(answer)], layout))
    console = Console(record=True, file=StringIO(), width=WIDTH, force_terminal=True)
    console.print(Text(f'$ briefqa ask "{QUESTION}" {BRIEFING}'))
    console.print(Text.from_ansi(drawn), soft_wrap=True)
    return REMOTE_FONT.sub("", console.export_svg(title="briefqa", unique_id="ask"))


if __name__ == "__main__":
    (HERE / "ask.svg").write_text(ask_picture(), encoding="utf-8", newline="\n")
