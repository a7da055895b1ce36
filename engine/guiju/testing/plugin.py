"""The pytest plugin: collects `.feature` files with no Python beside them."""
