"""Reads of requests and files, as their managers offer them."""
