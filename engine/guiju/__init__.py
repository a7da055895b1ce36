"""Guiju (规矩): rules of carbon-project methodologies, checked exactly and with reasons."""

__version__ = "0.1.0"
