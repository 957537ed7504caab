"""What all services stand on: outbox, feed, inbox, the HTTP edge, tokens. No domain nouns."""
