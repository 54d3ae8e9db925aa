"""The report on a screen, and the rows a figure was counted from."""
