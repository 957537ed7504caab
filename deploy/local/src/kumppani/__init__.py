"""The kumppani command: the whole estate on one machine."""
