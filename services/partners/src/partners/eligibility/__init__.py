"""Who may get in, as decision tables: read strictly, looked through whole, and asked."""
