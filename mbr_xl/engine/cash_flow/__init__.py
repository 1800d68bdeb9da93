"""The household's cash: net pay, vests, the balance through the year."""
