"""What takes time: tasks that run in threads and report by messages."""
