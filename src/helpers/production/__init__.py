"""Executed notebooks become one document and its files; this room knows notebooks, blocks and folders, no NPS."""
