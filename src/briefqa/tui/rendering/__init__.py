"""Text as rows of cells and runs of one style: pure functions, without Textual."""
