"""The kinds of field, one small class each: how an answer is typed, checked, kept and shown."""
