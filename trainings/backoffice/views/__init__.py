"""Screens of the back-office, one subject a file. Each view names its permission and calls one service."""
