"""Self-mapping in the workspace: lists and forms of assets, households, slum areas, borders."""
