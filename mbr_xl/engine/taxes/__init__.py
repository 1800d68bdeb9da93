"""Federal income tax around the plan, and estimated tax."""
