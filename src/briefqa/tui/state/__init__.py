"""What the app holds and stores, without Textual: the session, documents, settings, history."""
