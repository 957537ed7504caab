"""Clients, and the closed loop of client referral between the partners."""
