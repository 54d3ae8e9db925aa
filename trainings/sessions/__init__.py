"""Reads of sessions that everything above needs: titles, dates to come, seats counted from the rows."""
