"""How fast and how small the house is: ratios against a bare page in the same run, never timed tests."""
