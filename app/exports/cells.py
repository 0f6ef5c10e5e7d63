"""Cells of spreadsheets: text that no program takes for a formula."""


def plain_cell(text: str) -> str:
    """The text, with an apostrophe before a beginning that a spreadsheet would compute."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text
