"""Screens about money: payment requests, bank files, transfers to settle, the settings of prices."""
