"""The rules of partners: who they are, what they agreed on, what they offer."""
