"""A version of an agreement as people read and print it: accessible HTML in three languages."""
