"""Works and their editions: status, titles, citations, feeds and pages."""
