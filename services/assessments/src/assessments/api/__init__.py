"""The edge: routes, views, and what refusals become."""
