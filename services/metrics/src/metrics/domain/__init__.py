"""What the metrics service knows: indicators, goals, official statistics."""
