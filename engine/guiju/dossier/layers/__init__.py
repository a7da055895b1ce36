"""Layers of boundaries: files of maps read as shapes, and joined to rows by their key."""

from __future__ import annotations

from guiju.dossier.layers.reading import KEYS, read_layers

__all__ = ["KEYS", "read_layers"]
