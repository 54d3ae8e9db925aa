"""The report on paper and in files: spreadsheets, an accessible PDF, and its sentences ready to paste."""
