"""What the app keeps: the session, the open documents, settings and history."""
