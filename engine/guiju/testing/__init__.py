"""Features: the pytest plugin that collects `.feature` files, and its steps."""
