"""The rules of a dialogue: standard library only, no clock, no request, no database."""
