"""The report templates and their assets."""
