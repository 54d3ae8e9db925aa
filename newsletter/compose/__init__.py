"""How an edition reads: blocks, the content composed of them, and its HTML, text and preview. Nothing here writes to the database."""
