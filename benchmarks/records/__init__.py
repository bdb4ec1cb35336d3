"""How a record answers as it grows: made-up records of any size, and what is measured on them."""
