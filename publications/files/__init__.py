"""The PDF files of editions: upload, reading, integrity checks, downloads and their counts."""
