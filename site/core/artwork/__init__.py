"""The drawn tiles of the house style, as SVG and as dots."""
