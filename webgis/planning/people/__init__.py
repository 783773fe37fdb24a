"""People, the roles they hold in regions, who is told of what, and how often anybody may write."""
