"""A referral as FHIR R4 tells it: what is asked, and how far it has come."""
