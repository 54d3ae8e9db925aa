"""Reads of sessions used by all subjects above: titles, upcoming dates, seat counts."""
