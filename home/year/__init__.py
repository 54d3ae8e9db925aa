"""The year told to those who fund it: its blocks, and the same words as a PDF."""
