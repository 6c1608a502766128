"""Sources: each turns an identifier or a file into records, and knows no database."""
