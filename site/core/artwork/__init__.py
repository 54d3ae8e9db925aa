"""The tile drawings of the visual identity, as SVG and as bitmaps."""
