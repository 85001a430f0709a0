"""What everyone needs of a kiosk, and which test holds it: docs/norms beside the marks on the tests."""
