"""Knowledge-based management: indicators, goals, official statistics, and their dashboard."""
