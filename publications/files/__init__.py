"""The PDF files of editions: uploaded, read, checked, handed out and counted."""
