"""The edge: routes, pages, views, and what refusals become."""
