"""Reads uploaded PDFs in a process of their own: strangers' bytes never meet the web server or the worker."""
