"""The years 2023 and 2024 as rows: such that the report of 2024, counted from them, gives what was printed (docs/report-2024-compared.md).

Figures are those of the annual report; people, dates and what the report does not tell are invented (decision 42).
"""
