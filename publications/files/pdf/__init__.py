"""Reads uploaded PDFs in a separate process: untrusted bytes never reach the web server or the worker."""
