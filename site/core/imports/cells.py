"""Words about cells that spreadsheets and files share."""


def column_letters(index: int) -> str:
    """`A` for the first column, `AA` for the twenty-seventh: what a spreadsheet writes above it."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def without_formula_mark(text: str) -> str:
    """Our own downloads mark with an apostrophe what a spreadsheet would take for a formula (core.files.spreadsheets)."""
    return text[1:] if text[:2] in {"'=", "'+", "'-", "'@"} else text
