"""The catalogue as others write it: HSDS 3.1 (Open Referral) both ways, and the PTV's v11 in.

Pure: no database, no clock. `writing` gives a service in the standard's words, `reading` takes it
back, and what one writes the other reads to the same.
"""
