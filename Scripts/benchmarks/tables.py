"""Tables for people: aligned text for the terminal, Markdown for what is committed."""

PROSE = 24
"""A column with a wider cell holds words, not figures."""


def text(header: list[str], rows: list[list[str]]) -> str:
    """Columns as wide as they need; the first to the left, figures to the right."""
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    lines = [_line(header, widths), "  ".join("-" * width for width in widths)]
    return "\n".join(lines + [_line(row, widths) for row in rows])


def markdown(header: list[str], rows: list[list[str]]) -> str:
    """The same as a Markdown table; columns of prose to the left too."""
    columns = zip(header, *rows)
    sides = ["---" if place == 0 or max(map(len, column)) > PROSE else "--:"
             for place, column in enumerate(columns)]
    lines = [_cells(header), "|" + "|".join(sides) + "|"]
    return "\n".join(lines + [_cells(row) for row in rows])


def _line(row: list[str], widths: list[int]) -> str:
    cells = [row[0].ljust(widths[0])]
    cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
    return "  ".join(cells).rstrip()


def _cells(row: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
