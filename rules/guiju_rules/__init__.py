"""The rule packs that ship with Guiju: one folder per pack, holding a pack.toml."""
