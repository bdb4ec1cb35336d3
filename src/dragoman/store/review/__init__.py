"""What people decide on facts, and samples of facts that they look over to measure them."""
