"""The one error a user meets: a single plain sentence."""


class InputError(ValueError):
    """An input that cannot be used; its text is one sentence that says what is wrong and what is allowed."""
