"""Analysis: text to terms and sentences, and what is known of English."""
