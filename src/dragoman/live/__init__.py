"""What is new: a stream of facts as they enter the record, and reports posted by programs that follow the news."""
