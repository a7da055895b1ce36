"""Rule packs that come with Guiju: one folder a pack, data only, nothing to import."""
