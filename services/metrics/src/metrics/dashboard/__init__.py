"""The dashboard: pages made on the server, in three languages, without a script."""
