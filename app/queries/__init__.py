"""Reading: every question that pages and analyses ask of the database."""
